#pragma once
// A scenario file: read, merged with its parents, checked once; then one typed scenario per member.
//
// load()      reads the file, the files it extends and the data files they name, applies overrides,
//             checks everything. Throws core::InputError with up to 20 diagnostics (more: the last one
//             says how many), core::EnvironmentError when the file cannot be read.
// draw()      values of the varied parameters for one member: a pure function of seed and member.
// scenario()  the typed scenario with the member's draws in place; reads no file; may be called from
//             several threads at once.
// Units       draws are in the model units of scenario.hpp, named by VariedParameter::unit.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/plausible.hpp"
#include "chokepoint/scenario/scenario.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

struct VariedParameter {
    std::string path;          // dotted key path
    std::string title;         // what people call it: "Days of use held in stock (Cars, Germany)"
    std::string unit;          // model unit: "1", "d", "wd", "g/d", "USD/kg", ...
    std::string distribution;  // as written, e.g. "uniform [0.05 x, 0.6 x]"
    core::Location where;
};

// A dated step of policy or of anything else the scenario dates, as written.
struct DatedStep {
    core::Date date;
    std::string name;  // the ids on its path: "usa_on_chn reciprocal geneva_suspend", "mofcom_18 starts"
};

// A key that differs from what the file extends, by the file itself or on the command line.
struct ChangedKey {
    std::string key, from, to;  // values as written; empty where there is none
    core::Location at;          // of the new value; of the file where a key was removed
};

// What a reader must know of a figure the scenario gets wrong against the record.
struct Caveat {
    std::string id, figure, text;  // figure: lost, output_lost, duty_paid
};

struct InputFile {
    std::string path;     // as named: the command line, `extends` or a key of the scenario
    std::string content;  // every byte
};

class ScenarioFile {
  public:
    // overrides: "a.b=c" each; their origin reads "--set 1", "--set 2", ...
    [[nodiscard]] static ScenarioFile load(const std::filesystem::path& path,
                                           const std::vector<std::string>& overrides,
                                           const std::filesystem::path& data_dir);

    [[nodiscard]] const std::vector<core::Diagnostic>& warnings() const { return warnings_; }
    // Adds what was found where the scenario was looked at as a whole.
    void warn(core::Diagnostic warning) { warnings_.push_back(std::move(warning)); }
    // What is published about goods in the whole world, from the data folder.
    [[nodiscard]] const Published& published() const;
    [[nodiscard]] const std::vector<VariedParameter>& varied() const;

    // Every dated step but those switched off, in order of their dates. What a change with `for` does when it
    // ends is not written as a date and not among them.
    [[nodiscard]] std::vector<DatedStep> dated_steps() const;

    // What the scenario says of figures it gets wrong, as written.
    [[nodiscard]] std::vector<Caveat> caveats() const;

    // One value per entry of varied(), in that order.
    [[nodiscard]] std::vector<double> draw(std::uint64_t seed, std::uint32_t member) const;
    // The member's scenario; `seed` replaces the seed of the file.
    [[nodiscard]] Scenario scenario(std::uint32_t member,
                                    std::optional<std::uint64_t> seed = std::nullopt) const;
    // The scenario with every distribution at its median: what plans and tables show.
    [[nodiscard]] Scenario central() const;
    // The scenario with given values for varied(), for experiment designs.
    [[nodiscard]] Scenario with_values(const std::vector<double>& values) const;

    // The merged tree as YAML; loading it again gives the same scenario.
    [[nodiscard]] std::string effective_text() const;
    // The same, each line with the place that set it.
    [[nodiscard]] std::string effective_text_with_origins() const;
    // The merged tree as JSON, which is YAML and loads as the same scenario. With origins: an object of
    // { value, origin } by key path.
    [[nodiscard]] std::string effective_json(bool with_origins) const;
    // One line per key that differs from `parent`: "key: old -> new".
    [[nodiscard]] std::string difference_from(const ScenarioFile& parent) const;
    // The same as a JSON list of { key, from, to }; null stands for absent.
    [[nodiscard]] std::string difference_json(const ScenarioFile& parent) const;

    // What differs from the files it extends, in the order of the merged tree, then what was removed; empty for a
    // file that extends nothing.
    [[nodiscard]] const std::vector<ChangedKey>& changes() const;

    // Where a key was set; for an absent key, where its nearest ancestor was.
    [[nodiscard]] core::Location origin(const std::string& key_path) const;
    // The first place at or below the key that the file itself or an override sets; nothing where its parents say it all.
    [[nodiscard]] std::optional<core::Location> set_here(const std::string& key_path) const;
    // Every file read, in the order of reading.
    [[nodiscard]] const std::vector<InputFile>& inputs() const;

    struct Impl;

  private:
    explicit ScenarioFile(std::shared_ptr<const Impl> impl);
    std::shared_ptr<const Impl> impl_;
    std::vector<core::Diagnostic> warnings_;
};

}  // namespace chokepoint::scenario

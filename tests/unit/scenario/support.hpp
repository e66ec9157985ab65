#pragma once
// What the tests of scenario files share: paths, temporary folders, messages of a failed load.

#include "chokepoint/scenario/scenario_file.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint::test {

[[nodiscard]] std::filesystem::path good_folder();  // also the data folder of these tests
[[nodiscard]] std::filesystem::path bad_folder();
[[nodiscard]] std::string read_text(const std::filesystem::path& path);

// A folder of its own that goes away with the object.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, const std::string& text) const;

  private:
    std::filesystem::path path_;
};

// A scenario of tests/scenarios/good with overrides.
[[nodiscard]] scenario::ScenarioFile load_good(const std::string& name, const std::vector<std::string>& overrides = {});
// The diagnostics of a load that must fail with core::InputError; empty when it succeeds.
[[nodiscard]] std::vector<core::Diagnostic> errors_of(const std::filesystem::path& path, const std::vector<std::string>& overrides = {},
                                                      const std::filesystem::path& data_dir = good_folder());
// The same for a scenario text that may name the files of tests/scenarios/good.
[[nodiscard]] std::vector<core::Diagnostic> errors_of_text(const std::string& text);

}  // namespace chokepoint::test

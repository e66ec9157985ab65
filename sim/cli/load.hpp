#pragma once
// Reading a scenario for a command: the data folder, the overrides, the warnings.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario_file.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

// What several files are warned of: the same thing once, with both places where they differ. Printed when it goes, so that an
// error in a later file does not take the warnings of an earlier one with it.
class Warnings {
  public:
    Warnings() = default;
    Warnings(const Warnings&) = delete;
    Warnings& operator=(const Warnings&) = delete;
    ~Warnings();
    void add(const std::string& path, const std::vector<core::Diagnostic>& warnings);

  private:
    struct Told {
        core::Diagnostic diagnostic;
        std::vector<core::Location> also;
    };
    std::vector<std::string> paths_;
    std::vector<Told> told_;
};

// Loads and prints the warnings on stderr, or leaves them to `warnings`.
[[nodiscard]] scenario::ScenarioFile load_scenario(const std::string& path,
                                                   const std::vector<std::string>& overrides,
                                                   Warnings* warnings = nullptr);
// Those of the overrides that `path` accepts: a baseline need not have the keys of a policy.
[[nodiscard]] std::vector<std::string> overrides_that_fit(const std::string& path,
                                                          const std::vector<std::string>& overrides);

}  // namespace chokepoint::cli

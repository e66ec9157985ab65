#include "load.hpp"

#include "chokepoint/core/data_directory.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::cli {

scenario::ScenarioFile load_scenario(const std::string& path, const std::vector<std::string>& overrides)
{
    auto file = scenario::ScenarioFile::load(path, overrides, core::data_directory());
    for (const core::Diagnostic& warning : file.warnings()) fmt::print(stderr, "{}\n", warning.to_string());
    return file;
}

std::vector<std::string> overrides_that_fit(const std::string& path,
                                            const std::vector<std::string>& overrides)
{
    std::vector<std::string> fitting;
    for (const std::string& one : overrides) {
        try {
            static_cast<void>(scenario::ScenarioFile::load(path, {one}, core::data_directory()));
            fitting.push_back(one);
        } catch (const core::InputError& error) {
            const auto& all = error.diagnostics();
            const bool override_alone =
                std::all_of(all.begin(), all.end(), [](const core::Diagnostic& diagnostic) {
                    return diagnostic.where.file.starts_with("--set");
                });
            if (!override_alone) throw;
        }
    }
    return fitting;
}

}  // namespace chokepoint::cli

#include "load.hpp"

#include "talk.hpp"

#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/error.hpp"
#include "chokepoint/world/judge.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::cli {

namespace {
// What cannot be true is refused, what is beyond what is published is told. What has no effect is told where the file
// itself or an override says it or part of it: a parent is not at fault for what its variant makes idle.
void judge(scenario::ScenarioFile& file, const std::string& path)
{
    world::Judgement found = world::judge(file.central(), file.plausible());
    std::vector<core::Diagnostic> errors;
    for (core::Diagnostic& one : found.diagnostics) {
        if (one.severity == core::Diagnostic::Severity::kError) errors.push_back(std::move(one));
        else file.warn(std::move(one));
    }
    if (!errors.empty()) throw core::InputError(std::move(errors));
    for (core::Diagnostic& one : found.without_effect) {
        if (one.where.file != path && !one.where.file.starts_with("--set")) {
            const auto part = file.set_here(one.key);
            if (!part) continue;
            one.where = *part;
        }
        file.warn(std::move(one));
    }
}
}  // namespace

scenario::ScenarioFile load_scenario(const std::string& path, const std::vector<std::string>& overrides)
{
    auto file = scenario::ScenarioFile::load(path, overrides, core::data_directory());
    judge(file, path);
    constexpr std::size_t kShown = 20;  // as of errors
    const auto& warnings = file.warnings();
    for (std::size_t i = 0; i < std::min(kShown, warnings.size()); ++i)
        talk("{}\n", warnings[i].to_string());
    if (warnings.size() > kShown) {
        const std::size_t left = warnings.size() - kShown;
        talk("{}: {} not shown\n", path, left == 1 ? "1 more warning is" : fmt::format("{} more warnings are", left));
    }
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

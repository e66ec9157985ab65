#include "load.hpp"

#include "talk.hpp"

#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/error.hpp"
#include "chokepoint/world/judge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <system_error>

namespace chokepoint::cli {

namespace {
// A file may be named from two folders, and an override has another number where those before it do not fit.
bool is_same_place(const core::Location& a, const core::Location& b)
{
    if (a.file.starts_with("--set") && b.file.starts_with("--set")) return true;
    std::error_code failed;
    return a.line == b.line && (a.file == b.file || std::filesystem::equivalent(a.file, b.file, failed));
}

// What cannot be true is refused, what is beyond what is published is told. What has no effect is told where the file
// itself or an override says it or part of it: a parent is not at fault for what its variant makes idle.
void judge(scenario::ScenarioFile& file, const std::string& path)
{
    world::Judgement found = world::judge(file.central(), file.published());
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

Warnings::~Warnings()
{
    constexpr std::size_t kShown = 20;  // as of errors
    for (std::size_t i = 0; i < std::min(kShown, told_.size()); ++i) {
        core::Diagnostic one = told_[i].diagnostic;
        for (const core::Location& at : told_[i].also) one.problem += fmt::format(" (also at {}:{}:{})", at.file, at.line, at.column);
        talk("{}\n", one.to_string());
    }
    if (told_.size() > kShown) {
        const std::size_t left = told_.size() - kShown;
        talk("{}: {} not shown\n", fmt::join(paths_, ", "), left == 1 ? "1 more warning is" : fmt::format("{} more warnings are", left));
    }
}

void Warnings::add(const std::string& path, const std::vector<core::Diagnostic>& warnings)
{
    paths_.push_back(path);
    const std::size_t before = told_.size();  // one file is not compared with itself
    for (const core::Diagnostic& one : warnings) {
        const auto end = told_.begin() + static_cast<std::ptrdiff_t>(before);
        const auto same = std::find_if(told_.begin(), end, [&](const Told& other) {
            const core::Diagnostic& told = other.diagnostic;
            return told.key == one.key && told.problem == one.problem && told.remedy == one.remedy;
        });
        if (same == end) told_.push_back({one, {}});
        else if (!is_same_place(same->diagnostic.where, one.where)) same->also.push_back(one.where);
    }
}

scenario::ScenarioFile load_scenario(const std::string& path, const std::vector<std::string>& overrides, Warnings* warnings)
{
    auto file = scenario::ScenarioFile::load(path, overrides, core::data_directory());
    judge(file, path);
    Warnings own;
    (warnings != nullptr ? *warnings : own).add(path, file.warnings());
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

#include "report.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::scenario {

void Report::error(core::Location where, std::string key, std::string problem, std::string remedy)
{
    errors_.push_back({core::Diagnostic::Severity::kError, std::move(where), std::move(key),
                       std::move(problem), std::move(remedy)});
}

void Report::error(const Mark& mark, std::string key, std::string problem, std::string remedy)
{
    error(mark.location(), std::move(key), std::move(problem), std::move(remedy));
}

void Report::warning(const Mark& mark, std::string key, std::string problem, std::string remedy)
{
    warnings_.push_back({core::Diagnostic::Severity::kWarning, mark.location(), std::move(key),
                         std::move(problem), std::move(remedy)});
}

void Report::throw_if_errors() const
{
    if (errors_.empty()) return;
    if (errors_.size() <= kShown) throw core::InputError(errors_);
    std::vector<core::Diagnostic> shown(errors_.begin(), errors_.begin() + kShown);
    core::Diagnostic rest;
    rest.where.file = errors_.front().where.file;
    const std::size_t left = errors_.size() - kShown;
    rest.problem = left == 1 ? "1 more error is not shown" : fmt::format("{} more errors are not shown", left);
    shown.push_back(std::move(rest));
    throw core::InputError(std::move(shown));
}

}  // namespace chokepoint::scenario

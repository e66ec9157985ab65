#include "findings.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chokepoint::world {

using core::Diagnostic;

std::string likely_slip(double times)
{
    struct Slip {
        double times;
        const char* what;
    };
    static constexpr Slip kSlips[] = {{1e6, "grams?"}, {1e3, "kilograms?"}, {365, "is it per day elsewhere?"}, {12, "a year where a month is meant?"},
                                      {1.0 / 12, "per month?"}, {1.0 / 365, "per day?"}, {1e-3, "thousands of tonnes?"}};
    for (const Slip& one : kSlips)
        if (std::abs(std::log(times / one.times)) < std::log(1.45)) return one.what;
    return {};
}

std::string slip(double times)
{
    const std::string likely = likely_slip(times);
    return likely.empty() ? "check its unit and its year" : likely;
}

std::string number(double value) { return core::plain(value, 3); }

std::string times_text(double times) { return times >= 1 ? number(times) + " times too large" : number(1 / times) + " times too small"; }

std::string place(const core::Location& at) { return at.line > 0 ? fmt::format(" ({}:{})", at.file, at.line) : std::string{}; }

void Findings::say(bool error, double times, core::Location where, const std::string& key, std::string problem, std::string remedy)
{
    const auto severity = error ? Diagnostic::Severity::kError : Diagnostic::Severity::kWarning;
    Finding finding{{severity, std::move(where), key, std::move(problem), std::move(remedy)}, std::max(times, 1 / times)};
    const auto same = std::find_if(found_.begin(), found_.end(), [&](const Finding& other) {
        const core::Location &a = other.diagnostic.where, &b = finding.diagnostic.where;
        return other.diagnostic.key == key && a.file == b.file && a.line == b.line;
    });
    if (same == found_.end()) found_.push_back(std::move(finding));
    else if (finding.times > same->times) *same = std::move(finding);
}

void Findings::say(bool error, double times, const std::string& key, std::string problem, std::string remedy)
{
    say(error, times, where(key), key, std::move(problem), std::move(remedy));
}

bool Findings::refused() const
{
    return std::any_of(found_.begin(), found_.end(), [](const Finding& f) { return f.diagnostic.severity == Diagnostic::Severity::kError; });
}

std::vector<Diagnostic> Findings::diagnostics() const
{
    std::vector<Diagnostic> out;
    for (const Finding& finding : found_) out.push_back(finding.diagnostic);
    return out;
}

}  // namespace chokepoint::world

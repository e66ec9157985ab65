#include "chokepoint/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

namespace chokepoint::core {

namespace {
constexpr std::size_t kLongestLine = 1000;  // that is quoted [B]
}

std::string Diagnostic::to_string() const
{
    std::string out;
    if (!where.file.empty()) {
        out += where.file;
        if (where.line > 0) out += fmt::format(":{}:{}", where.line, where.column);
        out += ": ";
    }
    out += severity == Severity::kError ? "error: " : "warning: ";
    if (!key.empty()) out += key + ": ";
    out += problem;
    if (!remedy.empty()) out += "; " + remedy;
    if (where.line > 0 && !where.text.empty()) {
        const std::string number = fmt::format("{:>5}", where.line);
        // A line of a generated or damaged file may be as long as the file; where the column lies beyond, its place is said above.
        if (where.text.size() > kLongestLine) return out;
        out += fmt::format("\n{} | {}\n", number, where.text);
        // Tabs are kept in the indent, so that the caret stands under its column.
        std::string indent(static_cast<std::size_t>(std::max(0, where.column - 1)), ' ');
        for (std::size_t i = 0; i < std::min(indent.size(), where.text.size()); ++i) {
            if (where.text[i] == '\t') indent[i] = '\t';
        }
        const auto tildes = static_cast<std::size_t>(std::max(0, where.width - 1));
        out += fmt::format("{} | {}^{}", std::string(number.size(), ' '), indent,
                           std::string(tildes, '~'));
    }
    return out;
}

namespace {
// The same said again tells nothing new.
std::vector<Diagnostic> distinct(std::vector<Diagnostic> all)
{
    std::set<std::string> seen;
    std::erase_if(all, [&](const Diagnostic& one) { return !seen.insert(one.to_string()).second; });
    return all;
}

std::string joined(const std::vector<Diagnostic>& diagnostics)
{
    std::string out;
    for (const auto& diagnostic : diagnostics) {
        if (!out.empty()) out += '\n';
        out += diagnostic.to_string();
    }
    return out;
}
}  // namespace

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(joined(distinct(diagnostics))), diagnostics_(distinct(std::move(diagnostics)))
{
}

EnvironmentError::EnvironmentError(const std::string& path, const std::string& what_failed,
                                   int system_errno)
    : std::runtime_error(path + ": " + what_failed +
                         (system_errno != 0 ? std::string(" (") + std::strerror(system_errno) + ")" : ""))
{
}

}  // namespace chokepoint::core

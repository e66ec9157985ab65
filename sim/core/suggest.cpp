#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

namespace chokepoint::core {

int edit_distance(std::string_view a, std::string_view b)
{
    constexpr std::size_t kLongest = 64;  // keys are short; anything longer is not a slip
    if (a.size() > kLongest || b.size() > kLongest) return static_cast<int>(std::max(a.size(), b.size()));
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int cost = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

namespace {
std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}
}  // namespace

std::string closest(std::string_view word, const std::vector<std::string>& candidates)
{
    std::string best;
    int best_distance = std::max(1, static_cast<int>(word.size()) / 3) + 1;
    for (const std::string& candidate : candidates) {
        // A difference of case only is the closest slip of all.
        const int distance = lower(word) == lower(candidate) ? 0 : edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         const std::string& what)
{
    const std::string near = closest(word, candidates);
    if (!near.empty()) return fmt::format("did you mean \"{}\"?", near);
    if (candidates.empty()) return fmt::format("there are no {} here", what);
    const std::size_t shown = std::min<std::size_t>(candidates.size(), 12);
    const std::vector<std::string> first(candidates.begin(),
                                         candidates.begin() + static_cast<std::ptrdiff_t>(shown));
    return fmt::format("{} here: {}{}", what, fmt::join(first, ", "),
                       shown < candidates.size() ? ", ..." : "");
}

}  // namespace chokepoint::core

#include "meaning.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <utility>

namespace chokepoint::test {

namespace {

using Unit = std::pair<double, std::string>;  // size and base

Unit atom(const std::string& word)
{
    static const std::map<std::string, Unit> kKnown{
        {"g", {1, "g"}}, {"kg", {1e3, "g"}}, {"t", {1e6, "g"}}, {"kt", {1e9, "g"}}, {"lb", {453.59237, "g"}},
        {"d", {1, "d"}}, {"days", {1, "d"}}, {"week", {7, "d"}}, {"weeks", {7, "d"}}, {"month", {365.25 / 12, "d"}}, {"months", {365.25 / 12, "d"}}, {"yr", {365, "d"}},
        {"wd", {365.0 / 250, "d"}}, {"%", {0.01, "share"}}, {"pp", {0.01, "share"}}, {"x", {1, "share"}}, {"percent", {0.01, "share"}},
        {"USD", {1, "USD"}}, {"million USD", {1e6, "USD"}}, {"bn USD", {1e9, "USD"}}, {"billion USD", {1e9, "USD"}}};
    const auto found = kKnown.find(word);
    return found == kKnown.end() ? Unit{1, word} : found->second;
}

std::string without_separators(std::string text)
{
    std::erase_if(text, [](char c) { return c == '_' || c == '\''; });
    return text;
}

}  // namespace

std::optional<Meaning> meaning(const std::string& given)
{
    std::string text = without_separators(given);
    for (const std::string minus : {"\u2212"})
        if (text.starts_with(minus)) text.replace(0, minus.size(), "-");
    const std::size_t start = text.find_first_not_of("+-");
    if (start > 1 || start == std::string::npos || std::isdigit(static_cast<unsigned char>(text[start])) == 0) return std::nullopt;
    std::size_t end = 0;
    Meaning out;
    out.number = std::stod(text, &end);
    if (end + 1 < text.size() && text[end] == '/' && std::isdigit(static_cast<unsigned char>(text[end + 1])) != 0) {
        std::size_t length = 0;
        out.number /= std::stod(text.substr(end + 1), &length);
        end += 1 + length;
    }
    for (const std::string space : {" ", "\u00a0"})
        if (text.compare(end, space.size(), space) == 0) end += space.size();
    const std::string unit = text.substr(end);
    const auto plain = [](unsigned char c) { return std::isalpha(c) != 0 || c == '%' || c == '/' || c == ' ' || c == '_'; };
    if (!std::all_of(unit.begin(), unit.end(), plain)) return std::nullopt;
    const std::size_t slash = unit.find('/');
    const Unit above = atom(unit.substr(0, slash));
    out.size = out.number * above.first;
    out.kind = unit.empty() ? "" : above.second;
    if (slash == std::string::npos) return out;
    const Unit below = atom(unit.substr(slash + 1));
    out.size /= below.first;
    out.kind = above.second == below.second ? "share" : above.second + "/" + below.second;
    return out;
}

bool same_meaning(const std::string& written, const std::string& offered, bool about)
{
    const auto after = meaning(offered);
    if (!after) return true;  // no quantity is offered: a word, a date
    const auto before = meaning(written);
    if (!before) return false;
    const auto close = [&](double a, double b, double slack) { return std::abs(a - b) <= slack; };
    const double same = 1e-12 * std::abs(before->size);
    if (before->kind.empty() || after->kind.empty()) {
        const bool share = before->kind == "share" || after->kind == "share" || before->kind == after->kind;
        return close(before->number, after->number, same) || (share && close(before->size, after->size, same));
    }
    if (before->kind != after->kind) return false;
    const double rounding = after->kind == "d" ? 0.5 * after->size / after->number : 0.005 * std::abs(after->size);
    return close(before->size, after->size, about ? rounding : same);
}

}  // namespace chokepoint::test

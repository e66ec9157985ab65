#include "comparable.hpp"

#include "format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace chokepoint::cli {

namespace {

constexpr std::size_t kNamed = 4;

template <typename Rows>
std::set<std::string> ids(const Rows& rows)
{
    std::set<std::string> out;
    for (const auto& row : rows) out.insert(row.id);
    return out;
}

// "boots, gloves, ... (7)": those of `a` that are not in `b`.
std::string only_in(const std::set<std::string>& a, const std::set<std::string>& b)
{
    std::vector<std::string> left;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(left));
    if (left.size() <= kNamed) return fmt::format("{}", fmt::join(left, ", "));
    const auto end = left.begin() + kNamed;
    return fmt::format("{}, ... ({})", fmt::join(left.begin(), end, ", "), left.size());
}

std::string sides(const std::string& what, const std::set<std::string>& policy, const std::string& policy_name,
                  const std::set<std::string>& baseline, const std::string& baseline_name)
{
    std::string out;
    const auto add = [&](const std::string& list, const std::string& name) {
        if (list.empty()) return;
        out += fmt::format("{}{} only in {}: {}", out.empty() ? "" : "; ", what, name, list);
    };
    add(only_in(policy, baseline), policy_name);
    add(only_in(baseline, policy), baseline_name);
    return out;
}

bool share_one(const std::set<std::string>& a, const std::set<std::string>& b)
{
    return std::any_of(a.begin(), a.end(), [&](const std::string& id) { return b.contains(id); });
}

}  // namespace

void require_comparable(const Job& policy, const std::string& policy_file, const Job& baseline,
                        const std::string& baseline_file)
{
    const record::Axes &a = policy.axes, &b = baseline.axes;
    const std::string &one = policy.header.name, &other = baseline.header.name;
    std::vector<std::string> why;
    if (a.start != b.start)
        why.push_back(fmt::format("start {} and {}", a.start.to_string(), b.start.to_string()));
    if (a.days != b.days) why.push_back(fmt::format("horizon {} d and {} d", a.days, b.days));
    if (const auto materials = ids(a.products), others = ids(b.products); materials != others)
        why.push_back(sides("materials", materials, one, others, other));
    if (const auto buyers = ids(a.buyers), others = ids(b.buyers); !share_one(buyers, others))
        why.push_back(sides("buyers", buyers, one, others, other));
    if (why.empty()) return;
    throw NotComparable(
        fmt::format("{} cannot be compared with {} ({}); give --against a scenario of the same days and "
                    "materials, such as the one it extends",
                    policy_file, baseline_file, fmt::join(why, "; ")));
}

}  // namespace chokepoint::cli

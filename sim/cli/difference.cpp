#include "difference.hpp"

#include "format.hpp"
#include "table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace chokepoint::cli {

namespace {

using ensemble::BuyerDifference;
using ensemble::BuyerHeadline;

constexpr double kMillion = 1e6;

struct Side {
    std::map<std::string, const BuyerHeadline*> buyers;  // by id
    explicit Side(const Headline& headline)
    {
        for (const BuyerHeadline& buyer : headline.buyers) buyers[headline.axes.buyers[buyer.buyer].id] = &buyer;
    }
    [[nodiscard]] bool loses(const std::string& id) const
    {
        const auto found = buyers.find(id);
        return found != buyers.end() && cli::loses(*found->second);
    }
};

struct Line {
    const record::BuyerAxis* axis;
    const BuyerDifference* difference;
};

// Groups that lose on either side, the largest difference first.
std::vector<Line> lines_of(const Headline& policy, const Side& before, const Side& after,
                           const std::vector<BuyerDifference>& differences, bool all)
{
    std::vector<Line> out;
    for (const BuyerDifference& difference : differences) {
        if (!all && !before.loses(difference.buyer) && !after.loses(difference.buyer)) continue;
        const auto found = after.buyers.find(difference.buyer);
        if (found != after.buyers.end()) out.push_back({&policy.axes.buyers[found->second->buyer], &difference});
    }
    std::stable_sort(out.begin(), out.end(), [](const Line& a, const Line& b) {
        const auto rank = [](const Line& line) {
            const double share = std::abs(line.difference->share.median);
            return std::tuple(is_focus(*line.axis), std::isnan(share) ? -1.0 : share);
        };
        return rank(a) > rank(b);
    });
    return out;
}

std::vector<std::string> only_in(const Headline& here, const Side& there)
{
    std::vector<std::string> out;
    for (const record::BuyerAxis& axis : here.axes.buyers)
        if (there.buyers.count(axis.id) == 0) out.push_back(label(axis));
    return out;
}

std::string named(const std::string& what, const std::vector<std::string>& names, std::size_t width)
{
    return names.empty() ? std::string{} : wrapped(fmt::format("{}: {}.", what, fmt::join(names, "; ")), width, 2);
}

std::string lost_text(const Line& line)
{
    const BuyerDifference& d = *line.difference;
    if (std::isnan(d.output_lost.median)) return fmt::format("{} d", signed_spread_text(d.output_lost_days));
    return fmt::format("{} {}s", signed_spread_text(d.output_lost), line.axis->unit);
}

std::string table_of(const std::vector<Line>& lines, bool all, std::size_t& left_out)
{
    const auto any = [&](auto test) { return std::any_of(lines.begin(), lines.end(), [&](const Line& line) { return test(*line.difference); }); };
    const bool valued = any([](const BuyerDifference& d) { return !std::isnan(d.value_lost.median); });
    const bool priced = any([](const BuyerDifference& d) { return d.given_up.low != 0 || d.given_up.high != 0; });
    Table table;
    table.column("caused by the policy", Align::kLeft);
    table.column("need lost [t]\nmedian (5 to 95 %)");
    table.column("share of need\n[pp]");
    if (priced) table.column("of need lost,\ngiven up [t]");
    table.column("lost output");
    if (valued) table.column("value added lost\n[million USD]");
    table.column("duty paid\n[million USD]");
    table.column("members\nworse off");
    table.column("members\nbetter off");
    std::size_t others = 0;
    for (const Line& line : lines) {
        if (!all && !is_focus(*line.axis) && ++others > kOthersListed) {
            ++left_out;
            continue;
        }
        const BuyerDifference& d = *line.difference;
        std::vector<std::string> cells{label(*line.axis), signed_spread_text(d.lost), points_spread_text(d.share)};
        if (priced) cells.push_back(signed_spread_text(d.given_up));
        cells.push_back(lost_text(line));
        if (valued) cells.push_back(std::isnan(d.value_lost.median) ? "-" : signed_spread_text(d.value_lost, 1 / kMillion));
        cells.push_back(signed_spread_text(d.duty_paid, 1 / kMillion));
        cells.push_back(percent_text(d.worse));
        cells.push_back(percent_text(d.better));
        table.row(std::move(cells));
    }
    return table.empty() ? std::string{} : table.to_string();
}

}  // namespace

std::string difference_table(const Headline& baseline, const Headline& policy, const std::vector<BuyerDifference>& differences,
                             const ensemble::Spread& duty_caused, bool all, std::size_t width)
{
    const Side before(baseline), after(policy);
    const std::vector<Line> lines = lines_of(policy, before, after, differences, all);
    std::vector<std::string> rescued;
    for (const Line& line : lines)
        if (before.loses(line.axis->id) && !after.loses(line.axis->id)) rescued.push_back(label(*line.axis));
    std::size_t left_out = 0;
    std::string out = table_of(lines, all, left_out);
    if (lines.empty())
        out = fmt::format("Nothing lost on either side. Duty paid by all buyers: {} million USD.\n", signed_spread_text(duty_caused, 1 / kMillion));
    if (left_out > 0)
        out += wrapped(fmt::format("{} of other sectors with smaller differences: --all lists {}.", counted_text(left_out, "buyer"), left_out == 1 ? "it" : "them"), width);
    out += named("Rescued, losing in the baseline and not under the policy", rescued, width);
    out += named("In the baseline only", only_in(baseline, after), width);
    return out + named("Under the policy only", only_in(policy, before), width);
}

}  // namespace chokepoint::cli

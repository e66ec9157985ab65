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

bool differs(const ensemble::Spread& change) { return change.low != 0 || change.high != 0; } 
bool differs(const BuyerDifference& d)
{
    return d.worse > 0 || d.better > 0 || differs(d.unmet) || differs(d.given_up) || differs(d.duty_paid);
}

// Groups that lose on either side or differ, the largest difference first; `same`: labels of the others.
std::vector<Line> lines_of(const Headline& policy, const Side& before, const Side& after,
                           const std::vector<BuyerDifference>& differences, bool all, std::vector<std::string>& same)
{
    std::vector<Line> out;
    for (const BuyerDifference& difference : differences) {
        const auto found = after.buyers.find(difference.buyer);
        if (found == after.buyers.end()) continue;
        const record::BuyerAxis& axis = policy.axes.buyers[found->second->buyer];
        const bool listed = all || before.loses(difference.buyer) || after.loses(difference.buyer) || differs(difference);
        if (listed) out.push_back({&axis, &difference});
        else same.push_back(label(axis));
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

// Levels of the groups that the other side does not have: they enter no difference.
std::string table_of_one_side(const std::string& heading, const Headline& here, const Side& there)
{
    std::vector<const BuyerHeadline*> alone;
    for (const BuyerHeadline& buyer : here.buyers)
        if (there.buyers.count(here.axes.buyers[buyer.buyer].id) == 0) alone.push_back(&buyer);
    if (alone.empty()) return "";
    Table table;
    table.column(heading, Align::kLeft);
    table.column("need lost [t]\nmedian (5 to 95 %)");
    table.column("its worth\n[million USD]\nmedian");
    table.column("share of need\nmedian");
    table.column("of need lost,\ngiven up [t]\nmedian (5 to 95 %)");
    table.column("lost output\nmedian (5 to 95 %)");
    table.column("value added lost\n[million USD]\nmedian (5 to 95 %)");
    table.column("duty paid\n[million USD]\nmedian (5 to 95 %)");
    for (const BuyerHeadline* buyer : alone) {
        const record::BuyerAxis& axis = here.axes.buyers[buyer->buyer];
        table.row({label(axis), spread_text(buyer->all.lost), number_text(buyer->all.lost_usd.median / kMillion), percent_text(buyer->all.share.median),
                   spread_text(buyer->all.given_up), lost_output_text(axis, *buyer), value_text(buyer->value_lost), spread_text(buyer->duty_paid, 1 / kMillion)});
    }
    return "\n" + table.to_string();
}

std::string named(const std::string& what, const std::vector<std::string>& names, std::size_t width)
{
    return names.empty() ? std::string{} : wrapped(fmt::format("{}: {}.", what, fmt::join(names, "; ")), width, 2);
}

std::string lost_text(const Line& line)
{
    const BuyerDifference& d = *line.difference;
    if (std::isnan(d.output_lost.median)) return fmt::format("{} d", difference_spread_text(d.output_lost_days));
    return fmt::format("{} {}s", difference_spread_text(d.output_lost), line.axis->unit);
}

std::string table_of(const std::vector<Line>& lines, bool& valued)
{
    const auto any = [&](auto test) { return std::any_of(lines.begin(), lines.end(), [&](const Line& line) { return test(*line.difference); }); };
    valued = any([](const BuyerDifference& d) { return !std::isnan(d.value_lost.median); });
    const bool priced = any([](const BuyerDifference& d) { return differs(d.given_up); });
    Table table;
    table.column("caused by the policy", Align::kLeft);
    table.column("need lost [t]\nmedian (5 to 95 %)");
    table.column("its worth\n[million USD]\nmedian");
    table.column("share of need\n[pp]\nmedian");
    if (priced) table.column("of need lost,\ngiven up [t]\nmedian (5 to 95 %)");
    table.column("lost output\nmedian (5 to 95 %)");
    if (valued) table.column("value added lost\n[million USD]\nmedian (5 to 95 %)");
    table.column("duty paid\n[million USD]\nmedian (5 to 95 %)");
    table.column("members\nworse off");
    table.column("members\nbetter off");
    for (const Line& line : lines) {
        const BuyerDifference& d = *line.difference;
        std::vector<std::string> cells{label(*line.axis), difference_spread_text(d.lost), difference_text(d.lost_usd.median / kMillion), difference_text(100 * d.share.median)};
        if (priced) cells.push_back(difference_spread_text(d.given_up));
        cells.push_back(lost_text(line));
        if (valued) cells.push_back(value_text(d.value_lost, true));
        cells.push_back(difference_spread_text(d.duty_paid, 1 / kMillion));
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
    std::vector<std::string> same, rescued;
    const std::vector<Line> lines = lines_of(policy, before, after, differences, all, same);
    for (const Line& line : lines)
        if (before.loses(line.axis->id) && !after.loses(line.axis->id)) rescued.push_back(label(*line.axis));
    bool valued = false;
    std::string out;
    if (std::none_of(lines.begin(), lines.end(), [&](const Line& line) { return before.loses(line.axis->id) || after.loses(line.axis->id); }))
        out = fmt::format("No shortfall, and no more than 1 % of need lost, on either side.\nDuty paid by all buyers: {} million USD.\n",
                          difference_spread_text(duty_caused, 1 / kMillion));
    out += table_of(lines, valued);
    out += named("Rescued, losing in the baseline and not under the policy", rescued, width);
    out += named("No loss on either side, and no difference in any member", same, width);
    if (!lines.empty()) {
        out += wrapped("Each median is that of the differences of members, policy less baseline, and need not be the difference of the medians of the two runs.", width);
        if (!valued) out += wrapped(kNoValue, width);
        out += few_text(lines.front().difference->pairs, "pairs of members", width);
    }
    out += table_of_one_side("in the baseline only", baseline, after);
    return out + table_of_one_side("under the policy only", policy, before);
}

}  // namespace chokepoint::cli

#include "chokepoint/ensemble/summary.hpp"

#include "chokepoint/record/quantile.hpp"
#include "chokepoint/record/scarcest.hpp"
#include "chokepoint/record/short_day.hpp"
#include "chokepoint/record/variables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace chokepoint::ensemble {

namespace {

using record::Quantity;

constexpr double kLow = 0.05, kHigh = 0.95;
constexpr double kLostAtAll = 0.01;  // of full need: above it a group counts as one that loses
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Spread spread(const std::vector<double>& values)
{
    return {record::quantile(values, 0.5), record::quantile(values, kLow), record::quantile(values, kHigh)};
}

// One buyer over some of its materials in one member.
struct Run {
    double unmet = 0, given_up = 0, full_need = 0;  // [t]
    double unmet_usd = 0, given_up_usd = 0;         // [USD] at the prices of day 0
    double first_short = -1;  // [d]
    int longest = 0;          // [d]
    [[nodiscard]] double lost() const { return unmet + given_up; }
    [[nodiscard]] double lost_usd() const { return unmet_usd + given_up_usd; }
    [[nodiscard]] double share() const { return full_need > 0 ? lost() / full_need : kNaN; }
};

// Looks up metrics of one ensemble.
class Table {
  public:
    explicit Table(const record::Axes& axes) : layout_(axes), n_products_(axes.products.size()) {}

    [[nodiscard]] double at(const record::Metrics& member, Quantity quantity, std::size_t entity) const
    {
        return member[layout_.metric_index(quantity)][entity];
    }
    [[nodiscard]] Run run(const record::Metrics& member, std::size_t buyer, std::size_t first,
                          std::size_t last) const
    {
        Run out;
        for (std::size_t product = first; product < last; ++product) {
            const std::size_t entity = buyer * n_products_ + product;
            out.unmet += at(member, Quantity::kShortfallTotal, entity);
            out.given_up += at(member, Quantity::kGivenUpTotal, entity);
            out.unmet_usd += at(member, Quantity::kShortfallValue, entity);
            out.given_up_usd += at(member, Quantity::kGivenUpValue, entity);
            out.full_need += at(member, Quantity::kFullNeedTotal, entity);
            out.longest =
                std::max(out.longest, static_cast<int>(at(member, Quantity::kLongestShortRun, entity)));
        }
        const std::span<const double> days = member[layout_.metric_index(Quantity::kFirstShortDay)];
        out.first_short = record::earliest_short_day(days.subspan(buyer * n_products_ + first, last - first));
        return out;
    }
    [[nodiscard]] Run whole_run(const record::Metrics& member, std::size_t buyer) const
    {
        return run(member, buyer, 0, n_products_);
    }
    [[nodiscard]] std::size_t n_products() const { return n_products_; }

  private:
    record::MemberLayout layout_;
    std::size_t n_products_;
};

double share_of(std::size_t count, std::size_t total)
{
    return total > 0 ? static_cast<double>(count) / static_cast<double>(total) : kNaN;
}

Figures figures(const std::vector<Run>& runs)
{
    std::vector<double> lost, unmet, given_up, lost_usd, unmet_usd, given_up_usd, share, longest, first;
    std::size_t any = 0, hurt = 0;
    for (const Run& run : runs) {
        lost.push_back(run.lost());
        unmet.push_back(run.unmet);
        given_up.push_back(run.given_up);
        lost_usd.push_back(run.lost_usd());
        unmet_usd.push_back(run.unmet_usd);
        given_up_usd.push_back(run.given_up_usd);
        share.push_back(run.share());
        longest.push_back(run.longest);
        if (run.first_short >= 0) first.push_back(run.first_short);
        if (run.unmet > 0) ++any;
        if (run.share() > kLostAtAll) ++hurt;
    }
    return {spread(lost),
            spread(unmet),
            spread(given_up),
            spread(lost_usd),
            spread(unmet_usd),
            spread(given_up_usd),
            spread(share),
            spread(longest),
            spread(first),
            share_of(first.size(), runs.size()),
            share_of(any, runs.size()),
            share_of(hurt, runs.size())};
}

Figures figures_of(const Table& table, std::span<const record::Metrics> members, std::size_t buyer,
                   std::size_t first, std::size_t last)
{
    std::vector<Run> runs;
    for (const auto& member : members) runs.push_back(table.run(member, buyer, first, last));
    return figures(runs);
}

std::vector<double> column(const Table& table, std::span<const record::Metrics> members, Quantity quantity,
                           std::size_t entity)
{
    std::vector<double> out;
    for (const auto& member : members) out.push_back(table.at(member, quantity, entity));
    return out;
}

bool needs(const Table& table, std::span<const record::Metrics> members, std::size_t buyer,
           std::size_t product)
{
    return std::any_of(members.begin(), members.end(), [&](const auto& member) {
        return table.run(member, buyer, product, product + 1).full_need > 0;
    });
}

BuyerHeadline buyer_headline(const Table& table, std::span<const record::Metrics> members, std::size_t buyer)
{
    BuyerHeadline out;
    out.buyer = buyer;
    out.all = figures_of(table, members, buyer, 0, table.n_products());
    for (std::size_t product = 0; product < table.n_products(); ++product) {
        if (!needs(table, members, buyer, product)) continue;
        out.products.push_back({product, figures_of(table, members, buyer, product, product + 1)});
    }
    out.output_lost = spread(column(table, members, Quantity::kOutputLostUnits, buyer));
    out.output_stopped = spread(column(table, members, Quantity::kOutputStoppedUnits, buyer));
    out.output_given_up = spread(column(table, members, Quantity::kOutputGivenUpUnits, buyer));
    out.output_lost_days = spread(column(table, members, Quantity::kOutputLostDays, buyer));
    out.value_lost = spread(column(table, members, Quantity::kOutputLostValue, buyer));
    out.value_stopped = spread(column(table, members, Quantity::kOutputStoppedValue, buyer));
    out.value_given_up = spread(column(table, members, Quantity::kOutputGivenUpValue, buyer));
    out.duty_paid = spread(column(table, members, Quantity::kDutyPaid, buyer));
    auto stops = column(table, members, Quantity::kFirstStoppageDay, buyer);
    std::erase_if(stops, [](double day) { return day < 0; });
    out.first_stoppage_day = record::quantile(stops, 0.5);
    out.stopped_members = share_of(stops.size(), members.size());
    return out;
}

struct Pair {
    const record::Metrics* baseline;
    const record::Metrics* policy;
};

std::vector<Pair> pairs_of(const EnsembleView& baseline, const EnsembleView& policy)
{
    std::map<std::uint32_t, const record::Metrics*> before;
    for (std::size_t i = 0; i < baseline.done.size(); ++i) before[baseline.done[i]] = &baseline.metrics[i];
    std::vector<Pair> out;
    for (std::size_t i = 0; i < policy.done.size(); ++i) {
        const auto found = before.find(policy.done[i]);
        if (found != before.end()) out.push_back({found->second, &policy.metrics[i]});
    }
    return out;
}

BuyerDifference difference(const Table& old_table, std::size_t old_buyer, const Table& table,
                           std::size_t buyer, const std::vector<Pair>& pairs)
{
    std::vector<double> lost, unmet, given_up, lost_usd, unmet_usd, given_up_usd, share;
    std::size_t worse = 0, better = 0;
    for (const auto& pair : pairs) {
        const Run before = old_table.whole_run(*pair.baseline, old_buyer);
        const Run after = table.whole_run(*pair.policy, buyer);
        lost.push_back(after.lost() - before.lost());
        unmet.push_back(after.unmet - before.unmet);
        given_up.push_back(after.given_up - before.given_up);
        lost_usd.push_back(after.lost_usd() - before.lost_usd());
        unmet_usd.push_back(after.unmet_usd - before.unmet_usd);
        given_up_usd.push_back(after.given_up_usd - before.given_up_usd);
        share.push_back(after.share() - before.share());
        if (after.lost() > before.lost()) ++worse;
        if (after.lost() < before.lost()) ++better;
    }
    const auto change = [&](Quantity quantity) {
        std::vector<double> out;
        for (const auto& pair : pairs) {
            out.push_back(table.at(*pair.policy, quantity, buyer) -
                          old_table.at(*pair.baseline, quantity, old_buyer));
        }
        return spread(out);
    };
    BuyerDifference out;
    out.lost = spread(lost);
    out.unmet = spread(unmet);
    out.given_up = spread(given_up);
    out.lost_usd = spread(lost_usd);
    out.unmet_usd = spread(unmet_usd);
    out.given_up_usd = spread(given_up_usd);
    out.share = spread(share);
    out.output_lost = change(Quantity::kOutputLostUnits);
    out.output_lost_days = change(Quantity::kOutputLostDays);
    out.value_lost = change(Quantity::kOutputLostValue);
    out.value_stopped = change(Quantity::kOutputStoppedValue);
    out.value_given_up = change(Quantity::kOutputGivenUpValue);
    out.duty_paid = change(Quantity::kDutyPaid);
    out.worse = share_of(worse, pairs.size());
    out.better = share_of(better, pairs.size());
    out.pairs = pairs.size();
    return out;
}

}  // namespace

std::vector<BuyerHeadline> headline(const record::Axes& axes, std::span<const record::Metrics> members)
{
    const Table table(axes);
    std::vector<BuyerHeadline> out;
    record::Scarcest scarcest(axes);
    for (const auto& member : members) scarcest.add(member);
    for (std::size_t buyer = 0; buyer < axes.buyers.size(); ++buyer) {
        out.push_back(buyer_headline(table, members, buyer));
        out.back().scarcest = scarcest.of(buyer);
    }
    return out;
}

std::vector<BuyerDifference> paired_difference(const EnsembleView& baseline, const EnsembleView& policy)
{
    const Table old_table(baseline.axes), table(policy.axes);
    const auto pairs = pairs_of(baseline, policy);
    std::vector<BuyerDifference> out;
    for (std::size_t buyer = 0; buyer < policy.axes.buyers.size(); ++buyer) {
        const auto& id = policy.axes.buyers[buyer].id;
        const auto& old_buyers = baseline.axes.buyers;
        const auto found = std::find_if(old_buyers.begin(), old_buyers.end(),
                                        [&](const auto& candidate) { return candidate.id == id; });
        if (found == old_buyers.end()) continue;
        const auto old_buyer = static_cast<std::size_t>(found - old_buyers.begin());
        out.push_back(difference(old_table, old_buyer, table, buyer, pairs));
        out.back().buyer = id;
    }
    return out;
}

}  // namespace chokepoint::ensemble

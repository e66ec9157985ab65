#include "duty.hpp"

#include "chokepoint/record/quantile.hpp"
#include "chokepoint/record/variables.hpp"

#include <map>
#include <numeric>

namespace chokepoint::cli {

namespace {

ensemble::Spread spread(const std::vector<double>& values)
{
    return {record::quantile(values, 0.5), record::quantile(values, 0.05), record::quantile(values, 0.95)};
}

double paid(const record::MemberLayout& layout, const record::Metrics& member)
{
    const auto& by_buyer = member[layout.metric_index(record::Quantity::kDutyPaid)];
    return std::accumulate(by_buyer.begin(), by_buyer.end(), 0.0);
}

}  // namespace

ensemble::Spread total_duty(const record::Axes& axes, std::span<const record::Metrics> members)
{
    const record::MemberLayout layout(axes);
    std::vector<double> all;
    for (const auto& member : members) all.push_back(paid(layout, member));
    return spread(all);
}

ensemble::Spread duty_caused(const ensemble::EnsembleView& baseline, const ensemble::EnsembleView& policy)
{
    const record::MemberLayout before(baseline.axes), after(policy.axes);
    std::map<std::uint32_t, double> old;
    for (std::size_t i = 0; i < baseline.done.size(); ++i)
        old[baseline.done[i]] = paid(before, baseline.metrics[i]);
    std::vector<double> change;
    for (std::size_t i = 0; i < policy.done.size(); ++i) {
        const auto found = old.find(policy.done[i]);
        if (found != old.end()) change.push_back(paid(after, policy.metrics[i]) - found->second);
    }
    return spread(change);
}

}  // namespace chokepoint::cli

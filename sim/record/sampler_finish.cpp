// The metrics of a whole run, from what the sampler has kept since the start.

#include "chokepoint/record/sampler.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace chokepoint::record {

namespace {
constexpr double kThousand = 1e3;  // kilograms in a tonne; of a million milli-units, units
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
}  // namespace

void Sampler::set_metric(Quantity quantity, std::size_t entity, double value)
{
    result_.metrics[layout_.metric_index(quantity)][entity] = value;
}

void Sampler::finish_need(const Reported& row)
{
    const auto tonnes = [&](Quantity quantity, std::int64_t grams) { set_metric(quantity, row.entity, static_cast<double>(grams) / per_million_); };
    const auto share = [&](Quantity quantity, std::int64_t part, std::int64_t whole) {
        if (whole > 0) set_metric(quantity, row.entity, static_cast<double>(part) / static_cast<double>(whole));
    };
    const std::int64_t full = row.need + row.switched + row.given_up, lost = row.unmet + row.given_up;
    tonnes(Quantity::kNeedTotal, row.need);
    tonnes(Quantity::kShortfallTotal, row.unmet);
    tonnes(Quantity::kFullNeedTotal, full);
    tonnes(Quantity::kUsedTotal, row.need - row.unmet);
    tonnes(Quantity::kSwitchedTotal, row.switched);
    tonnes(Quantity::kGivenUpTotal, row.given_up);
    tonnes(Quantity::kLostTotal, lost);
    const auto dollars = [&](Quantity quantity, std::int64_t grams) { set_metric(quantity, row.entity, static_cast<double>(grams) / (per_million_ / kThousand) * row.price); };
    dollars(Quantity::kShortfallValue, row.unmet);
    dollars(Quantity::kGivenUpValue, row.given_up);
    dollars(Quantity::kLostValue, lost);
    // Output made up later uses what lay idle and what lacked alike.
    tonnes(Quantity::kLackedTotal, std::clamp<std::int64_t>(row.unmet, 0, row.lacked));
    share(Quantity::kShortfallShare, row.unmet, row.need);
    share(Quantity::kLostShare, lost, full);
}

void Sampler::finish_output(std::size_t buyer, std::int64_t amount, const OutputMetrics& metrics)
{
    const Buyer& of = buyers_[buyer];
    const auto exact = static_cast<double>(amount);
    set_metric(metrics.units, buyer, of.counted ? exact / (per_million_ / kThousand) : kNaN);
    set_metric(metrics.value, buyer, of.value > 0 ? exact / (per_million_ / kThousand) * of.value : kNaN);
    set_metric(metrics.days, buyer, of.base > 0 ? exact / static_cast<double>(of.base) : 0.0);
}

MemberResult Sampler::finish()
{
    auto& first_short = result_.metrics[layout_.metric_index(Quantity::kFirstShortDay)];
    std::fill(first_short.begin(), first_short.end(), -1.0);
    for (const Quantity share : {Quantity::kShortfallShare, Quantity::kLostShare}) {
        auto& values = result_.metrics[layout_.metric_index(share)];
        std::fill(values.begin(), values.end(), kNaN);
    }
    for (const auto& row : rows_) {
        finish_need(row);
        first_short[row.entity] = row.first_short;
        set_metric(Quantity::kLongestShortRun, row.entity, row.longest);
    }
    for (std::size_t b = 0; b < buyers_.size(); ++b) {
        const auto& buyer = buyers_[b];
        finish_output(b, buyer.stopped + buyer.given_up, {Quantity::kOutputLostUnits, Quantity::kOutputLostValue, Quantity::kOutputLostDays});
        finish_output(b, buyer.stopped, {Quantity::kOutputStoppedUnits, Quantity::kOutputStoppedValue, Quantity::kOutputStoppedDays});
        finish_output(b, buyer.given_up, {Quantity::kOutputGivenUpUnits, Quantity::kOutputGivenUpValue, Quantity::kOutputGivenUpDays});
        set_metric(Quantity::kWorstWeek, b, buyer.worst_week);
        set_metric(Quantity::kFirstStoppageDay, b, buyer.first_stoppage);
        set_metric(Quantity::kDutyPaid, b, static_cast<double>(buyer.duty) / per_million_);
    }
    for (std::size_t r = 0; r < duty_by_region_.size(); ++r) {
        set_metric(Quantity::kDutyPaidRegion, r, static_cast<double>(duty_by_region_[r]) / per_million_);
        set_metric(Quantity::kAirFreight, r, static_cast<double>(flown_[r]) * air_premium_ / per_million_);
    }
    for (std::size_t i = 0; i < licences_.size(); ++i) {
        const auto& total = licences_[i];
        set_metric(Quantity::kFiledTotal, i, static_cast<double>(total.filed));
        set_metric(Quantity::kGrantedTotal, i, static_cast<double>(total.granted));
        set_metric(Quantity::kRefusedTotal, i, static_cast<double>(total.refused));
        set_metric(Quantity::kReturnedTotal, i, static_cast<double>(total.returned));
        set_metric(Quantity::kGrantedWait, i,
                   total.granted > 0
                       ? static_cast<double>(total.wait_days) / static_cast<double>(total.granted)
                       : kNaN);
        set_metric(Quantity::kLapsedTotal, i, static_cast<double>(total.lapsed));
        set_metric(Quantity::kVoidedTotal, i, static_cast<double>(total.voided));
        set_metric(Quantity::kGeneralTotal, i, static_cast<double>(total.general));
        set_metric(Quantity::kClockRestarts, i, static_cast<double>(total.clock_restarts));
    }
    finish_desks();
    finish_supply();
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        set_metric(Quantity::kRouteShippedTotal, i, static_cast<double>(routes_[i].shipped) / per_million_);
        set_metric(Quantity::kRouteArrivedTotal, i, static_cast<double>(routes_[i].arrived) / per_million_);
        set_metric(Quantity::kRouteSeizedTotal, i, static_cast<double>(routes_[i].seized) / per_million_);
        set_metric(Quantity::kRouteEdgesFound, i, static_cast<double>(routes_[i].edges_found));
        set_metric(Quantity::kRoutePremiumDays, i, static_cast<double>(routes_[i].premium));
        set_metric(Quantity::kRouteAsked, i, static_cast<double>(routes_[i].asked) / per_million_);
    }
    return std::move(result_);
}

namespace {
// The fewest days within which a share of the counted files was decided; NaN without files.
double days_within(const std::vector<std::uint32_t>& by_days, double share)
{
    const auto total = static_cast<double>(std::accumulate(by_days.begin(), by_days.end(), std::uint64_t{0}));
    if (total == 0) return kNaN;
    double sum = 0;
    std::size_t days = 0;
    while ((sum += by_days[days]) < share * total) ++days;
    return static_cast<double>(days);
}
}  // namespace

void Sampler::finish_supply()
{
    for (std::size_t i = 0; i < support_.size(); ++i) set_metric(Quantity::kSupportPaid, i, static_cast<double>(support_[i]) / per_million_);
    for (std::size_t i = 0; i < stockpiles_.size(); ++i) {
        set_metric(Quantity::kStockpileReleasedTotal, i, static_cast<double>(stockpiles_[i].released) / per_million_);
        set_metric(Quantity::kStockpileRefilledTotal, i, static_cast<double>(stockpiles_[i].refilled) / per_million_);
        set_metric(Quantity::kStockpilePaid, i, static_cast<double>(stockpiles_[i].paid) / per_million_);
        set_metric(Quantity::kStockpileEarned, i, static_cast<double>(stockpiles_[i].earned) / per_million_);
    }
}

void Sampler::finish_desks()
{
    for (std::size_t i = 0; i < waits_.size(); ++i) {
        set_metric(Quantity::kWaitLow, i, days_within(waits_[i], 0.1));
        set_metric(Quantity::kWaitMedian, i, days_within(waits_[i], 0.5));
        set_metric(Quantity::kWaitHigh, i, days_within(waits_[i], 0.9));
        set_metric(Quantity::kFilesDecided, i, static_cast<double>(std::accumulate(waits_[i].begin(), waits_[i].end(), std::uint64_t{0})));
        set_metric(Quantity::kFilesLate, i, clocks_[i / (axes_.regions.size() * world::kEndUses)].deadline > 0 ? static_cast<double>(late_[i]) : kNaN);
    }
    for (std::size_t k = 0; k < desks_.size(); ++k) {
        const auto& desk = desks_[k];
        set_metric(Quantity::kDeskLoad, k, desk.credited > 0 ? desk.offered / desk.credited : kNaN);
        set_metric(Quantity::kDeskUtilisation, k, desk.credited > 0 ? desk.spent / desk.credited : kNaN);
    }
    for (std::size_t c = 0; c < memory_.size(); ++c) {
        set_metric(Quantity::kUsersNamed, c, static_cast<double>(memory_[c].users_named));
        set_metric(Quantity::kUsersTainted, c, static_cast<double>(memory_[c].users_tainted));
        set_metric(Quantity::kRoutesFound, c, static_cast<double>(memory_[c].routes_found));
    }
}

}  // namespace chokepoint::record

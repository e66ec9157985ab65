#include "policy_rows.hpp"
#include "route_rows.hpp"
#include "row_index.hpp"

#include "control_rows.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace chokepoint::world {

namespace {

using scenario::Scenario;

void add_tariffs(const Scenario& scenario, Structure& structure)
{
    const auto regions = index_by_id(scenario.regions);
    const auto products = index_by_id(scenario.products);
    const auto flags = index_by_id(scenario.flags);
    auto& policy = structure.policy;
    for (std::uint32_t t = 0; t < scenario.tariffs.size(); ++t) {
        const auto& tariff = scenario.tariffs[t];
        DutyTariff row{tariff.id, {}};
        std::set<std::uint32_t> spared;
        for (const auto& cell : tariff.spared)
            spared.insert(static_cast<std::uint32_t>(structure.duty_cell(regions.at(cell.importer), regions.at(cell.origin), products.at(cell.product))));
        for (std::uint32_t l = 0; l < tariff.layers.size(); ++l) {
            const auto& layer = tariff.layers[l];
            DutyLayer out{layer.id, ppm(layer.base_rate), {}};
            for (const auto& importer : tariff.importers) {
                for (const auto& origin : tariff.origins) {
                    if (importer == origin) continue;
                    for (const auto& [id, product] : products) {
                        const bool named = layer.products.empty() ||
                                           std::find(layer.products.begin(), layer.products.end(), id) !=
                                               layer.products.end();
                        if (!named) continue;
                        const auto cell = static_cast<std::uint32_t>(
                            structure.duty_cell(regions.at(importer), regions.at(origin), product));
                        if (spared.count(cell) == 0) out.cells.push_back(cell);
                    }
                }
            }
            std::sort(out.cells.begin(), out.cells.end());
            for (const auto& point : layer.points) {
                policy.duty_changes.push_back({point.date - structure.start, t, l, ppm(point.rate)});
            }
            const auto first = static_cast<int>(policy.lapses.size());
            for (const auto& lapse : layer.lapses) {
                policy.lapses.push_back({lapse.decided - structure.start, lapse.from - structure.start,
                                         lapse.until - structure.start, t, l, flags.at(lapse.flag), ppm(lapse.change),
                                         lapse.earlier < 0 ? -1 : first + lapse.earlier});
            }
            for (const auto& change : layer.announced) {
                policy.announced.push_back({change.announced - structure.start, change.until - structure.start,
                                            change.date - structure.start, t, l, ppm(change.change)});
            }
            row.layers.push_back(std::move(out));
        }
        policy.tariffs.push_back(std::move(row));
    }
    std::stable_sort(policy.duty_changes.begin(), policy.duty_changes.end(),
                     [](const DutyChange& a, const DutyChange& b) { return a.day < b.day; });
    std::stable_sort(policy.announced.begin(), policy.announced.end(),
                     [](const AnnouncedDuty& a, const AnnouncedDuty& b) { return a.day < b.day; });
}

bool near_new_year(const std::vector<core::Date>& new_years, core::Date date, int first, int last)
{
    return std::any_of(new_years.begin(), new_years.end(), [&](core::Date new_year) {
        return date - new_year >= first && date - new_year <= last;
    });
}

// Factor on use by day, from the dates of the lunar new year (sim/MODEL.md, season).
double season_factor(const scenario::Season& season, const std::vector<core::Date>& new_years, core::Date date)
{
    if (near_new_year(new_years, date, -28, -4)) return std::exp(season.before);
    if (near_new_year(new_years, date, -3, 20)) return std::exp(season.after);
    return date.month() == 10 ? std::exp(season.october) : 1.0;
}

// What would be called off on closed days is called off in the days before.
std::vector<double> called_ahead(const std::vector<double>& use, const std::vector<std::uint8_t>& closed, int first_day)
{
    constexpr std::size_t kAhead = 14;
    std::vector<double> call = use;
    for (std::size_t i = 0; i < closed.size(); ++i) {
        if (closed[i] == 0) continue;
        const std::size_t at = i + static_cast<std::size_t>(-first_day);
        std::size_t start = i;
        while (start > 0 && closed[start - 1] != 0) --start;
        const std::size_t before = std::min(kAhead, start);
        if (before == 0) continue;  // the run begins inside a closure: nothing can be moved ahead
        for (std::size_t k = 1; k <= before; ++k) {
            call[at - (i - start) - k] += use[at] / static_cast<double>(before);
        }
        call[at] = 0;
    }
    return call;
}

void running_sums(std::vector<double>& curve)
{
    double sum = 0;
    for (double& value : curve) value = sum += value;
}

void find_lanes(Structure& structure)
{
    auto& parameters = structure.parameters;
    parameters.season_lane.assign(structure.regions.size(), 1);
    for (const Lane& lane : structure.lanes) {
        if (lane.origin == parameters.season_region) parameters.season_lane[lane.destination] = lane.days;
    }
    parameters.season_lane_home = parameters.season_lane;
    for (const Lane& lane : structure.lanes) {
        if (lane.origin == lane.destination) parameters.season_lane_home[lane.origin] += lane.days;
    }
}

void add_season(const Scenario& scenario, Structure& structure)
{
    const auto& season = scenario.behaviour.season;
    auto& parameters = structure.parameters;
    if (!season.on) return;
    parameters.season_region = index_by_id(scenario.regions).at(season.region);
    find_lanes(structure);
    const core::WorkingCalendar& calendar = structure.regions[parameters.season_region].calendar;
    // The curve was read off monthly exports, which hold the closures at new year and in October already.
    const auto in_curve = [&](core::Date date) { return (date.month() == 10 && season.october != 0) || near_new_year(calendar.new_years(), date, -28, 20); };
    for (int day = 0; day < structure.horizon; ++day) {
        const core::Date date = structure.start + day;
        parameters.closed.push_back(scenario.behaviour.closures && calendar.is_closure(date) &&
                                    !in_curve(date));
    }
    // Before day 0 the world was in steady state: goods already sailed carry no season.
    parameters.season_first = 0;
    for (int day = 0; day <= structure.horizon + parameters.review_days; ++day) {
        parameters.use_sum.push_back(season_factor(season, calendar.new_years(), structure.start + day));
    }
    parameters.call_sum = called_ahead(parameters.use_sum, parameters.closed, parameters.season_first);
    running_sums(parameters.use_sum);
    running_sums(parameters.call_sum);
}

void add_behaviour(const Scenario& scenario, Structure& structure)
{
    const auto& from = scenario.behaviour;
    auto& to = structure.parameters;
    to.review_days = from.review_days;
    to.demand_smoothing = from.demand_smoothing;
    to.lead_up = from.lead_up;
    to.lead_down = from.lead_up * from.lead_down_ratio;
    to.announcement = from.announcement;
    to.wait_cap = from.wait_cap;
    to.gap_share = from.gap_share;
    to.order_cap = from.order_cap;
    to.hoarding = from.hoarding;
    to.cover_cap = from.cover_cap;
    to.front_loading = from.front_loading;
    to.cancelled = 1 - std::pow(1 - from.cancellation, from.review_days);
    // Without a choice of sources, and where orders look at stock alone, there is nothing to order elsewhere.
    to.elsewhere_after = from.fixed_shares || !from.counts_ordered ? 0 : from.elsewhere_after;
    to.sigma = from.sigma;
    to.lead_weight = from.lead_weight;
    to.refusal_weight = from.refusal_weight;
    to.inertia = from.inertia;
    to.share_adjustment = from.share_adjustment;
    to.fixed_shares = from.fixed_shares;
    to.counts_ordered = from.counts_ordered;
    to.fill_learning = from.fill_learning;
    to.extra_costs = std::any_of(scenario.lanes.begin(), scenario.lanes.end(), [](const auto& lane) { return lane.freight > 0; }) ||
                     std::any_of(scenario.licensing.begin(), scenario.licensing.end(), [](const auto& licensing) { return licensing.cost > 0; });
    to.demand_price = static_cast<DemandPrice>(from.demand.price);
    to.passed_on = from.demand.lag_days > 0 ? 1 - std::exp(-from.review_days / from.demand.lag_days) : 1.0;
    to.dispatch_cap = from.dispatch_cap;
    to.air_below = scenario.air_below;
    to.air_premium = std::llround(scenario.air_premium * 1e3);  // a USD/kg is 1000 millionths a gram
    to.price_speed = from.price_speed;
    to.price_backlog_days = from.price_backlog_days;
    to.price_clip = from.price_clip;
    to.outside_price_speed = from.price_speed * from.outside_price_speed;
    to.supply_elasticity = from.supply_elasticity;
    to.bid_elasticity = from.bid_elasticity;
    to.contract_share = from.contract_share;
    to.unlicensed_weight = from.unlicensed_weight;
    to.least_price = from.least_price;
    to.domestic_first = from.domestic_first;
    to.home_reserve = from.home_reserve;
    to.rationing = static_cast<Rationing>(from.rationing);
    to.instant_delivery = from.instant_delivery;
    to.backlog_dropped = from.backlog_dropped;
    to.output_forecast = from.output_forecast;
    to.forecast_window = from.forecast_window;
}

}  // namespace

void add_policy(const Scenario& scenario, Structure& structure)
{
    add_behaviour(scenario, structure);
    add_season(scenario, structure);
    add_tariffs(scenario, structure);
    for (const auto& licensing : scenario.licensing) {
        structure.policy.controls.push_back(control_row(licensing, scenario, structure));
    }
    add_enforcement(scenario, structure);
}

}  // namespace chokepoint::world

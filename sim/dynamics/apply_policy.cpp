// Phase 0. Events dated today apply before any agent acts today.

#include "chokepoint/core/plain.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "control.hpp"
#include "covert.hpp"
#include "expected_duty.hpp"
#include "posture_rules.hpp"

#include <fmt/format.h>

#include <climits>
#include <cmath>
#include <set>

namespace chokepoint::dynamics {

namespace {

using namespace world;

// A renewal that hangs on a flag is decided on its day, once.
void decide_renewals(const Structure& structure, int day, State& state)
{
    auto& policy = state.policy;
    for (std::size_t i = 0; i < structure.policy.lapses.size(); ++i) {
        const LapseRow& row = structure.policy.lapses[i];
        const bool moot = row.earlier >= 0 && policy.lapsed[static_cast<std::size_t>(row.earlier)] != 0;
        if (row.decided != day || moot) continue;
        const DutyTariff& tariff = structure.policy.tariffs[row.tariff];
        const bool raised = policy.flags[row.flag] != 0;
        policy.lapsed[i] = raised ? 0 : 1;
        log(state, day, "duty", tariff.id + "." + tariff.layers[row.layer].id,
            fmt::format("{} because flag {} is {}", raised ? "renewed" : "not renewed",
                        structure.policy.flags[row.flag].id, raised ? "raised" : "lowered"));
    }
}

void set_layer(const Structure& structure, std::uint32_t t, std::uint32_t l, std::int64_t ppm, State& state)
{
    auto& policy = state.policy;
    auto& now = policy.layer_ppm[policy.layer_begin[t] + l];
    if (ppm == now) return;
    for (const std::uint32_t cell : structure.policy.tariffs[t].layers[l].cells) {
        policy.duty_ppm[cell] += ppm - now;
        policy.ln_duty[cell] = std::log((1e6 + static_cast<double>(policy.duty_ppm[cell])) /
                                        (1e6 + static_cast<double>(policy.base_duty_ppm[cell])));
    }
    now = ppm;
}

// The products a part of a layer is charged on.
std::string goods_of(const Structure& structure, const DutyLayer& layer)
{
    std::set<std::size_t> products;
    for (const std::uint32_t cell : layer.cells) products.insert(cell % structure.products.size());
    std::string out;
    for (const std::size_t product : products) out += (out.empty() ? "" : ", ") + structure.products[product].id;
    return out;
}

// What the layers of a tariff did today; parts of a layer share its id, and are told as one where they moved alike.
void tell_changes(const Structure& structure, const DutyTariff& tariff, const std::vector<std::int64_t>& before, const std::int64_t* now, int day, State& state)
{
    for (std::size_t l = 0; l < before.size(); ++l) {
        if (now[l] == before[l]) continue;
        const DutyLayer& layer = tariff.layers[l];
        bool together = true;
        for (std::size_t k = 0; k < before.size(); ++k)
            together = together && (tariff.layers[k].id != layer.id || (before[k] == before[l] && now[k] == now[l]));
        if (together && l > 0 && tariff.layers[l - 1].id == layer.id) continue;
        log(state, day, "duty", tariff.id + "." + layer.id,
            fmt::format("rate {} % becomes {} %{}", core::plain(static_cast<double>(before[l]) / 1e4), core::plain(static_cast<double>(now[l]) / 1e4),
                        together ? "" : " for " + goods_of(structure, layer)));
    }
}

// What renewals not given take from a layer or bring back to it today.
std::int64_t lapsed_ppm(const Structure& structure, std::uint32_t t, std::uint32_t l, int day, const PolicyState& policy)
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < structure.policy.lapses.size(); ++i) {
        const LapseRow& row = structure.policy.lapses[i];
        if (row.tariff != t || row.layer != l || policy.lapsed[i] == 0) continue;
        if (day >= row.from && day < row.until) sum += row.change_ppm;
    }
    return sum;
}

void change_duties(const Structure& structure, int day, State& state)
{
    auto& policy = state.policy;
    decide_renewals(structure, day, state);
    const auto& changes = structure.policy.duty_changes;
    for (; policy.next_duty < changes.size() && changes[policy.next_duty].day <= day; ++policy.next_duty) {
        const DutyChange& change = changes[policy.next_duty];
        policy.dated_ppm[policy.layer_begin[change.tariff] + change.layer] = change.ppm;
    }
    const std::vector<std::int64_t> before = policy.layer_ppm;
    for (std::uint32_t t = 0; t < structure.policy.tariffs.size(); ++t) {
        const std::uint32_t begin = policy.layer_begin[t];
        const DutyTariff& tariff = structure.policy.tariffs[t];
        for (std::uint32_t l = 0; l < tariff.layers.size(); ++l) {
            set_layer(structure, t, l, policy.dated_ppm[begin + l] + lapsed_ppm(structure, t, l, day, policy), state);
        }
        tell_changes(structure, tariff, {before.begin() + begin, before.begin() + policy.layer_begin[t + 1]}, &policy.layer_ppm[begin], day, state);
    }
}

void change_lists(const Structure& structure, const Control& control, int day, AuthorityState& authority, State& state)
{
    std::fill(authority.covered.begin(), authority.covered.end(), std::uint8_t{0});
    std::fill(authority.needed.begin(), authority.needed.end(), std::uint8_t{0});
    authority.in_force = authority.licensing = false;
    for (const ControlListRow& list : control.lists) {
        const std::string name = list.id == control.id ? control.id : control.id + "." + list.id;
        if (day == list.announced && day < list.from) {
            log(state, day, "control", name, fmt::format("announced for {}", (structure.start + list.from).to_string()));
        }
        if (day == list.from) log(state, day, "control", name, "licences are required from today");
        if (day == list.until) log(state, day, "control", name, "licences are no longer required");
        if (day < list.from || day >= list.until) continue;
        const bool licensing = day >= list.from + control.declared_lots;
        authority.in_force = true;
        authority.licensing = authority.licensing || licensing;
        for (std::size_t product = 0; product < list.covers.size(); ++product) {
            if (list.covers[product] == 0) continue;
            authority.covered[product] = 1;
            if (licensing) authority.needed[product] = 1;
        }
    }
}

void change_levels(const Control& control, int day, AuthorityState& authority, State& state)
{
    for (std::size_t s = 0; s < control.stages.size(); ++s) {
        const StageRow& stage = control.stages[s];
        StageState& now = authority.stages[s];
        for (; now.next_level < stage.levels.size() && stage.levels[now.next_level].day <= day; ++now.next_level) {
            now.level = stage.levels[now.next_level].level;
            const std::string desk = s + 1 == control.stages.size() ? control.id : control.id + "." + stage.id;
            log(state, day, "throughput", desk,
                stage.throughput == Throughput::kFiles ? fmt::format("{} reviewers", core::plain(now.level))
                                                       : fmt::format("{} % of base flow", core::plain(now.level * 100)));
        }
    }
}

const char* listed_text(Listed state)
{
    switch (state) {
        case Listed::kWatch: return "on the watch list";
        case Listed::kSuspended: return "suspended: a licence after extra review";
        case Listed::kBanned: return "banned";
        case Listed::kNo: break;
    }
    return "not listed";
}

void change_listings(const Control& control, int day, AuthorityState& authority, State& state)
{
    for (std::size_t e = 0; e < control.entities.size(); ++e) {
        const EntityRow& entity = control.entities[e];
        std::size_t& next = authority.next_listing[e];
        for (; next < entity.changes.size() && entity.changes[next].day <= day; ++next) {
            if (authority.listed[e] == entity.changes[next].state) continue;
            log(state, day, "entities", control.id + "." + entity.id,
                fmt::format("{} becomes {}", listed_text(authority.listed[e]), listed_text(entity.changes[next].state)));
            authority.listed[e] = entity.changes[next].state;
        }
        if (day == entity.ownership_from) log(state, day, "entities", control.id + "." + entity.id, "reaches firms owned by half or more");
        if (day == entity.ownership_until) log(state, day, "entities", control.id + "." + entity.id, "reaches owned firms no more");
    }
}

void change_controls(const Structure& structure, int day, State& state)
{
    for (std::size_t c = 0; c < structure.policy.controls.size(); ++c) {
        const Control& control = structure.policy.controls[c];
        AuthorityState& authority = state.authority[c];
        change_lists(structure, control, day, authority, state);
        change_levels(control, day, authority, state);
        change_listings(control, day, authority, state);
        for (; authority.next_change < control.changes.size() && control.changes[authority.next_change].day <= day;
             ++authority.next_change) {
            const auto& change = control.changes[authority.next_change];
            set_posture(structure, c, change.region, change.posture, day, "", state);
        }
    }
}

// Goods flown today are put with those that land first of what lands no sooner than the flight.
std::uint64_t plane_of_flight(const Lane& lane, int day, const std::int32_t* arrival, const std::uint64_t* plane)
{
    int soonest = INT_MAX;
    std::uint64_t cell = plane[day % lane.ring];
    for (int d = day - lane.ring + 1; d <= day; ++d) {
        const int row = (d + 8 * lane.ring) % lane.ring;
        const int lands = lane.noise_sd > 0 ? arrival[row] : d + lane.days;
        if (lands < day + lane.air_days || lands >= soonest) continue;
        soonest = lands;
        cell = plane[row];
    }
    return cell;
}

// Which dispatch days arrive today on each lane, and when today's dispatch will.
void sail(const Structure& structure, const StepContext& context, State& state)
{
    TransitState& transit = state.transit;
    transit.due.clear();
    transit.due_plane.clear();
    transit.due_price.clear();
    const auto history = static_cast<int>(structure.price_history_days());
    for (std::size_t l = 0; l < structure.lanes.size(); ++l) {
        const Lane& lane = structure.lanes[l];
        LaneGoods& goods = state.link.transit[l];
        std::int32_t* arrival = transit.arrival.data() + transit.arrival_begin[l];
        std::uint64_t* plane = transit.plane.data() + transit.arrival_begin[l];
        if (lane.noise_sd <= 0) {
            transit.due.push_back(context.day - lane.days);
        } else {
            for (int d = context.day - lane.ring + 1; d < context.day; ++d) {
                if (arrival[(d + 8 * lane.ring) % lane.ring] == context.day) transit.due.push_back(d);
            }
            const double noise =
                std::exp(lane.noise_sd * context.random.normal(core::Stream::kTransit, lane.key, context.day));
            const int days = std::clamp(static_cast<int>(std::lround(lane.days * noise)), 1, lane.ring - 1);
            arrival[context.day % lane.ring] = context.day + days;
        }
        transit.due_begin[l + 1] = static_cast<std::uint32_t>(transit.due.size());
        for (std::size_t i = transit.due_plane.size(); i < transit.due.size(); ++i) {
            transit.due_plane.push_back(plane[(transit.due[i] + 8 * lane.ring) % lane.ring]);
            goods.free.push_back(transit.due_plane.back());  // arrivals will have emptied it by dispatch
            transit.due_price.push_back(static_cast<std::uint32_t>((transit.due[i] + 8 * history) % history));
        }
        transit.today_plane[l] = plane[context.day % lane.ring] = goods.take_plane(lane.n_links);
        if (lane.air_days > 0) transit.air_plane[l] = plane_of_flight(lane, context.day, arrival, plane);
    }
}

}  // namespace

void apply_policy(const Structure& structure, const StepContext& context, State& state)
{
    raise_flags(structure, context.day, state);
    change_duties(structure, context.day, state);
    expect_duties(structure, context.day, state);
    change_controls(structure, context.day, state);
    enforce(structure, context, state);
    watch_rules(structure, context, state);
    if (!structure.parameters.instant_delivery) sail(structure, context, state);
}

}  // namespace chokepoint::dynamics

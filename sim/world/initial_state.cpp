#include "chokepoint/world/build.hpp"
#include "chokepoint/world/day_zero.hpp"
#include "chokepoint/world/season.hpp"
#include "conduct_rows.hpp"
#include "route_rows.hpp"
#include "stockpile_rows.hpp"
#include "supply_rows.hpp"

#include <algorithm>
#include <climits>
#include <cmath>
#include <limits>

namespace chokepoint::world {

namespace {

void fill_firms(const Structure& structure, State& state)
{
    const Firms& firms = structure.firms;
    const std::size_t n = structure.n_firms();
    FirmState& firm = state.firm;
    firm.finished = firms.finished_target;
    firm.orders.assign(n, 0);
    firm.ordinary_orders.resize(n);
    firm.order_level.assign(n, 1.0);
    const auto window = static_cast<std::size_t>(structure.parameters.forecast_window);
    firm.last_orders.assign(n * window, 1.0);
    firm.last_demand.reserve(n * window);
    firm.owed.assign(n, 0);
    firm.output.assign(n, 0);
    firm.wanted.assign(n, 0);
    firm.want_carry.assign(n, 0.0);
    firm.demand.resize(n);
    firm.open_orders.assign(n, 0);
    firm.expected_orders.resize(n);
    firm.price.assign(n, 0.0);
    firm.base_price.assign(n, 0.0);
    firm.ln_price.assign(n, 0.0);
    firm.duty.assign(n, 0);
    firm.cost.assign(n, 1.0);
    firm.cost_in_price.assign(n, 1.0);
    if (structure.answers_to_cost()) {
        firm.given_up.assign(n, 0);
        firm.given_up_carry.assign(n, 0.0);
    }
    for (std::size_t i = 0; i < n; ++i) {
        const Block& block = structure.blocks[firms.block[i]];
        firm.demand[i] = static_cast<double>(firms.base_output[i]);
        firm.expected_orders[i] = firm.ordinary_orders[i] = firm.demand[i];
        firm.last_demand.insert(firm.last_demand.end(), window, firm.demand[i]);
        if (block.product == kNone) continue;
        firm.orders[i] = firm.open_orders[i] = firms.base_output[i];
        firm.price[i] = firm.base_price[i] = structure.products[block.product].price;
    }
    const auto history = structure.price_history_days();
    firm.price_history.resize(history * structure.n_sellers);
    for (std::size_t i = 0; i < n; ++i) {
        if (firms.seller_row[i] == kNone) continue;
        for (std::size_t day = 0; day < history; ++day) {
            firm.price_history[structure.price_index(day, i)] = nano_dollars(firm.price[i]);
        }
    }
}

void fill_transit(const Structure& structure, State& state)
{
    TransitState& transit = state.transit;
    transit.arrival_begin.push_back(0);
    for (const Lane& lane : structure.lanes) {
        const auto begin = transit.arrival.size();
        transit.arrival.resize(begin + static_cast<std::size_t>(lane.ring), -1);
        transit.plane.resize(transit.arrival.size(), 0);
        // Noise makes more ships sail at once on some days: room for a standard deviation of that.
        const int spare = static_cast<int>(std::ceil(std::sqrt(lane.noise_sd * lane.days)));
        LaneGoods goods;
        goods.low.resize(static_cast<std::size_t>(lane.days + spare) * lane.n_links);
        for (int i = 0; i < spare; ++i) goods.free.push_back(static_cast<std::size_t>(lane.days + i) * lane.n_links);
        for (int back = 1; back <= lane.days; ++back) {
            const std::size_t row = begin + static_cast<std::size_t>((lane.ring * 8 - back) % lane.ring);
            transit.arrival[row] = lane.days - back;
            transit.plane[row] = static_cast<std::size_t>(back - 1) * lane.n_links;
        }
        transit.arrival_begin.push_back(static_cast<std::uint32_t>(transit.arrival.size()));
        state.link.transit.push_back(std::move(goods));
    }
    transit.due.reserve(transit.arrival.size());
    transit.due_plane.reserve(transit.arrival.size());
    transit.due_price.reserve(transit.arrival.size());
    transit.due_begin.assign(structure.lanes.size() + 1, 0);
    transit.today_plane.assign(structure.lanes.size(), 0);
    if (!structure.links.out_slot.empty()) {
        transit.air_plane.assign(structure.lanes.size(), 0);
        state.link.flown.assign(structure.n_links(), 0);
    }
}

void fill_links(const Structure& structure, State& state)
{
    const Links& links = structure.links;
    const std::size_t n = structure.n_links();
    const int review = structure.parameters.review_days;
    state.link.share.resize(n);
    if (structure.parameters.fill_learning > 0) state.link.fill.assign(n, 1.0);
    for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            state.link.share[in] = structure.base_share(slot, in);
        }
    }
    state.link.period_order.resize(n);
    state.link.backlog.assign(n, 0);
    state.link.allocated.assign(n, 0);
    for (std::size_t out = 0; out < n; ++out) {
        // The period under way holds one base flow a day, times the season of its days from day 0 on.
        const std::uint32_t in = links.in[out];
        const int before = -2 - (links.out_phase[out] + review - 1) % review;
        const double days = days_called(structure, in, before, before + review);
        const std::int64_t base = links.out_base[out];
        state.link.period_order[out] =
            days == review ? base * review : std::llround(static_cast<double>(base) * days);
        const Lane& lane = structure.lanes[links.out_lane[out]];
        LaneGoods& goods = state.link.transit[links.out_lane[out]];
        for (int sailed = 0; sailed < lane.days; ++sailed) {  // before day 0
            const std::size_t cell = static_cast<std::size_t>(sailed) * lane.n_links + links.out_rank[out];
            if (const std::uint32_t carry = goods.add(cell, base); carry != 0) goods.raise(cell, carry);
        }
    }
}

// Stock such that the order-up-to rule asks for exactly one review's use.
void fill_slots(const Structure& structure, State& state)
{
    const Slots& slots = structure.slots;
    const std::size_t n = structure.n_slots();
    state.slot.stock.resize(n);
    state.slot.on_order.assign(n, 0);
    state.slot.received.assign(n, 0);
    state.slot.use.assign(n, 0);
    state.slot.need.assign(n, 0);
    state.slot.use_carry.assign(n, 0.0);
    state.slot.lacked.assign(n, 0);
    state.slot.need_carry.assign(n, 0.0);
    if (structure.answers_to_cost()) {
        state.slot.given_up.assign(n, 0);
        state.slot.given_up_carry.assign(n, 0.0);
    }
    if (!structure.conduct.look_alike.empty()) {
        state.slot.switched.assign(n, 0);
        state.slot.switched_carry.assign(n, 0.0);
    }
    const int review = structure.parameters.review_days;
    for (std::size_t slot = 0; slot < n; ++slot) {
        // The last day of the period called off before day 0; orders of instant delivery are called off a day later.
        const int phase = structure.firms.review_phase[slots.firm[slot]];
        const int last = structure.parameters.instant_delivery ? (phase + review - 1) % review - 1 : (phase + review - 1) % review;
        std::int64_t on_order = 0;
        for (std::uint32_t in = slots.link_begin[slot]; in < slots.link_begin[slot + 1]; ++in) {
            on_order += structure.base(in) * structure.lanes[structure.links.lane[in]].days;
            for (int j = last + 1; j < review; ++j) {
                on_order += call_off(structure, in, state.link.period_order[structure.links.out[in]], j - last - 1, j);
            }
        }
        state.slot.on_order[slot] = on_order;
        state.slot.stock[slot] = structure.base_stock(slot);
    }
}

void fill_border(const Structure& structure, State& state)
{
    const std::size_t n = structure.n_border();
    BorderState& border = state.border;
    for (auto* grams : {&border.unfiled, &border.filed, &border.licensed_wait, &border.issued,
                        &border.granted, &border.given_back, &border.to_refile, &border.released, &border.customs,
                        &border.licensed, &border.used, &border.general_left}) {
        grams->assign(n, 0);
    }
    border.first_unfiled.assign(n, -1);
    border.general_until.assign(n, -1);
    const auto& controls = structure.policy.controls;
    if (std::any_of(controls.begin(), controls.end(), [](const Control& control) { return control.pause > 0; })) border.told_no_until.assign(n, 0);
    border.head.assign(n, kNoFile);
    border.tail.assign(n, kNoFile);
    for (auto* count : {&border.n_open, &border.n_filed, &border.n_decided, &border.n_refused, &border.refusals_in_a_row,
                        &border.grants_in_a_row}) {
        count->assign(n, 0);
    }
    border.within_use.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        border.within_use[i] = static_cast<std::int64_t>(controls[structure.border.control[i]].use_first * static_cast<double>(structure.border_base(i)));
    }
    border.within_use_on.assign(n, 0);
    border.wait.assign(n, 0.0);
    border.grant_rate.resize(n);
    for (std::size_t i = 0; i < n; ++i) border.grant_rate[i] = static_cast<double>(structure.border_base(i));
}

AuthorityState fill_authority(const Structure& structure, const Control& control)
{
    AuthorityState authority;
    authority.posture = control.initial_posture;
    while (authority.next_change < control.changes.size() && control.changes[authority.next_change].day < 0) {
        const auto& change = control.changes[authority.next_change++];
        authority.posture[change.region] = change.posture;
    }
    authority.posture_acted = authority.posture;
    for (const EntityRow& entity : control.entities) authority.listed.push_back(entity.initial);
    authority.listed_acted = authority.listed;
    authority.next_listing.assign(control.entities.size(), 0);
    authority.covered.assign(structure.products.size(), 0);
    authority.covered_acted = authority.needed = authority.covered;
    authority.stages.resize(control.stages.size());
    for (StageState& stage : authority.stages) stage.classes.resize(control.classes.size());
    authority.desks.resize(control.stages.size());
    authority.counts.resize(structure.regions.size() * kEndUses);
    authority.known.assign(structure.n_firms(), 0);
    authority.barred_until.assign(structure.n_firms(), 0);
    return authority;
}

void fill_authorities(const Structure& structure, State& state)
{
    for (const Control& control : structure.policy.controls) state.authority.push_back(fill_authority(structure, control));
}

// Whether dates and commitments alone leave a flag raised at the end of a day.
bool raised_by_date(const Policy& policy, std::uint32_t flag, int day)
{
    const FlagRow& row = policy.flags[flag];
    int raised = row.from <= day ? row.from : INT_MIN;
    for (const CommitmentRow& commitment : policy.commitments) {
        const auto& raises = commitment.raise;
        if (commitment.day > day || std::find(raises.begin(), raises.end(), flag) == raises.end()) continue;
        raised = std::max(raised, commitment.day);
    }
    return raised > INT_MIN && (row.until > day || row.until <= raised);
}

// Flags raised before day 0 are up on day 0; what rules sum starts empty.
void fill_rules(const Structure& structure, PolicyState& policy)
{
    for (std::uint32_t f = 0; f < structure.policy.flags.size(); ++f) {
        policy.flags.push_back(raised_by_date(structure.policy, f, -1) ? 1 : 0);
    }
    for (const RuleRow& rule : structure.policy.rules) {
        RuleState watch;
        for (const ConditionRow& row : rule.conditions) {
            ConditionState condition;
            const auto days = static_cast<std::size_t>(row.window);
            condition.part.ring.assign(days, 0);
            condition.whole.ring.assign(days, 0);
            if (row.indicator == Indicator::kGranted) {  // longer than the minimum review with its holidays
                const int review = structure.policy.controls[row.subject].minimum_review();
                condition.filed.assign(static_cast<std::size_t>(2 * review + 30), 0);
            }
            watch.conditions.push_back(std::move(condition));
        }
        policy.rules.push_back(std::move(watch));
    }
}

// Layers as they stand before the events of day 0: changes, and renewals that lapsed, of earlier days.
void fill_layers(const Structure& structure, PolicyState& policy)
{
    const auto& changes = structure.policy.duty_changes;
    for (; policy.next_duty < changes.size() && changes[policy.next_duty].day < 0; ++policy.next_duty) {
        const DutyChange& change = changes[policy.next_duty];
        policy.dated_ppm[policy.layer_begin[change.tariff] + change.layer] = change.ppm;
    }
    policy.layer_ppm = policy.dated_ppm;
    for (const LapseRow& row : structure.policy.lapses) {
        const bool moot = row.earlier >= 0 && policy.lapsed[static_cast<std::size_t>(row.earlier)] != 0;
        const bool lapses = row.decided < 0 && !moot && !raised_by_date(structure.policy, row.flag, row.decided);
        policy.lapsed.push_back(lapses ? 1 : 0);
        if (!lapses || row.from >= 0 || row.until < 0) continue;
        policy.layer_ppm[policy.layer_begin[row.tariff] + row.layer] += row.change_ppm;
    }
}

void fill_duties(const Structure& structure, PolicyState& policy)
{
    const std::size_t n_cells = structure.regions.size() * structure.regions.size() * structure.products.size();
    policy.duty_ppm.assign(n_cells, 0);
    policy.layer_begin.push_back(0);
    for (const DutyTariff& tariff : structure.policy.tariffs) {
        for (const DutyLayer& layer : tariff.layers) policy.dated_ppm.push_back(layer.base_ppm);
        policy.layer_begin.push_back(static_cast<std::uint32_t>(policy.dated_ppm.size()));
    }
    fill_layers(structure, policy);
    std::size_t at = 0;
    for (const DutyTariff& tariff : structure.policy.tariffs) {
        for (const DutyLayer& layer : tariff.layers) {
            for (const std::uint32_t cell : layer.cells) policy.duty_ppm[cell] += policy.layer_ppm[at];
            ++at;
        }
    }
}

void fill_policy(const Structure& structure, State& state)
{
    PolicyState& policy = state.policy;
    fill_duties(structure, policy);
    const std::size_t n_cells = policy.duty_ppm.size();
    policy.base_duty_ppm = policy.duty_ppm;
    policy.ln_duty.assign(n_cells, 0.0);
    policy.expected_duty = policy.duty_ppm;
    policy.expected_rise.assign(structure.policy.announced.size() * n_cells, 0.0);
    policy.expected.reserve(structure.policy.announced.size());
    fill_rules(structure, policy);
}

void fill_published(const Structure& structure, State& state)
{
    Published& published = state.published;
    for (auto* row : {&published.need, &published.use, &published.stock, &published.received, &published.given_up, &published.switched, &published.ordinary_need, &published.at_seller,
                      &published.in_review, &published.licensed, &published.at_customs, &published.in_transit,
                      &published.open_files, &published.oldest_file, &published.refused, &published.returned,
                      &published.lacked}) {
        row->assign(structure.rows.size(), 0);
    }
    for (auto* block : {&published.output, &published.wanted, &published.output_given_up, &published.duty, &published.finished}) {
        block->assign(structure.blocks.size(), 0);
    }
    published.sources.assign(structure.sources.size(), {});
    published.source_refused.assign(structure.sources.size(), 0);
    published.source_returned.assign(structure.sources.size(), 0);
    published.duty_by_region.assign(structure.regions.size(), 0);
    published.exports.assign(structure.exports_of.size() * structure.regions.size() * structure.products.size(), 0);
    const std::size_t n_controls = structure.policy.controls.size();
    published.licences.assign(n_controls * structure.regions.size(), {});
    published.licences_by_use.assign(n_controls * structure.regions.size() * kEndUses, {});
    published.memory.assign(n_controls, {});
    for (const Control& control : structure.policy.controls) {
        published.desks.resize(published.desks.size() + control.stages.size());
    }
    published.duty_ppm = state.policy.duty_ppm;
    for (const Product& product : structure.products) state.outside_price.push_back(product.price);
    published.price_outside = state.outside_price;
    state.ordinary_outside.assign(structure.products.size(), 0.0);
    for (const SupplyLink& link : structure.supply_links)
        state.ordinary_outside[link.product] += static_cast<double>(structure.links.out_base[link.out]);
    state.sent_outside = state.ordinary_outside;
    for (std::size_t e = 0; e < structure.exports_of.size(); ++e) {
        published.price_origin.insert(published.price_origin.end(), state.outside_price.begin(), state.outside_price.end());
    }
    published.flown.assign(structure.regions.size(), 0);
    published.price_contract = published.price_origin;
    published.exporter_bears.assign(published.exports.size(), std::numeric_limits<double>::quiet_NaN());
    published.mass.assign(structure.products.size(), {});
    published.routes.assign(structure.covert.routes.size() * structure.products.size(), {});
}

}  // namespace

std::vector<std::int64_t> duties_at_start(const Structure& structure)
{
    PolicyState policy;
    fill_duties(structure, policy);
    return std::move(policy.duty_ppm);
}

State initial_state(const Structure& structure)
{
    State state;
    fill_firms(structure, state);
    fill_transit(structure, state);
    fill_links(structure, state);
    fill_slots(structure, state);
    fill_border(structure, state);
    fill_authorities(structure, state);
    fill_policy(structure, state);
    fill_covert(structure, state);
    fill_conduct(structure, state);
    fill_published(structure, state);
    fill_supply(structure, state);
    fill_stockpiles(structure, state);
    return state;
}

}  // namespace chokepoint::world

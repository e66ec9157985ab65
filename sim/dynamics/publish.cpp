// Phase 9. Integer sums of the day: complete, additive, the same whatever the order they are taken in.

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "chokepoint/world/season.hpp"
#include "activity.hpp"
#include "capacity.hpp"
#include "covert.hpp"
#include "dispatched.hpp"
#include "publish_prices.hpp"
#include "publish_sources.hpp"
#include "stockpile.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::dynamics {

namespace {

using namespace world;

void sum_block(const Structure& structure, const StepContext& context, State& state, std::size_t b)
{
    const Block& block = structure.blocks[b];
    Published& published = state.published;
    std::int64_t output = 0, wanted = 0, given_up = 0, duty = 0;
    for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
        output += state.firm.output[firm];
        wanted += state.firm.wanted[firm];
        duty += state.firm.duty[firm];
        if (!state.firm.given_up.empty()) given_up += state.firm.given_up[firm];
    }
    published.output[b] = output;
    published.wanted[b] = wanted;
    published.output_given_up[b] = given_up;
    published.duty[b] = duty;
    const std::uint32_t first = structure.firms.slot_begin[block.first_firm];
    const std::uint32_t last = structure.firms.slot_begin[block.first_firm + block.n_firms];
    for (std::uint32_t slot = first; slot < last; ++slot) {
        const std::uint32_t row = structure.slots.row[slot];
        published.need[row] += state.slot.need[slot];
        published.use[row] += state.slot.use[slot];
        published.stock[row] += state.slot.stock[slot];
        published.received[row] += state.slot.received[slot];
        published.lacked[row] += state.slot.lacked[slot];
        if (!state.slot.given_up.empty()) published.given_up[row] += state.slot.given_up[slot];
        if (!state.slot.switched.empty()) published.switched[row] += state.slot.switched[slot];
    }
    if (structure.controlling[block.region] != 0 || structure.parameters.price_speed == 0) return;
    for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
        const double ordinary = ordinary_activity(structure, state, firm, context.day);
        for (std::uint32_t slot = structure.firms.slot_begin[firm]; slot < structure.firms.slot_begin[firm + 1]; ++slot) {
            published.ordinary_need[structure.slots.row[slot]] +=
                std::llround(ordinary * static_cast<double>(structure.slots.base_need[slot]));
        }
    }
}

// Where what was ordered stands: not called off yet, at the seller, before the authority, under way; the last is what
// remains. This reads every link.
void sum_orders(const Structure& structure, const DaySeason& season, State& state, std::size_t b)
{
    const Block& block = structure.blocks[b];
    const std::uint32_t first = structure.firms.slot_begin[block.first_firm];
    const std::uint32_t last = structure.firms.slot_begin[block.first_firm + block.n_firms];
    for (std::uint32_t slot = first; slot < last; ++slot) {
        // With instant delivery an order is called off from the day after it is placed.
        const int j = season.day_of_period(structure.firms.review_phase[structure.slots.firm[slot]]) -
                      (structure.parameters.instant_delivery ? 1 : 0);
        std::int64_t waiting = 0, to_call = 0;
        for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in) {
            const std::uint32_t out = structure.links.out[in];
            waiting += state.link.backlog[out];
            to_call += season.to_call(static_cast<Seasonal>(structure.links.season[in]), structure.links.seller[in],
                                      state.link.period_order[out], j);
        }
        const std::uint32_t row = structure.slots.row[slot];
        state.published.at_seller[row] += waiting;
        state.published.in_transit[row] += state.slot.on_order[slot] - waiting - to_call;
    }
}

void sum_border(const Structure& structure, const StepContext& context, State& state)
{
    const BorderState& border = state.border;
    Published& published = state.published;
    for (std::size_t b = 0; b < structure.n_border(); ++b) {
        const std::uint32_t row = structure.border.row[b];
        published.at_seller[row] += border.unfiled[b];
        published.in_review[row] += border.filed[b];
        published.licensed[row] += border.licensed_wait[b] + border.licensed[b];
        published.at_customs[row] += border.customs[b];
        published.in_transit[row] -=
            border.unfiled[b] + border.filed[b] + border.licensed_wait[b] + border.licensed[b] + border.customs[b];
        if (border.head[b] == kNoFile) continue;
        published.open_files[row] += border.n_open[b];
        const File& oldest = state.authority[structure.border.control[b]].files[border.head[b]];
        published.oldest_file[row] = std::max<std::int64_t>(published.oldest_file[row], context.day - oldest.submitted);
    }
}

void sum_decisions(const Structure& structure, Published& published)
{
    for (const Decision& decision : published.decisions) {
        if (decision.outcome == Outcome::kGranted) continue;
        const bool refused = decision.outcome == Outcome::kRefused;
        (refused ? published.refused : published.returned)[structure.sources[decision.source].row] += decision.grams;
        (refused ? published.source_refused : published.source_returned)[decision.source] += decision.grams;
    }
}

void take_stock(const Structure& structure, const StepContext& context, State& state)
{
    const DaySeason season(structure, context.day);
    core::parallel_for(structure.blocks.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t b = begin; b < end; ++b) sum_orders(structure, season, state, b);
    });
    sum_border(structure, context, state);
    publish_sources(structure, context, state);
}

void sum_exports(const Structure& structure, State& state)
{
    std::fill(state.published.exports.begin(), state.published.exports.end(), 0);
    for (const ExportLink& link : structure.export_links) {
        state.published.exports[link.cell] += dispatched_today(structure, state, link.out);
    }
}

// Mean price of an origin's sellers, weighted by base flow; weights and prices as integers.
void average_prices(const Structure& structure, State& state)
{
    const std::size_t n_products = structure.products.size();
    for (std::size_t e = 0; e < structure.exports_of.size(); ++e) {
        std::vector<double> value(n_products, 0.0), weight(n_products, 0.0);
        for (const Block& block : structure.blocks) {
            if (block.region != structure.exports_of[e] || block.role != Role::kProducer) continue;
            for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
                const auto base = static_cast<double>(structure.firms.base_output[firm]);
                value[block.product] += base * state.firm.price[firm];
                weight[block.product] += base;
            }
        }
        for (std::size_t p = 0; p < n_products; ++p) {
            state.published.price_origin[e * n_products + p] =
                weight[p] > 0 ? value[p] / weight[p] : structure.products[p].price;
        }
    }
}

void publish_licences(const Structure& structure, State& state)
{
    Published& published = state.published;
    const std::size_t n_regions = structure.regions.size();
    std::fill(published.licences.begin(), published.licences.end(), LicenceCounts{});
    published.decisions.clear();
    std::size_t desk = 0;
    for (std::size_t c = 0; c < state.authority.size(); ++c) {
        const AuthorityState& authority = state.authority[c];
        for (std::size_t i = 0; i < authority.counts.size(); ++i) {
            published.licences_by_use[c * n_regions * kEndUses + i] = authority.counts[i];
            published.licences[c * n_regions + i / kEndUses].add(authority.counts[i]);
        }
        for (const DeskCounts& counts : authority.desks) published.desks[desk++] = counts;
        published.decisions.insert(published.decisions.end(), authority.decided.begin(), authority.decided.end());
        published.memory[c] = {authority.n_known, authority.n_tainted, authority.n_routes};
    }
}

}  // namespace

void publish(const Structure& structure, const StepContext& context, State& state)
{
    Published& published = state.published;
    for (auto* row : {&published.need, &published.use, &published.stock, &published.received, &published.at_seller,
                      &published.in_review, &published.licensed, &published.at_customs, &published.open_files,
                      &published.oldest_file, &published.in_transit, &published.refused, &published.returned,
                      &published.lacked, &published.given_up, &published.switched, &published.ordinary_need, &published.source_refused, &published.source_returned}) {
        std::fill(row->begin(), row->end(), 0);
    }
    core::parallel_for(structure.blocks.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t b = begin; b < end; ++b) sum_block(structure, context, state, b);
    });
    std::fill(published.duty_by_region.begin(), published.duty_by_region.end(), 0);
    for (std::size_t b = 0; b < structure.blocks.size(); ++b) {
        published.duty_by_region[structure.blocks[b].region] += published.duty[b];
    }
    for (std::size_t row = 0; row < structure.rows.size(); ++row) {
        const Block& block = structure.blocks[structure.rows[row].block];
        const bool passes_on = block.role == Role::kExporter || block.role == Role::kImporter;
        if (!passes_on) published.mass[structure.rows[row].product].consumed += published.use[row];
    }
    for (std::size_t b = 0; b < structure.blocks.size(); ++b) {
        const Block& block = structure.blocks[b];
        if (block.role == Role::kProducer) published.mass[block.product].produced += published.output[b];
    }
    sum_exports(structure, state);
    publish_licences(structure, state);
    sum_decisions(structure, published);
    if (ends_week(context.day, structure.horizon)) take_stock(structure, context, state);
    average_prices(structure, state);
    published.price_outside = state.outside_price;
    publish_flights(structure, state);
    publish_contracts(structure, state);
    if (ends_week(context.day, structure.horizon)) publish_incidence(structure, state);
    published.duty_ppm = state.policy.duty_ppm;
    publish_capacity(structure, context, state);
    publish_stockpiles(structure, state);
    publish_covert(structure, context, state);
}

}  // namespace chokepoint::dynamics

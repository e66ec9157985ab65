// Phase 1. Duty is charged on the day of customs entry, at that day's rate, on the value at dispatch.
// With instant delivery goods come straight from what sellers gave out and sent today.

#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/parallel.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "covert.hpp"
#include "stockpile.hpp"

namespace chokepoint::dynamics {

namespace {

using namespace world;

struct Receipt {
    std::int64_t grams = 0;
    std::int64_t duty = 0;  // [1e-6 USD]
};

// Goods of one link valued at the price of a day of the history.
void enter(const Structure& structure, const State& state, std::size_t in, std::int64_t ppm, std::int64_t goods,
           std::size_t price_day, Receipt& receipt)
{
    receipt.grams += goods;
    if (ppm == 0) return;
    const std::int64_t price = state.firm.price_history[structure.price_index(price_day, structure.links.seller[in])];
    // grams x nano-dollars a gram x millionths, to millionths of a dollar, rounded once.
    receipt.duty += core::muldiv_half_even(goods, price * ppm, 1'000'000'000);
}

Receipt land_at_once(const Structure& structure, const State& state, std::size_t in, std::uint16_t product, int day)
{
    Receipt receipt;
    enter(structure, state, in, state.policy.duty_ppm[structure.duty_cell(in, product)],
          state.link.allocated[structure.links.out[in]], static_cast<std::size_t>(day) % structure.price_history_days(), receipt);
    return receipt;
}

Receipt land(const Structure& structure, State& state, std::size_t in, std::uint16_t product)
{
    Receipt receipt;
    const std::uint16_t lane = structure.links.lane[in];
    const std::int64_t ppm = state.policy.duty_ppm[structure.duty_cell(in, product)];
    LaneGoods& under_way = state.link.transit[lane];
    for (std::uint32_t i = state.transit.due_begin[lane]; i < state.transit.due_begin[lane + 1U]; ++i) {
        const std::size_t cell = state.transit.due_plane[i] + structure.links.rank[in];
        const std::int64_t goods = under_way.at(cell);
        if (goods == 0) continue;
        enter(structure, state, in, ppm, goods, state.transit.due_price[i], receipt);
        under_way.clear(cell);
    }
    return receipt;
}

// Planes stand in seller order, so a buyer's reads are scattered: ask for them some links ahead.
constexpr std::size_t kAhead = 24;

// `product` is that of the slot at work, a guess for what lies ahead.
void prefetch(const Structure& structure, const State& state, std::size_t in, std::uint16_t product)
{
    if (in >= structure.n_links()) return;
    const std::uint16_t lane = structure.links.lane[in];
    const std::uint32_t due = state.transit.due_begin[lane];
    if (due == state.transit.due_begin[lane + 1U]) return;
    __builtin_prefetch(state.link.transit[lane].low.data() + state.transit.due_plane[due] + structure.links.rank[in], 1);
    if (state.policy.duty_ppm[structure.duty_cell(in, product)] > 0) {
        __builtin_prefetch(state.firm.price_history.data() +
                           structure.price_index(state.transit.due_price[due], structure.links.seller[in]));
    }
}

}  // namespace

void receive(const Structure& structure, const StepContext& context, State& state)
{
    const bool instant = structure.parameters.instant_delivery;
    core::parallel_for(structure.n_firms(), kFirmGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t firm = begin; firm < end; ++firm) {
            std::int64_t duty = 0;
            for (std::uint32_t slot = structure.firms.slot_begin[firm]; slot < structure.firms.slot_begin[firm + 1];
                 ++slot) {
                std::int64_t received = 0;
                for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1];
                     ++in) {
                    if (!instant) prefetch(structure, state, in + kAhead, structure.slots.product[slot]);
                    const Receipt receipt = instant ? land_at_once(structure, state, in, structure.slots.product[slot], context.day)
                                                    : land(structure, state, in, structure.slots.product[slot]);
                    received += receipt.grams;
                    duty += receipt.duty;
                }
                state.slot.stock[slot] += received;
                state.slot.on_order[slot] -= received;
                state.slot.received[slot] = received;
            }
            state.firm.duty[firm] = duty;
        }
    });
    land_covert(structure, context, state);
    release_stockpiles(structure, context, state);
}

}  // namespace chokepoint::dynamics

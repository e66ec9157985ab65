#pragma once
// What inputs cost a firm, what traders pass on of it, and what a buyer does without because of it.
//
// Equations  P = sum_k v_k P_k, v_k the value share of input k on day 0, P_k its cost over day 0: the price outside, its
//            sources as one good (composite.hpp), or what they ask on average with duty, sum_i w_i c_i / sum_i a_i c0_i
//            p = 1 + s (P' - 1), the price of the good a buyer makes over day 0, s the share of inputs in it; P' follows P
//            with a lag, as firms do not change what they ask the day their costs change
//            need = need of day 0, season and growth times p^e, e <= 0
// A trader's price moves with P of what it trades, at replacement cost, beside its margin (set_prices.cpp).
// Firms look at costs when they review their orders. See sim/MODEL.md, need of buyers.
// Cost  links of the firms that review, where they trade or their need answers to cost.

#include "chokepoint/world/state.hpp"

namespace chokepoint::dynamics {

// Ordering: a firm that reviews its orders looks at what its inputs cost.
void look_at_costs(const world::Structure& structure, world::State& state, std::size_t firm, int day);

// Part of its need a buyer still has [1]; exactly 1 while its inputs cost what they did on day 0, above 1 where they cost less.
[[nodiscard]] double need_kept(const world::Structure& structure, const world::State& state, std::size_t firm);

}  // namespace chokepoint::dynamics

#pragma once
// An input bought from several sources as one good: what a unit of it weighs and what it costs.
//
// With a_i the share of source i in quantity on day 0, v_i in value, w_i its share today and c_i its landed price over
// that of day 0,
//   kappa = (sum_i v_i (w_i / a_i)^((sigma - 1) / sigma))^(-sigma / (sigma - 1))     tonnes per unit over day 0
//   P     = kappa sum_i w_i c_i v_i / a_i                                            price of a unit over day 0
// Where w has settled at the logit's shares, P = (sum_i v_i c_i^(1 - sigma))^(1 / (1 - sigma)), the index of Dixit and
// Stiglitz (1977), and w_i kappa = a_i (c_i / P)^-sigma; on the way there a unit costs more. See sim/MODEL.md,
// choice of source. kappa is at most 1000.
// Cost: links of the slot. A source won by search counts by its tonnes.

#include "chokepoint/world/state.hpp"

namespace chokepoint::dynamics {

// kappa [1]; exactly 1 while shares are those of day 0.
[[nodiscard]] double tonnes_per_unit(const world::Structure& structure, const world::State& state, std::uint32_t slot);

// sum a_i c0_i: what a tonne cost on day 0 with duty and freight, over the price at origin [1].
[[nodiscard]] double cost0(const world::Structure& structure, const world::State& state, std::uint32_t slot);

// sum w_i c_i / sum a_i c0_i: what a tonne costs on average from the sources used today, over day 0 [1]; exactly 1 at rest.
[[nodiscard]] double paid_over_base(const world::Structure& structure, const world::State& state, std::uint32_t slot, int day);

// ln P [1]; exactly 0 while prices and shares are those of day 0.
[[nodiscard]] double ln_landed(const world::Structure& structure, const world::State& state, std::uint32_t slot, int day);

}  // namespace chokepoint::dynamics

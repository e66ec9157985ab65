#pragma once
// The ten phases of a day, in order. Each is one source file and changes only what it owns.
//
// In a phase every field has one owner row; owners read what earlier phases froze and write their own
// rows (pull, never push). All are O(rows) without allocation once buffers have grown.
//
//  0 apply_policy     flags, duties, postures, throughput, rules; which sailings arrive  serial
//  1 receive          customs entry, duty, receipt                                       by slot
//  2 decide           authorities take files in, spend their budget, release holds       by authority
//  3 produce          use of inputs, output, unmet need                                  by firm
//  4 learn            demand and waiting time                                            by firm
//  5 order            order up to a target position; sourcing shares                     by firm
//  6 allocate         finished goods over call-offs and backlog                          by seller
//  7 dispatch         ship, file or be held                                              by seller
//  8 set_prices       sellers' prices, the price outside                                 by seller
//  9 publish          integer sums of the day                                            by block

#include "chokepoint/dynamics/context.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

namespace chokepoint::dynamics {

void apply_policy(const world::Structure& structure, const StepContext& context, world::State& state);
void receive(const world::Structure& structure, const StepContext& context, world::State& state);
void decide(const world::Structure& structure, const StepContext& context, world::State& state);
void produce(const world::Structure& structure, const StepContext& context, world::State& state);
void learn(const world::Structure& structure, const StepContext& context, world::State& state);
void order(const world::Structure& structure, const StepContext& context, world::State& state);
void allocate(const world::Structure& structure, const StepContext& context, world::State& state);
void dispatch(const world::Structure& structure, const StepContext& context, world::State& state);
void set_prices(const world::Structure& structure, const StepContext& context, world::State& state);
void publish(const world::Structure& structure, const StepContext& context, world::State& state);

}  // namespace chokepoint::dynamics

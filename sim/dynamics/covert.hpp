#pragma once
// Covert routes through the day: one function per phase, called from that phase's source.
//
// Equations  a  = 1 / (1 + exp(-(m - cost - pi penalty) / scale)), 0 where m <= 0       appetite
//            m  = P_outside / p_sender - (1 + duty of the declared origin)              margin
//            pi = min(1, (pi0 + pi1 V / V0) (lot / 50 kg)^e)                            found, per lot
//            sent a day = min(K ramp a, what users lack, and will while goods sail, less what is under way), cut to what senders have
// V is the 30-day mean of what the branch carried, V0 the declared flow of day 0. Nothing moves before
// the onset, nor while no control of the origin on the product is in force.
// Threads  senders own their edges; sums over edges and users are integers, taken serially.
// Cost     no route: nothing. Else O(edges + users of open branches + lots) a day.

#include "chokepoint/dynamics/context.hpp"
#include "chokepoint/world/state.hpp"
#include "chokepoint/world/structure.hpp"

#include <cstdint>

namespace chokepoint::dynamics {

// Share of a route's capacity that senders would use; all in units of the sender's price.
[[nodiscard]] double appetite(double margin, double cost, double expected_penalty, double scale);

// Probability that a lot is found; `pi0` is in force today, `volume` the mean carried a day [g/d].
[[nodiscard]] double lot_detection(const world::Branch& branch, double pi0, double volume, std::int64_t lot);

// Phase 0: steps dated today set or multiply pi0; openings are logged.
void enforce(const world::Structure& structure, const StepContext& context, world::State& state);
// Phase 1, after declared receipts: consignments due today go to users by what they lack, duty paid.
void land_covert(const world::Structure& structure, const StepContext& context, world::State& state);
// Phase 6, before orders are served: what each sender takes from its finished goods.
void take_covert(const world::Structure& structure, const StepContext& context, world::State& state);
// Phase 6, after orders are served: covert requests count as orders, so that senders make and buy more.
void count_covert_orders(const world::Structure& structure, world::State& state);
// Phase 7: lots are found or pass.
void inspect_covert(const world::Structure& structure, const StepContext& context, world::State& state);
// Phase 9: flows of the day, edges left, routes that ended.
void publish_covert(const world::Structure& structure, const StepContext& context, world::State& state);

// Phase 2, for a decided file of `control` whose declared importer is `firm`: each open edge of the firm
// that evades this control, on a route that has carried goods, is found with `probability`, for good. `draw_key` names the file, so that
// each decision draws anew. Returns how many were found. Touches only edges of this control: authorities
// may call it in parallel.
std::uint32_t discover_edges(const world::Structure& structure, const StepContext& context, world::State& state,
                             std::uint16_t control, std::uint32_t firm, std::uint64_t draw_key, double probability);

}  // namespace chokepoint::dynamics

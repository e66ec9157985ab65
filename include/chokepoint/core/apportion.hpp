#pragma once
// Integer apportionment by largest remainder (Hamilton), ties by a keyed order.

#include <cstdint>
#include <span>

namespace chokepoint::core {

// Splits `total` over `weights` so that parts sum to `total` exactly and each part is the floor or
// the ceiling of its real share. `ties` orders equal remainders (smaller first). `parts` has the
// size of `weights`. All weights zero gives all parts zero and returns false.
bool apportion(std::int64_t total, std::span<const double> weights, std::span<const std::uint64_t> ties,
               std::span<std::int64_t> parts);

// As above with integer weights, exact (128-bit products, no rounding).
bool apportion(std::int64_t total, std::span<const std::int64_t> weights,
               std::span<const std::uint64_t> ties, std::span<std::int64_t> parts);

// numerator * factor / denominator rounded half to even, exact; denominator > 0.
[[nodiscard]] std::int64_t muldiv_half_even(std::int64_t factor, std::int64_t numerator,
                                            std::int64_t denominator);

}  // namespace chokepoint::core

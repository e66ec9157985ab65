#pragma once
// Integer apportionment by largest remainder (Hamilton), ties by a keyed order.

#include <cstdint>
#include <span>

namespace chokepoint::core {

// Splits `total` >= 0 over finite `weights` >= 0 so that parts sum to `total` exactly and each part is
// the floor or the ceiling of its real share; a zero weight gets nothing. `ties` orders equal
// remainders (smaller first); it and `parts` have the size of `weights`. All weights zero gives all
// parts zero and returns false. Totals above 2^44 take each weight to 2^-60 of the sum.
bool apportion(std::int64_t total, std::span<const double> weights, std::span<const std::uint64_t> ties,
               std::span<std::int64_t> parts);

// As above with integer weights, exact for any total and weights (128-bit products).
bool apportion(std::int64_t total, std::span<const std::int64_t> weights,
               std::span<const std::uint64_t> ties, std::span<std::int64_t> parts);

// factor * numerator / denominator rounded half to even, exact; denominator > 0, result in 64 bits.
[[nodiscard]] std::int64_t muldiv_half_even(std::int64_t factor, std::int64_t numerator,
                                            std::int64_t denominator);

}  // namespace chokepoint::core

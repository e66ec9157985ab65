#include "chokepoint/core/apportion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace chokepoint::core {

namespace {

// `__extension__` keeps -Wpedantic quiet about the 128-bit type both compilers have.
__extension__ using Wide = __int128;

// Gives one unit each to the `leftover` rows with the largest remainder.
template <class Remainder>
void hand_out(std::int64_t leftover, std::span<const Remainder> remainders,
              std::span<const std::uint64_t> ties, std::span<std::int64_t> parts)
{
    if (leftover <= 0) return;
    std::array<std::uint32_t, 64> on_stack;
    std::vector<std::uint32_t> on_heap;
    std::span<std::uint32_t> order;
    if (parts.size() <= on_stack.size()) {
        order = std::span(on_stack).first(parts.size());
    } else {
        on_heap.resize(parts.size());
        order = on_heap;
    }
    std::iota(order.begin(), order.end(), 0U);
    const auto count = std::min(static_cast<std::size_t>(leftover), parts.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          if (remainders[a] != remainders[b]) return remainders[a] > remainders[b];
                          if (ties[a] != ties[b]) return ties[a] < ties[b];
                          return a < b;
                      });
    for (std::size_t i = 0; i < count; ++i) parts[order[i]] += 1;
}

}  // namespace

bool apportion(std::int64_t total, std::span<const double> weights, std::span<const std::uint64_t> ties,
               std::span<std::int64_t> parts)
{
    double sum = 0;
    for (const double w : weights) sum += w;
    std::fill(parts.begin(), parts.end(), 0);
    if (!(sum > 0) || total <= 0) return sum > 0;
    std::array<double, 64> on_stack;
    std::vector<double> on_heap;
    std::span<double> remainders;
    if (weights.size() <= on_stack.size()) {
        remainders = std::span(on_stack).first(weights.size());
    } else {
        on_heap.resize(weights.size());
        remainders = on_heap;
    }
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double share = static_cast<double>(total) * (weights[i] / sum);
        parts[i] = std::min(static_cast<std::int64_t>(share), total - given);
        remainders[i] = share - static_cast<double>(parts[i]);
        given += parts[i];
    }
    hand_out<double>(total - given, remainders, ties, parts);
    return true;
}

bool apportion(std::int64_t total, std::span<const std::int64_t> weights,
               std::span<const std::uint64_t> ties, std::span<std::int64_t> parts)
{
    Wide sum = 0;
    for (const std::int64_t w : weights) sum += w;
    std::fill(parts.begin(), parts.end(), 0);
    if (sum <= 0 || total <= 0) return sum > 0;
    std::array<std::int64_t, 64> on_stack;
    std::vector<std::int64_t> on_heap;
    std::span<std::int64_t> remainders;
    if (weights.size() <= on_stack.size()) {
        remainders = std::span(on_stack).first(weights.size());
    } else {
        on_heap.resize(weights.size());
        remainders = on_heap;
    }
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = static_cast<Wide>(total) * weights[i];
        parts[i] = static_cast<std::int64_t>(product / sum);
        remainders[i] = static_cast<std::int64_t>(product % sum);
        given += parts[i];
    }
    hand_out<std::int64_t>(total - given, remainders, ties, parts);
    return true;
}

std::int64_t muldiv_half_even(std::int64_t factor, std::int64_t numerator, std::int64_t denominator)
{
    const Wide product = static_cast<Wide>(factor) * numerator;
    Wide quotient = product / denominator;
    Wide remainder = product % denominator;
    if (remainder < 0) {
        remainder += denominator;
        quotient -= 1;
    }
    const Wide twice = 2 * remainder;
    if (twice > denominator || (twice == denominator && quotient % 2 != 0)) quotient += 1;
    return static_cast<std::int64_t>(quotient);
}

}  // namespace chokepoint::core

#include "chokepoint/core/apportion.hpp"

#include "chokepoint/core/contract.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace chokepoint::core {

namespace {

// `__extension__` keeps -Wpedantic quiet about the 128-bit type both compilers have.
__extension__ using Wide = __int128;

// Working space for n values, on the stack when they are few: the day loop must not allocate.
template <class T>
class Scratch {
  public:
    explicit Scratch(std::size_t n) : heap_(n > kFew ? n : 0), n_(n) {}
    std::span<T> values() { return n_ > kFew ? std::span<T>(heap_) : std::span<T>(stack_).first(n_); }

  private:
    static constexpr std::size_t kFew = 64;
    std::array<T, kFew> stack_;
    std::vector<T> heap_;
    std::size_t n_;
};

// Gives one unit each to the `leftover` rows with the largest remainder, 0 <= leftover <= rows.
template <class Remainder>
void hand_out(std::int64_t leftover, std::span<const Remainder> remainders,
              std::span<const std::uint64_t> ties, std::span<std::int64_t> parts)
{
    if (leftover == 0) return;
    Scratch<std::uint32_t> scratch(parts.size());
    const std::span<std::uint32_t> order = scratch.values();
    std::iota(order.begin(), order.end(), 0U);
    const auto first_without = order.begin() + static_cast<std::ptrdiff_t>(leftover);
    std::nth_element(order.begin(), first_without, order.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (remainders[a] != remainders[b]) return remainders[a] > remainders[b];
        if (ties[a] != ties[b]) return ties[a] < ties[b];
        return a < b;
    });
    for (auto row = order.begin(); row != first_without; ++row) parts[*row] += 1;
}

// In doubles. Gives up, leaving `parts` in any state, where rounding could show in a part.
bool apportion_quickly(std::int64_t total, std::span<const double> weights, double sum,
                       std::span<const std::uint64_t> ties, std::span<std::int64_t> parts)
{
    // A share is off by under 2 ulp: below this total by less than 2^-8 of a unit.
    constexpr std::int64_t kLargest = std::int64_t{1} << 44;
    if (total > kLargest) return false;
    Scratch<double> scratch(weights.size());
    const std::span<double> remainders = scratch.values();
    std::int64_t given = 0;
    std::int64_t n_fractions = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double share = static_cast<double>(total) * (weights[i] / sum);
        parts[i] = static_cast<std::int64_t>(share);
        remainders[i] = share - static_cast<double>(parts[i]);
        given += parts[i];
        n_fractions += remainders[i] > 0 ? 1 : 0;
    }
    // Many rows may still round the sum itself past one unit.
    const std::int64_t leftover = total - given;
    if (leftover < 0 || leftover > n_fractions) return false;
    hand_out<double>(leftover, remainders, ties, parts);
    return true;
}

}  // namespace

bool apportion(std::int64_t total, std::span<const double> weights, std::span<const std::uint64_t> ties,
               std::span<std::int64_t> parts)
{
    CHOKEPOINT_EXPECTS(total >= 0 && weights.size() == parts.size() && ties.size() == parts.size());
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    CHOKEPOINT_EXPECTS(sum <= std::numeric_limits<double>::max());
    if (!(sum > 0) || total <= 0) {
        std::fill(parts.begin(), parts.end(), 0);
        return sum > 0;
    }
    if (apportion_quickly(total, weights, sum, ties, parts)) return true;
    int exponent = 0;
    std::frexp(sum, &exponent);
    Scratch<std::int64_t> scratch(weights.size());
    const std::span<std::int64_t> scaled = scratch.values();
    std::transform(weights.begin(), weights.end(), scaled.begin(),
                   [&](double weight) { return std::llrint(std::ldexp(weight, 61 - exponent)); });
    return apportion(total, std::span<const std::int64_t>(scaled), ties, parts);
}

namespace {

template <class Number>
void share_out(std::int64_t total, Number sum, std::span<const std::int64_t> weights,
               std::span<const std::uint64_t> ties, std::span<std::int64_t> parts)
{
    Scratch<Number> scratch(weights.size());
    const std::span<Number> remainders = scratch.values();
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Number product = static_cast<Number>(total) * weights[i];
        parts[i] = static_cast<std::int64_t>(product / sum);
        remainders[i] = product % sum;
        given += parts[i];
    }
    hand_out<Number>(total - given, remainders, ties, parts);
}

}  // namespace

bool apportion(std::int64_t total, std::span<const std::int64_t> weights,
               std::span<const std::uint64_t> ties, std::span<std::int64_t> parts)
{
    CHOKEPOINT_EXPECTS(total >= 0 && weights.size() == parts.size() && ties.size() == parts.size());
    const Wide sum = std::accumulate(weights.begin(), weights.end(), Wide{0});
    if (sum <= 0 || total <= 0) {
        std::fill(parts.begin(), parts.end(), 0);
        return sum > 0;
    }
    // Products of ordinary size fit 64 bits, where division is several times faster.
    if (sum <= INT64_MAX / total) {  // total * sum itself may need more than 128 bits
        share_out<std::int64_t>(total, static_cast<std::int64_t>(sum), weights, ties, parts);
    } else {
        share_out<Wide>(total, sum, weights, ties, parts);
    }
    return true;
}

std::int64_t muldiv_half_even(std::int64_t factor, std::int64_t numerator, std::int64_t denominator)
{
    CHOKEPOINT_EXPECTS(denominator > 0);
    std::int64_t small = 0;
    if (!__builtin_mul_overflow(factor, numerator, &small) && small >= 0) {
        std::int64_t quotient = small / denominator;
        const std::int64_t remainder = small % denominator;
        const std::int64_t rest = denominator - remainder;
        if (remainder > rest || (remainder == rest && quotient % 2 != 0)) quotient += 1;
        return quotient;
    }
    const Wide product = static_cast<Wide>(factor) * numerator;
    Wide quotient = product / denominator;
    Wide remainder = product % denominator;
    if (remainder < 0) {
        remainder += denominator;
        quotient -= 1;
    }
    const Wide twice = 2 * remainder;
    if (twice > denominator || (twice == denominator && quotient % 2 != 0)) quotient += 1;
    CHOKEPOINT_EXPECTS(quotient == static_cast<std::int64_t>(quotient));
    return static_cast<std::int64_t>(quotient);
}

}  // namespace chokepoint::core

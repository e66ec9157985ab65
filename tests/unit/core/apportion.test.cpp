#include "chokepoint/core/apportion.hpp"
#include "chokepoint/core/random.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

using namespace chokepoint::core;

namespace {

using Parts = std::vector<std::int64_t>;
__extension__ using Wide = __int128;
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

template <class Weight>
Parts split(std::int64_t total, const std::vector<Weight>& weights, std::vector<std::uint64_t> ties = {})
{
    if (ties.empty()) {
        ties.resize(weights.size());
        std::iota(ties.begin(), ties.end(), 0U);
    }
    Parts parts(weights.size(), -1);
    REQUIRE(apportion(total, std::span<const Weight>(weights), ties, parts));
    return parts;
}

std::int64_t sum_of(const Parts& parts) { return std::accumulate(parts.begin(), parts.end(), std::int64_t{0}); }

}  // namespace

TEST_CASE("supply 100 over demands 33, 33, 34, 50 goes 22, 22, 23, 33")
{
    // Real shares 22, 22, 22.67, 33.33: one unit is left, the largest remainder is the third's.
    CHECK(split<std::int64_t>(100, {33, 33, 34, 50}) == Parts{22, 22, 23, 33});
    CHECK(split<double>(100, {33, 33, 34, 50}) == Parts{22, 22, 23, 33});
}

TEST_CASE("equal remainders go to the smaller key")
{
    // Shares 1/3 each: one unit, three equal remainders.
    CHECK(split<std::int64_t>(1, {5, 5, 5}, {7, 3, 9}) == Parts{0, 1, 0});
    CHECK(split<double>(1, {5, 5, 5}, {7, 9, 3}) == Parts{0, 0, 1});
    // Two units: all but the largest key.
    CHECK(split<double>(2, {5, 5, 5}, {7, 9, 3}) == Parts{1, 0, 1});
}

TEST_CASE("without any weight nothing is given and the caller is told")
{
    const std::vector<std::uint64_t> ties{1, 2};
    Parts parts{-1, -1};
    CHECK_FALSE(apportion(10, std::vector<double>{0, 0}, ties, parts));
    CHECK(parts == Parts{0, 0});
    parts = {-1, -1};
    CHECK_FALSE(apportion(10, std::vector<std::int64_t>{0, 0}, ties, parts));
    CHECK(parts == Parts{0, 0});
    CHECK(split<double>(0, {1, 2}) == Parts{0, 0});
}

TEST_CASE("any total and any integer weights: exact sum, floor or ceiling, zero for zero")
{
    // Weights up to 9.2e18 a row and up to 300 rows: their sum needs 72 bits, the products 126.
    const Random random(20250404, 0);
    for (std::uint64_t trial = 0; trial < 2000; ++trial) {
        const auto draw = [&](std::uint32_t index) { return random.bits(Stream::kTie, trial, 0, index); };
        const auto n = 1 + draw(0) % 300;
        const auto total = static_cast<std::int64_t>(draw(1) >> (1 + draw(2) % 63));
        std::vector<std::int64_t> weights(n);
        std::vector<std::uint64_t> ties(n);
        Wide sum = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
            const bool none = i > 0 && draw(1000 + i) % 4 == 0;
            weights[i] = none ? 0 : static_cast<std::int64_t>(draw(2000 + i) >> (1 + draw(3) % 60)) + 1;
            if (weights[i] < 0) weights[i] = kMax;
            ties[i] = draw(3000 + i) % 3;
            sum += weights[i];
        }
        const Parts parts = split(total, weights, ties);
        REQUIRE(sum_of(parts) == total);
        for (std::size_t i = 0; i < n; ++i) {
            const Wide excess = static_cast<Wide>(parts[i]) * sum - static_cast<Wide>(total) * weights[i];
            REQUIRE((excess > -sum && excess < sum));  // less than one unit from the real share
            if (weights[i] == 0) REQUIRE(parts[i] == 0);
        }
    }
}

TEST_CASE("any total and any real weights: exact sum, less than a unit off, zero for zero")
{
    const Random random(20250404, 1);
    for (std::uint64_t trial = 0; trial < 2000; ++trial) {
        const auto draw = [&](std::uint32_t index) { return random.bits(Stream::kTie, trial, 0, index); };
        const auto n = 1 + draw(0) % 300;
        const auto total = static_cast<std::int64_t>(draw(1) >> (1 + draw(2) % 63));
        std::vector<double> weights(n);
        long double sum = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
            const bool none = i > 0 && draw(1000 + i) % 4 == 0;
            weights[i] = none ? 0 : std::exp(3 * random.normal(Stream::kFirmSize, trial, 0, i));
            sum += static_cast<long double>(weights[i]);
        }
        const Parts parts = split(total, weights);
        REQUIRE(sum_of(parts) == total);
        // Above 2^44 weights enter as integers that sum to 2^60 at least, each off by a half at most,
        // their sum by n halves: a share is off by total * (n + 1) / 2^61 more.
        const long double allowed = 1 + static_cast<long double>(total) * static_cast<long double>(n + 1) * 0x1p-61L;
        for (std::size_t i = 0; i < n; ++i) {
            const long double share = static_cast<long double>(total) * static_cast<long double>(weights[i]) / sum;
            REQUIRE(std::abs(static_cast<long double>(parts[i]) - share) <= allowed);
            if (weights[i] == 0) REQUIRE(parts[i] == 0);
        }
    }
}

TEST_CASE("the largest total is split without loss")
{
    // As a double this total is 2^63, one past the largest integer.
    CHECK(split<double>(kMax, {1.0}) == Parts{kMax});
    // 9223372036854775807 = 3 * 3074457345618258602 + 1: the odd unit goes to the smallest key.
    CHECK(split<double>(kMax, {0.1, 0.1, 0.1}) ==
          Parts{3074457345618258603, 3074457345618258602, 3074457345618258602});
    CHECK(sum_of(split<double>(9'000'000'000'000'000'001, {0.3, 1e-300, 0.7, 123.4})) ==
          9'000'000'000'000'000'001);
}

TEST_CASE("a part does not depend on the order of the rows")
{
    const std::vector<double> weights{0.1, 0.7, 0.1, 2.5, 0.1, 1.3};
    const std::vector<std::uint64_t> ties{40, 10, 60, 20, 50, 30};
    const std::vector<std::size_t> order{3, 0, 5, 4, 1, 2};
    for (const std::int64_t total : {1, 7, 100, 12345}) {
        std::vector<double> moved_weights;
        std::vector<std::uint64_t> moved_ties;
        for (const std::size_t row : order) {
            moved_weights.push_back(weights[row]);
            moved_ties.push_back(ties[row]);
        }
        const Parts parts = split(total, weights, ties);
        const Parts moved = split(total, moved_weights, moved_ties);
        for (std::size_t i = 0; i < order.size(); ++i) CHECK(moved[i] == parts[order[i]]);
    }
}

TEST_CASE("muldiv rounds halves to even, on both sides of zero")
{
    // factor, numerator, denominator, result of factor * numerator / denominator
    const auto [factor, numerator, denominator, expected] =
        GENERATE(table<std::int64_t, std::int64_t, std::int64_t, std::int64_t>({
            {1, 5, 2, 2},     // 2.5
            {1, 7, 2, 4},     // 3.5
            {-1, 5, 2, -2},   // -2.5
            {-1, 7, 2, -4},   // -3.5
            {1, 1, 2, 0},     // 0.5
            {-1, 1, 2, 0},    // -0.5
            {1, 8, 3, 3},     // 2.67
            {1, 7, 3, 2},     // 2.33
            {-1, 8, 3, -3},   // -2.67
            {100, 145, 100, 145},
            {kMax, kMax, kMax, kMax},  // the product needs 126 bits
            {kMax, 2, 4, 4611686018427387904},  // 4611686018427387903.5, the even neighbour is above
        }));
    CHECK(muldiv_half_even(factor, numerator, denominator) == expected);
}

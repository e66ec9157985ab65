#include "chokepoint/core/random.hpp"
#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

using namespace chokepoint::core;

namespace {

// The (stream, member) that combine_keys folds into the counter word `word` at day 0, draw 0: the
// finaliser run backwards. Lets the published vectors be put through the public interface.
struct Purpose {
    Stream stream;
    std::uint32_t member;
};

std::uint64_t inverse_of_odd(std::uint64_t odd)
{
    std::uint64_t inverse = odd;  // Newton: each step doubles the number of right bits
    for (int i = 0; i < 6; ++i) inverse *= 2 - odd * inverse;
    return inverse;
}

Purpose purpose_giving(std::uint64_t word)
{
    std::uint64_t z = word ^ (word >> 31) ^ (word >> 62);
    z *= inverse_of_odd(0x94d049bb133111ebULL);
    z = z ^ (z >> 27) ^ (z >> 54);
    z *= inverse_of_odd(0xbf58476d1ce4e5b9ULL);
    z = z ^ (z >> 30) ^ (z >> 60);
    z -= 0x9e3779b97f4a7c15ULL;
    REQUIRE(combine_keys(z, 0) == word);
    return {static_cast<Stream>(static_cast<std::uint32_t>(z >> 32)), static_cast<std::uint32_t>(z)};
}

std::uint64_t philox(std::uint64_t counter_low, std::uint64_t counter_high, std::uint64_t key)
{
    const Purpose purpose = purpose_giving(counter_high);
    return Random(key, purpose.member).bits(purpose.stream, counter_low);
}

double correlation(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0;  // uniforms: mean 1/2, variance 1/12
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - 0.5) * (b[i] - 0.5);
    return sum * 12 / static_cast<double>(a.size());
}

}  // namespace

TEST_CASE("Philox 4x32-10 gives the published vectors")
{
    // Random123's kat_vectors, first two of the four output words, second word above the first.
    CHECK(philox(0, 0, 0) == 0xe169c58d6627e8d5ULL);
    CHECK(philox(~0ULL, ~0ULL, ~0ULL) == 0x41c83b0e408f276dULL);
    CHECK(philox(0x85a308d3243f6a88ULL, 0x0370734413198a2eULL, 0x299f31d0a4093822ULL) == 0x94fdccebd16cfe09ULL);
}

TEST_CASE("a draw depends on each part of its key and on nothing else")
{
    const Random random(1, 2);
    const std::uint64_t draw = random.bits(Stream::kTransit, 3, 4, 5);
    CHECK(Random(1, 2).bits(Stream::kTransit, 3, 4, 5) == draw);
    const std::set<std::uint64_t> different{
        draw,
        Random(2, 2).bits(Stream::kTransit, 3, 4, 5),
        Random(1ULL << 32 | 1, 2).bits(Stream::kTransit, 3, 4, 5),
        Random(1, 3).bits(Stream::kTransit, 3, 4, 5),
        random.bits(Stream::kTie, 3, 4, 5),
        random.bits(Stream::kTransit, 4, 4, 5),
        random.bits(Stream::kTransit, 3ULL << 32, 4, 5),
        random.bits(Stream::kTransit, 3, 5, 5),
        random.bits(Stream::kTransit, 3, -4, 5),
        random.bits(Stream::kTransit, 3, 4, 6),
        random.bits(Stream::kTransit, 3, 5, 4),
    };
    CHECK(different.size() == 11);
}

TEST_CASE("no two purposes of a long run share a draw")
{
    // 64-bit draws: 11 * 50 * 200 * 4 = 440 000 of them collide by chance with probability 5e-9.
    std::set<std::uint64_t> draws;
    for (std::uint32_t stream = 1; stream <= 11; ++stream)
        for (std::uint32_t member = 0; member < 50; ++member)
            for (std::int32_t day = -100; day < 100; ++day)
                for (std::uint32_t index = 0; index < 4; ++index)
                    draws.insert(Random(7, member).bits(static_cast<Stream>(stream), 99, day, index));
    CHECK(draws.size() == 440000);
}

TEST_CASE("uniforms are uniform along every part of the key")
{
    // 100 bins of 1000 draws each: chi-square with 99 degrees of freedom. Upper 1e-6 quantile 175.4,
    // lower 1e-6 quantile 46.1 (Wilson-Hilferty): a false alarm in 1e5 runs of these five axes.
    const int axis = GENERATE(0, 1, 2, 3, 4);
    CAPTURE(axis);
    std::array<double, 100> counts{};
    for (std::uint32_t i = 0; i < 100000; ++i) {
        const auto pick = [&](int which, std::uint32_t fixed) { return axis == which ? i : fixed; };
        const double u = Random(pick(0, 11), pick(1, 3))
                             .uniform(Stream::kCover, pick(2, 5), static_cast<std::int32_t>(pick(3, 7)), pick(4, 0));
        REQUIRE((u > 0 && u < 1));
        counts[static_cast<std::size_t>(u * 100)] += 1;
    }
    double chi_square = 0;
    for (const double count : counts) chi_square += (count - 1000) * (count - 1000) / 1000;
    CHECK(chi_square < 175.4);
    CHECK(chi_square > 46.1);
}

TEST_CASE("streams, members, entities and neighbouring days are uncorrelated")
{
    // The correlation of n independent pairs has standard deviation 1/sqrt(n); five of them allowed.
    const std::size_t n = 100000;
    std::vector<double> base(n), stream(n), member(n), entity(n), next_day(n), index(n);
    const Random random(42, 0);
    const Random other(42, 1);
    for (std::size_t i = 0; i < n; ++i) {
        const auto day = static_cast<std::int32_t>(i);
        base[i] = random.uniform(Stream::kApproval, 17, day);
        stream[i] = random.uniform(Stream::kReviewDay, 17, day);
        member[i] = other.uniform(Stream::kApproval, 17, day);
        entity[i] = random.uniform(Stream::kApproval, 18, day);
        next_day[i] = random.uniform(Stream::kApproval, 17, day + 1);
        index[i] = random.uniform(Stream::kApproval, 17, day, 1);
    }
    for (const auto* series : {&stream, &member, &entity, &next_day, &index}) {
        CHECK(std::abs(correlation(base, *series)) < 5 / std::sqrt(static_cast<double>(n)));
    }
}

TEST_CASE("the normal quantile has its published values")
{
    // Wichura (1988), table 2, then the usual 97.5 % point.
    CHECK(normal_quantile(0.25) == Approx(-0.6744897501960817).epsilon(1e-15));
    CHECK(normal_quantile(0.001) == Approx(-3.090232306167814).epsilon(1e-15));
    CHECK(normal_quantile(1e-20) == Approx(-9.262340089798408).epsilon(1e-15));
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-15));
    CHECK(normal_quantile(0.5) == 0);
}

TEST_CASE("the normal quantile inverts the distribution function on all its branches")
{
    for (int i = -80; i <= 80; ++i) {
        const double x = i / 10.0;
        const double lower = 0.5 * std::erfc(std::abs(x) / std::sqrt(2.0));  // P(Z < -|x|), no cancellation
        CAPTURE(x);
        CHECK(normal_quantile(lower) == Approx(-std::abs(x)).epsilon(1e-13).margin(1e-15));
    }
    CHECK(normal_quantile(0.3) == Approx(-normal_quantile(0.7)).epsilon(1e-15));
}

TEST_CASE("normal draws have mean zero, variance one and thin tails")
{
    // n = 100000: the mean has standard deviation 1/sqrt(n), the variance sqrt(2/n); five allowed.
    const int n = 100000;
    const Random random(5, 9);
    double sum = 0, squares = 0;
    int beyond_two = 0;
    for (int day = 0; day < n; ++day) {
        const double z = random.normal(Stream::kParameter, entity_key("authority"), day);
        sum += z;
        squares += z * z;
        beyond_two += std::abs(z) > 2 ? 1 : 0;
    }
    CHECK(std::abs(sum / n) < 5 / std::sqrt(n));
    CHECK(std::abs(squares / n - 1) < 5 * std::sqrt(2.0 / n));
    // P(|Z| > 2) = 0.0455: binomial standard deviation 66 of 100000.
    CHECK(std::abs(beyond_two - 4550) < 5 * 66);
}

TEST_CASE("the key of a name is fixed for ever")
{
    // FNV-1a of "" is its offset basis, of "a" 0xaf63dc4c8601ec8c; then the finaliser.
    CHECK(entity_key("") == combine_keys(0xcbf29ce484222325ULL, 0));
    CHECK(entity_key("a") == combine_keys(0xaf63dc4c8601ec8cULL, 0));
    // splitmix64 started at 0 gives 0xe220a8397b1dcdaf first.
    CHECK(combine_keys(0, 0) == 0xe220a8397b1dcdafULL);
    CHECK(combine_keys(1, 2) != combine_keys(2, 1));
}

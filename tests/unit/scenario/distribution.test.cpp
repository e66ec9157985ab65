// Quantiles of distributions, and draws through a file.

#include "scenario/distribution.hpp"
#include "support.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace chokepoint;
using scenario::Distribution;

namespace {
Distribution make(Distribution::Kind kind, std::vector<double> parameters)
{
    Distribution out;
    out.kind = kind;
    out.parameters = std::move(parameters);
    out.low = -INFINITY;
    out.high = INFINITY;
    return out;
}
}  // namespace

TEST_CASE("quantiles follow the closed forms")
{
    using Kind = Distribution::Kind;
    CHECK(make(Kind::kUniform, {2, 6}).quantile(0.25) == 3);
    // Triangular 0, 1, 4: F(1) = 1/4; above, 1 - (4-x)^2/12 = 1/2 at x = 4 - sqrt 6.
    CHECK(make(Kind::kTriangular, {0, 1, 4}).quantile(0.25) == Approx(1));
    CHECK(make(Kind::kTriangular, {0, 1, 4}).quantile(0.5) == Approx(4 - std::sqrt(6.0)));
    CHECK(make(Kind::kNormal, {10, 2}).quantile(0.975) == Approx(10 + 2 * 1.959963984540054));
    CHECK(make(Kind::kLognormal, {28, 0.8}).quantile(0.5) == Approx(28));
    CHECK(make(Kind::kLognormal, {28, 0.8}).quantile(0.95) == Approx(28 * std::exp(0.8 * 1.6448536269514722)));
    CHECK(make(Kind::kChoice, {3, 4, 7}).quantile(0.34) == 4);
    CHECK(make(Kind::kChoice, {3, 4, 7}).quantile(0.999) == 7);
}

TEST_CASE("the beta quantile inverts known distributions")
{
    CHECK(scenario::beta_quantile(0.3, 1, 1) == Approx(0.3));                   // uniform
    CHECK(scenario::beta_quantile(0.3, 2, 1) == Approx(std::sqrt(0.3)));        // F = x^2
    CHECK(scenario::beta_quantile(0.3, 1, 3) == Approx(1 - std::cbrt(0.7)));    // F = 1 - (1-x)^3
    CHECK(scenario::beta_quantile(0.5, 4, 4) == Approx(0.5));                   // symmetric
    // Beta(2,2): F = 3x^2 - 2x^3, F(0.25) = 0.15625.
    CHECK(scenario::beta_quantile(0.15625, 2, 2) == Approx(0.25));
}

TEST_CASE("draws stay inside the bounds of the key and are whole where it is whole")
{
    Distribution d = make(Distribution::Kind::kNormal, {0.5, 10});
    d.low = 0;
    d.high = 1;
    CHECK(d.quantile(0.001) == 0);
    CHECK(d.quantile(0.999) == 1);
    d.high = 100;
    d.whole = true;
    CHECK(d.quantile(0.9) == std::round(0.5 + 10 * 1.2815515655446004));
}

TEST_CASE("a member's draws are a function of seed, member and path alone")
{
    const auto file = test::load_good("distributions");
    const auto& varied = file.varied();
    REQUIRE(varied.size() == 10);
    CHECK(file.draw(1, 5) == file.draw(1, 5));
    CHECK(file.draw(1, 5) != file.draw(1, 6));
    CHECK(file.draw(1, 5) != file.draw(2, 5));
    // One more varied parameter leaves the draws of the others alone.
    const auto more = test::load_good("distributions", {"behaviour.review={ uniform: [5 d, 9 d] }"});
    REQUIRE(more.varied().size() == 11);
    for (std::size_t i = 0; i < varied.size(); ++i)
        for (std::size_t j = 0; j < more.varied().size(); ++j)
            if (varied[i].path == more.varied()[j].path) CHECK(file.draw(1, 5)[i] == more.draw(1, 5)[j]);
}

TEST_CASE("the member's scenario holds its draws")
{
    const auto file = test::load_good("distributions");
    const auto draws = file.draw(20250512, 3);
    const auto s = file.scenario(3);
    CHECK(s.member == 3);
    CHECK(s.seed == 20250512);
    for (std::size_t i = 0; i < draws.size(); ++i) {
        const std::string& path = file.varied()[i].path;
        INFO(path);
        if (path == "licensing.mofcom_18.postures.slow.weight") {
            CHECK(s.licensing[0].postures[1].weight == draws[i]);
            CHECK(file.varied()[i].unit == "1");
            CHECK(file.varied()[i].distribution == "uniform [0.05 x, 0.6 x]");
            CHECK((draws[i] >= 0.05 && draws[i] <= 0.6));
        }
        if (path == "behaviour.lead.up") CHECK(s.behaviour.lead_up == draws[i]);
        if (path == "buyers.auto_usa.cover.lognormal.median") CHECK(s.buyers[0].cover.a == draws[i]);
        if (path == "producers.chn_oxide.capacity") CHECK(s.producers[1].capacity == draws[i]);
        if (path == "licensing.mofcom_18.declared_lots") CHECK(s.licensing[0].declared_lot_days == draws[i]);
    }
    CHECK(file.with_values(draws).behaviour.lead_up == s.behaviour.lead_up);
    CHECK(file.scenario(3, 9).behaviour.lead_up != s.behaviour.lead_up);
}

TEST_CASE("the median of many draws is the median of the distribution")
{
    // 2001 draws: the sample median's standard error in probability is 0.5/sqrt(2001) = 0.0112; five of
    // them make a false alarm of 6e-7.
    const auto file = test::load_good("distributions");
    const auto& varied = file.varied();
    std::vector<int> below(varied.size(), 0);
    const auto central = [&file](std::size_t i) {
        const auto s = file.central();
        return file.varied()[i].path == "behaviour.lead.up" ? s.behaviour.lead_up : file.varied()[i].path == "behaviour.sourcing.sigma" ? s.behaviour.sigma : NAN;
    };
    for (std::uint32_t member = 0; member < 2001; ++member) {
        const auto draws = file.draw(1, member);
        for (std::size_t i = 0; i < draws.size(); ++i) below[i] += draws[i] < central(i) ? 1 : 0;
    }
    int checked = 0;
    for (std::size_t i = 0; i < varied.size(); ++i) {
        if (std::isnan(central(i))) continue;
        CHECK(std::abs(below[i] / 2001.0 - 0.5) < 5 * 0.0112);
        ++checked;
    }
    CHECK(checked == 2);
}

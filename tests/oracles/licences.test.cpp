// A14, A33. Retries and ensembles of decisions.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include "chokepoint/dynamics/phases.hpp"

#include <cmath>
#include <numeric>
#include <string>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

scenario::Scenario many_clients(int n, double grams)
{
    std::vector<Client> clients;
    for (int i = 0; i < n; ++i) {
        std::string id = "c";
        clients.push_back({id += std::to_string(i), "XBB", grams});
    }
    return clients_world(clients);
}

struct Chain {  // rounds and days from the first submission to the grant
    int rounds = 0, days = 0;
};

// One file at a time for each client: reviewed 45 days, granted with p, refused ones filed again after 10. Handed in on a day, a
// file is submitted the day after.
std::vector<Chain> chains(double p, int clients, int days)
{
    scenario::Scenario s = many_clients(clients, 1000);
    s.time.horizon = days;
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.minimum_review_days = 45;
    l.resubmit_days = 10;
    l.postures[0].approval = p;
    Model model(s);
    world::BorderState& border = model.state.border;
    const std::size_t n = model.structure.n_border();
    std::vector<int> begun(n, -1);
    std::vector<Chain> open(n), done;
    for (int day = 0; day < days; ++day) {
        const dynamics::StepContext context = model.context(day);
        dynamics::apply_policy(model.structure, context, model.state);
        dynamics::decide(model.structure, context, model.state);
        model.state.handed_in.assign(1, {});
        for (std::uint32_t b = 0; b < n; ++b) {
            if (border.n_open[b] > 0 || border.to_refile[b] > 0) continue;
            if (open[b].rounds > 0 && border.n_decided[b] - border.n_refused[b] > 0) {
                open[b].days = day - begun[b];
                done.push_back(open[b]);
                open[b] = {};
                border.n_decided[b] = border.n_refused[b] = 0;
            }
            if (open[b].rounds++ == 0) begun[b] = day + 1;
            border.unfiled[b] = 1000;
            model.state.handed_in.front().push_back({b, 0});
        }
    }
    return done;
}

}  // namespace

// Rounds are geometric with p = 1/4: mean 4, P(more than 2) = (3/4)^2 = 0.5625, standard deviation
// sqrt(3/4)/(1/4) = 3.464. A licence takes 45 rounds + 10 (rounds - 1) days: mean 210, sd 55 x 3.464.
TEST_CASE("A14 retry amplification")
{
    const std::vector<Chain> done = chains(0.25, 60, 6000);
    const auto n = static_cast<double>(done.size());
    REQUIRE(n > 1000);
    double rounds = 0, days = 0, more = 0;
    for (const Chain& chain : done) {
        rounds += chain.rounds;
        days += chain.days;
        more += chain.rounds > 2;
        REQUIRE(chain.days == 45 * chain.rounds + 10 * (chain.rounds - 1));
    }
    // Cut at the horizon, each of the 60 clients loses one running chain, a long one as a rule: length-biased,
    // its mean is E[R^2]/E[R] = (12 + 16)/4 = 7 rounds, 3 above the mean of all, so the mean of n seen falls by
    // 3 x 60 / n at most. Three standard errors and that.
    const double se = std::sqrt(0.75) / 0.25 / std::sqrt(n);
    const double bias = 3 * 60 / n;
    CHECK(std::abs(rounds / n - 4) < 3 * se + bias);
    CHECK(std::abs(days / n - 210) < 55 * (3 * se + bias));
    CHECK(std::abs(more / n - 0.5625) < 3 * std::sqrt(0.5625 * 0.4375 / n) + 60 / n);
}

// Each of 100 clients has one file decided by day 1.
TEST_CASE("A33 the ensemble of decisions is binomial")
{
    constexpr int kFiles = 100, kMembers = 1600;
    constexpr double kP = 0.3;
    scenario::Scenario s = many_clients(kFiles, 1000);
    s.time.horizon = 10;
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.postures[0].approval = kP;
    l.resubmit = 0;
    double sum = 0, sum2 = 0;
    std::vector<double> granted;
    for (int member = 0; member < kMembers; ++member) {
        s.member = static_cast<std::uint32_t>(member);
        Model model(s);
        model.run_to(1);
        const auto& counts = model.state.published.licences[model.region("XBB")];
        REQUIRE(counts.granted + counts.refused == kFiles);
        granted.push_back(static_cast<double>(counts.granted));
        sum += granted.back();
        sum2 += static_cast<double>(counts.granted * counts.granted);
    }
    const double mean = sum / kMembers, variance = sum2 / kMembers - mean * mean;
    const double expected = kFiles * kP * (1 - kP);  // 21
    CHECK(std::abs(mean - kFiles * kP) < 3 * std::sqrt(expected / kMembers));
    // The variance of a sample variance of a near-normal is 2 sigma^4 / n.
    CHECK(std::abs(variance - expected) < 3 * expected * std::sqrt(2.0 / kMembers));
    // Means of n members: 95 % of them lie within 1.96 sd / sqrt(n), to three standard errors of a share.
    for (const int n : {1, 4, 16}) {
        const int means = kMembers / n;
        double inside = 0, inside_narrow = 0;
        for (int i = 0; i < means; ++i) {
            const double of = std::accumulate(granted.begin() + i * n, granted.begin() + (i + 1) * n, 0.0) / n;
            const double band = 1.96 * std::sqrt(expected / n);
            inside += std::abs(of - kFiles * kP) <= band;
            inside_narrow += std::abs(of - kFiles * kP) <= band / 2;
        }
        CAPTURE(n, inside / means, inside_narrow / means);
        CHECK(std::abs(inside / means - 0.95) < 3 * std::sqrt(0.95 * 0.05 / means) + 0.02);  // whole files: +- half a one
        CHECK(inside_narrow / means < 0.9);  // 67 % in a band half as wide
    }
}

// 1e5 draws of the approval stream over 20 equal bins: chi-square with 19 degrees of freedom lies between
// its 0.001 and 0.999 quantiles, 5.407 and 43.820.
TEST_CASE("A33 approval draws are uniform")
{
    const core::Random random(20250512, 3);
    std::vector<double> bins(20, 0.0);
    constexpr int kDraws = 100'000;
    for (int i = 0; i < kDraws; ++i) {
        const double u = random.uniform(core::Stream::kApproval, core::combine_keys(17, static_cast<std::uint64_t>(i)), 0, 1);
        bins[static_cast<std::size_t>(u * 20)] += 1;
    }
    double chi2 = 0;
    for (const double count : bins) chi2 += (count - kDraws / 20.0) * (count - kDraws / 20.0) / (kDraws / 20.0);
    CHECK(chi2 > 5.407);
    CHECK(chi2 < 43.820);
}

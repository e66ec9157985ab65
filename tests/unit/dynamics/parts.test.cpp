// Lines that need several kinds of part: the first that runs out stops them.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/recount.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr int kFirms = 1000;
constexpr double kNeed = 1e9;  // [g/d] of all

scenario::Scenario lines(int parts)
{
    scenario::Scenario s = clients_world({{"lines", "XBB", kNeed}});
    s.buyers[0].firms = kFirms;
    s.buyers[0].size_log_sd = 0;
    s.buyers[0].cover = {scenario::FirmDistribution::Kind::kLognormal, 28, 0.8, 0};
    s.buyers[0].conduct.parts = parts;
    return s;
}

// Nothing is made from day 0 on. First day on which each firm makes less than it wants.
std::vector<int> stops(Model& model)
{
    const std::uint32_t maker = model.structure.blocks[model.block("maker")].first_firm;
    model.structure.firms.capacity[maker] = 0;
    model.state.firm.finished[maker] = 0;
    const std::uint32_t first = model.structure.blocks[model.block("lines")].first_firm;
    std::vector<int> stopped(kFirms, -1);
    model.run_to(399, [&](int day, const world::State& state) {
        for (std::uint32_t i = 0; i < kFirms; ++i) {
            if (stopped[i] < 0 && state.firm.output[first + i] < state.firm.wanted[first + i]) stopped[i] = day;
        }
    });
    return stopped;
}

double mean_stock(const Model& model)
{
    const auto& stock = model.state.slot.stock;
    return std::accumulate(stock.begin(), stock.end(), 0.0) / kNeed;
}

}  // namespace

// A day's goods sail and land on day 0; from day 1 on a firm lives on its stock, so it stops on day
// floor(least stock over need of a kind) + 1. Stock is 28 exp(0.32) = 38.6 days in the mean; with a standard
// deviation of 0.95 of that by stock, 1000 firms have it within 5 x 3.0 % (1 part), 5 x 0.95 % (10 parts).
TEST_CASE("a line that needs ten kinds of part stops sooner than with one, on the same stock in the mean")
{
    double mean[2] = {0, 0};
    for (const int parts : {1, 10}) {
        CAPTURE(parts);
        Model model(lines(parts));
        const auto& structure = model.structure;
        REQUIRE(structure.n_slots() == static_cast<std::size_t>(kFirms * parts));
        CHECK(std::abs(mean_stock(model) / (28 * std::exp(0.32)) - 1) < (parts == 1 ? 0.15 : 0.05));
        const std::uint32_t first = structure.blocks[model.block("lines")].first_firm;
        std::vector<int> expected;
        for (std::uint32_t firm = first; firm < first + kFirms; ++firm) {
            std::int64_t days = 1'000'000;
            for (std::uint32_t slot = structure.firms.slot_begin[firm]; slot < structure.firms.slot_begin[firm + 1]; ++slot)
                days = std::min(days, structure.base_stock(slot) / structure.slots.base_need[slot]);
            expected.push_back(static_cast<int>(days) + 1);
        }
        const std::vector<int> stopped = stops(model);
        CHECK(stopped == expected);
        mean[parts == 1 ? 0 : 1] = std::accumulate(stopped.begin(), stopped.end(), 0.0) / kFirms;
    }
    // Of exp(0.8 z), z normal, the least of ten has mean 0.324 and one alone 1.377: a ratio of 0.24.
    CHECK(mean[1] < 0.4 * mean[0]);
    CHECK(mean[1] > 5);
}

TEST_CASE("kinds of part add up to the need to the gram, and only inputs that stop a line have them")
{
    scenario::Scenario s = small_world();
    s.world.scale = 3;
    for (auto& buyer : s.buyers) buyer.uses.push_back({"oxide", {}, 12345.0, {}, scenario::Criticality::kImportant});
    Model one(s);
    for (auto& buyer : s.buyers) buyer.conduct.parts = 7;
    Model seven(s);
    const auto sums = [](const Model& model) {
        std::map<std::pair<std::uint64_t, int>, std::int64_t> need, supplied;
        const auto& structure = model.structure;
        for (std::size_t slot = 0; slot < structure.n_slots(); ++slot) {
            const auto key = std::pair(structure.firms.key[structure.slots.firm[slot]], int{structure.slots.product[slot]});
            need[key] += structure.slots.base_need[slot];
            for (std::uint32_t in = structure.slots.link_begin[slot]; in < structure.slots.link_begin[slot + 1]; ++in)
                supplied[key] += structure.base(in);
        }
        CHECK(need == supplied);
        return need;
    };
    const auto expected = sums(one);
    const auto found = sums(seven);
    for (const world::Block& block : seven.structure.blocks) {
        if (block.role != world::Role::kBuyer) continue;  // makers' outputs follow from who is drawn as their client
        for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
            const int slots = static_cast<int>(seven.structure.firms.slot_begin[firm + 1] - seven.structure.firms.slot_begin[firm]);
            CHECK(slots == 7 + 1);
            for (const int product : {0, 1}) {
                const auto key = std::pair(seven.structure.firms.key[firm], product);
                CHECK(found.at(key) == expected.at(key));
            }
        }
    }
}

// A posture that refuses for good strikes the order from the books of the part it was for.
TEST_CASE("what is refused for good comes off the books of its own part")
{
    scenario::Scenario s = clients_world({{"lines", "XBB", 1e6}});
    s.buyers[0].conduct.parts = 5;
    scenario::Licensing& l = add_licensing(s, 5);
    l.postures[0].approval = 0.5;
    l.resubmit = 0;
    Model model(s);
    model.run_to(60);
    std::uint32_t refused = 0;
    for (const std::uint32_t n : model.state.border.n_refused) refused += n > 0 ? 1 : 0;
    CHECK(refused >= 2);
    CHECK(recount_on_order(model.structure, model.state) == model.state.slot.on_order);
}

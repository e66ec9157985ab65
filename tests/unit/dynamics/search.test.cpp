// Search for makers under strain: when it begins, when it delivers, and that without strain it is not there.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/small_world.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr int kControl = 20, kCover = 30;

// XBB buys 1000 g a day from XAA alone, whose authority lets nothing out from day 20 on; XCC has a maker of its own
// client, which can make five times as much.
scenario::Scenario cut_off(int candidates)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}, {"local", "XCC", 1000}});
    s.producers[0].utilisation = 0.2;
    scenario::Producer other = s.producers[0];
    other.id = "other";
    other.region = "XCC";
    s.producers.push_back(other);
    scenario::Family table;
    table.id = "magnets";
    table.controlled = "magnet";
    table.flows = {{"XAA", "XBB", 0.365, true, {}}, {"XCC", "XCC", 0.365, true, {}}};
    s.families = {table};
    s.behaviour.fixed_shares = false;
    s.behaviour.gap_share = 1;
    s.behaviour.share_adjustment = 0.5;
    s.behaviour.conduct.search = {candidates, 15, 40, {}};
    scenario::Licensing& l = add_licensing(s, kControl);
    l.throughput.unlimited = false;
    l.throughput.levels[0].level = 0;
    l.toward.clear();
    l.toward = {{"XBB", "routine", {}}, {"XCC", "routine", {}}};
    return s;
}

std::size_t slot_of(const Model& model, const char* block)
{
    const std::uint32_t firm = model.structure.blocks[model.block(block)].first_firm;
    return model.structure.firms.slot_begin[firm];
}

}  // namespace

// The last goods arrive on day 20 (lane of a day): 30 days of cover are below half from the end of day 36 on,
// since 1000 g a day are used. More than 15 days strained: day 51; qualified 40 days later, on day 91, ordered that
// day, called off and sent the same day, received on day 92.
TEST_CASE("a buyer that is cut off finds a maker after a lag and its qualification")
{
    for (const int candidates : {0, 2}) {
        CAPTURE(candidates);
        const scenario::Scenario s = cut_off(candidates);
        Model model(s);
        const std::size_t slot = slot_of(model, "buyer");
        int strained_since = -1, found_on = -1, again = -1;
        model.run_to(299, [&](int day, const world::State& state) {
            const bool half = state.slot.stock[slot] * 2 < 1000 * kCover;
            if (strained_since < 0 && half) strained_since = day;
            if (found_on < 0 && candidates > 0 && state.conduct.found[slot] > 0) found_on = day;
            if (again < 0 && day > kControl + 5 && state.slot.received[slot] > 0) again = day;
        });
        CHECK(model.structure.slots.link_begin[slot + 1] - model.structure.slots.link_begin[slot] == (candidates > 0 ? 2 : 1));
        if (candidates == 0) {
            CHECK(again == -1);
            CHECK(model.state.slot.use[slot] == 0);
            continue;
        }
        REQUIRE(strained_since > 0);
        CHECK(found_on == strained_since + 15 + 40);
        CHECK(again == found_on + 1);
        CHECK(model.state.slot.use[slot] > 0);
        CHECK(model.state.slot.received[slot_of(model, "local")] > 0);
    }
}

TEST_CASE("a block's own qualification counts first, and shares that stay do not move to new makers")
{
    scenario::Scenario s = cut_off(2);
    s.buyers[0].conduct.qualification_days = 10;
    const auto found_on = [](const scenario::Scenario& scenario) {
        Model model(scenario);
        const std::size_t slot = slot_of(model, "buyer");
        int out = -1;
        model.run_to(299, [&](int day, const world::State& state) { if (out < 0 && state.conduct.found[slot] > 0) out = day; });
        return out;
    };
    const int soon = found_on(s);
    s.buyers[0].conduct.qualification_days.reset();
    CHECK(found_on(s) == soon + 30);
    s.behaviour.fixed_shares = true;
    Model model(s);
    model.run_to(299);
    CHECK(model.state.slot.use[slot_of(model, "buyer")] == 0);
}

// e^-1 of the only source, both at their first price and without risk: e^-1 / (1 + e^-1).
// 51 days until the search begins; 10 days of the sector in place of 40, and a block's own 5 in place of those.
TEST_CASE("qualification may be by sector of the buyer")
{
    const auto found_on = [](std::vector<std::pair<std::string, double>> by_sector, std::optional<int> own) {
        scenario::Scenario s = cut_off(1);
        s.behaviour.conduct.search.by_sector = std::move(by_sector);
        s.buyers[0].conduct.qualification_days = own;
        Model model(s);
        int found = 0;
        model.run_to(150, [&](int day, const world::State& state) {
            if (found == 0 && state.conduct.found[slot_of(model, "buyer")] > 0) found = day;
        });
        return found;
    };
    const int all = found_on({}, {});
    CHECK(found_on({{"automotive", 10}}, {}) == all - 30);
    CHECK(found_on({{"defense", 10}}, {}) == all);
    CHECK(found_on({{"automotive", 10}}, 5) == all - 35);
}

TEST_CASE("a new source wins the share its appeal gives it, by parts of the gap")
{
    scenario::Scenario s = cut_off(1);
    s.licensing.clear();
    Model model(s);
    const std::size_t slot = slot_of(model, "buyer");
    model.run_to(9);
    model.state.conduct.found[slot] = 1;
    model.run_to(109);
    double newcomer = 0;
    for (std::uint32_t in = model.structure.slots.link_begin[slot]; in < model.structure.slots.link_begin[slot + 1]; ++in) {
        if (model.structure.base(in) == 0) newcomer = model.state.link.share[in];
    }
    CHECK(newcomer == Approx(std::exp(-1.0) / (1 + std::exp(-1.0))).epsilon(1e-9));
}

TEST_CASE("candidates change nothing while nothing is strained")
{
    scenario::Scenario s = small_world();
    Model without(s);
    s.behaviour.conduct.search = {3, 30, 180, {}};
    Model with(s);
    CHECK(with.structure.n_links() > without.structure.n_links());
    for (int day = 0; day < 60; ++day) {
        without.run_to(day);
        with.run_to(day);
        REQUIRE(with.state.slot.stock == without.state.slot.stock);
        REQUIRE(with.state.slot.on_order == without.state.slot.on_order);
        REQUIRE(with.state.firm.finished == without.state.firm.finished);
        REQUIRE(with.state.published.exports == without.state.published.exports);
    }
}

// 2000 asked of the maker found, 1200 there: its own client gets all of its 1000.
TEST_CASE("a client won by search buys spot")
{
    Model model(cut_off(1));
    const auto out_of = [&](const char* block, bool won) {
        const std::size_t slot = slot_of(model, block);
        for (std::uint32_t in = model.structure.slots.link_begin[slot]; in < model.structure.slots.link_begin[slot + 1]; ++in) {
            if ((model.structure.base(in) == 0) == won) return model.structure.links.out[in];
        }
        return world::kNone;
    };
    const std::uint32_t won = out_of("buyer", true), own = out_of("local", false);
    REQUIRE(won != world::kNone);
    model.state.link.period_order[won] = 1000;
    model.state.firm.finished[model.structure.blocks[model.block("other")].first_firm] = 1200;
    dynamics::allocate(model.structure, model.context(0), model.state);
    CHECK(model.state.link.allocated[own] == 1000);
    CHECK(model.state.link.allocated[won] == 200);
}

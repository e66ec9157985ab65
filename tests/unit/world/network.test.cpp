// Synthetic disaggregation keeps every block total to the gram.

#include "chokepoint/world/block_flows.hpp"
#include "chokepoint/world/build.hpp"
#include "support/catch.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

void check_network(const scenario::Scenario& scenario)
{
    const world::Structure s = world::build_structure(scenario);
    const auto& links = s.links;
    std::vector<std::int64_t> sold(s.n_firms(), 0);
    std::map<std::string, std::int64_t> need_of;  // block/product
    for (std::size_t slot = 0; slot < s.n_slots(); ++slot) {
        std::int64_t bought = 0;
        double share = 0;
        std::set<std::uint32_t> sellers;
        for (std::uint32_t in = s.slots.link_begin[slot]; in < s.slots.link_begin[slot + 1]; ++in) {
            REQUIRE(s.base(in) > 0);  // no link without a flow
            REQUIRE(s.blocks[s.firms.block[links.seller[in]]].product == s.slots.product[slot]);
            REQUIRE(sellers.insert(links.seller[in]).second);  // one link per seller
            REQUIRE(links.in[links.out[in]] == in);
            REQUIRE(links.out_base[links.out[in]] == s.base(in));
            bought += s.base(in);
            share += s.base_share(slot, in);
            sold[links.seller[in]] += s.base(in);
        }
        REQUIRE(bought == s.slots.base_need[slot]);
        REQUIRE(share == Approx(1).epsilon(1e-12));
        const auto& row = s.rows[s.slots.row[slot]];
        need_of[s.blocks[row.block].id + "/" + s.products[row.product].id] += s.slots.base_need[slot];
    }
    for (std::size_t firm = 0; firm < s.n_firms(); ++firm) {
        const auto& block = s.blocks[s.firms.block[firm]];
        if (block.product == world::kNone || sold[firm] == 0) continue;
        REQUIRE(s.firms.base_output[firm] == sold[firm]);  // sellers make what they sell
        REQUIRE(s.firms.capacity[firm] >= s.firms.base_output[firm]);
    }
    for (const auto& buyer : scenario.buyers) {  // stated amounts are kept exactly
        for (const auto& input : buyer.uses) {
            if (!input.grams_per_day || input.product == "magnets") continue;
            REQUIRE(need_of.at(buyer.id + "/" + input.product) == std::llround(*input.grams_per_day));
        }
    }
}

}  // namespace

TEST_CASE("block totals are exact in random worlds")
{
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        check_network(random_world(seed));
    }
}

TEST_CASE("flows between blocks are those of the plan, to a gram per block of sellers")
{
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const scenario::Scenario scenario = random_world(seed);
        scenario::Scenario sorted = scenario;
        std::sort(sorted.regions.begin(), sorted.regions.end(), [](auto& a, auto& b) { return a.id < b.id; });
        std::sort(sorted.products.begin(), sorted.products.end(), [](auto& a, auto& b) { return a.id < b.id; });
        const world::BlockPlan plan = world::plan_blocks(sorted);
        const world::Structure s = world::build_structure(scenario);
        std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, double> flow;
        for (std::size_t slot = 0; slot < s.n_slots(); ++slot) {
            for (std::uint32_t in = s.slots.link_begin[slot]; in < s.slots.link_begin[slot + 1]; ++in) {
                flow[{s.firms.block[s.slots.firm[slot]], s.firms.block[s.links.seller[in]], s.slots.product[slot]}] +=
                    static_cast<double>(s.base(in));
            }
        }
        REQUIRE(plan.flows.size() >= flow.size());
        for (const auto& planned : plan.flows) {
            const auto& buyer = plan.blocks[planned.buyer].block;
            if (buyer.role != world::Role::kBuyer) continue;  // sellers' needs are rounded once more upstream
            CAPTURE(seed, buyer.id, planned.grams_per_day);
            CHECK(std::abs(flow[{planned.buyer, planned.seller, planned.product}] - planned.grams_per_day) <= 1.5);
        }
    }
}

TEST_CASE("more suppliers per firm make more links, one block of one seller makes one")
{
    scenario::Scenario s = small_world();
    const auto links_with = [&](int suppliers) {
        s.world.suppliers_min = s.world.suppliers_max = suppliers;
        check_network(s);
        return world::build_structure(s).n_links();
    };
    CHECK(links_with(1) < links_with(3));

    s.exporters.clear();
    s.importers.clear();
    s.producers[0].firms = 1;
    const world::Structure one = [&] {
        s.world.suppliers_max = 3;
        return world::build_structure(s);
    }();
    for (std::size_t slot = 0; slot < one.n_slots(); ++slot) {
        if (one.products[one.slots.product[slot]].id != "magnet") continue;
        CHECK(one.slots.link_begin[slot + 1] - one.slots.link_begin[slot] == 1);
    }
}

TEST_CASE("scale multiplies firms, not volumes")
{
    scenario::Scenario s = random_world(7);
    const world::Structure one = world::build_structure(s);
    s.world.scale = 20;
    check_network(s);
    const world::Structure many = world::build_structure(s);
    CHECK(many.n_firms() == 20 * one.n_firms());
    const auto volume = [](const world::Structure& w) {
        double sum = 0;
        for (std::size_t slot = 0; slot < w.n_slots(); ++slot) {
            if (w.blocks[w.rows[w.slots.row[slot]].block].role == world::Role::kBuyer) {
                sum += static_cast<double>(w.slots.base_need[slot]);
            }
        }
        return sum;
    };
    CHECK(volume(many) == volume(one));
}

TEST_CASE("sizes and covers spread as asked")
{
    scenario::Scenario s = small_world();
    s.buyers[0].firms = 4000;
    s.buyers[0].uses[0].grams_per_day = 1e9;
    s.buyers[0].size_log_sd = 1.0;
    s.buyers[0].cover = {scenario::FirmDistribution::Kind::kLognormal, 28, 0.8, 0};
    const world::Structure w = world::build_structure(s);
    std::vector<double> ln_need, ln_cover;
    for (std::size_t slot = 0; slot < w.n_slots(); ++slot) {
        if (w.blocks[w.rows[w.slots.row[slot]].block].id != "auto_b") continue;
        ln_need.push_back(std::log(static_cast<double>(w.slots.base_need[slot])));
        ln_cover.push_back(std::log(w.slots.cover[slot]));
    }
    const auto sd = [](const std::vector<double>& v) {
        double sum = 0, sum2 = 0;
        for (const double x : v) sum += x;
        const double mean = sum / static_cast<double>(v.size());
        for (const double x : v) sum2 += (x - mean) * (x - mean);
        return std::sqrt(sum2 / static_cast<double>(v.size()));
    };
    // 4000 draws: the standard error of a log sd is sd / sqrt(8000), about 1.1 %; three of them.
    REQUIRE(ln_need.size() == 4000);
    CHECK(sd(ln_need) == Approx(1.0).epsilon(0.034));
    CHECK(sd(ln_cover) == Approx(0.8).epsilon(0.034));
    std::nth_element(ln_cover.begin(), ln_cover.begin() + 2000, ln_cover.end());
    CHECK(std::exp(ln_cover[2000]) == Approx(28).epsilon(0.05));
}

// 11 t/d of magnets are sold: 0.02 g of oxide per gram are 0.22 t/d.
TEST_CASE("an input stated as a daily total is that total, divided by what the block makes")
{
    const scenario::Scenario per_gram = small_world();
    scenario::Scenario per_day = per_gram;
    per_day.producers[0].uses[0].grams_per_unit.reset();
    per_day.producers[0].uses[0].grams_per_day = 0.22e6;
    const auto oxide = [](const scenario::Scenario& s) {
        const world::Structure w = world::build_structure(s);
        std::vector<std::int64_t> need;
        for (std::size_t slot = 0; slot < w.n_slots(); ++slot) {
            if (w.products[w.slots.product[slot]].id == "oxide") need.push_back(w.slots.base_need[slot]);
        }
        return need;
    };
    const auto need = oxide(per_day);
    REQUIRE_FALSE(need.empty());
    CHECK(std::accumulate(need.begin(), need.end(), std::int64_t{0}) == 220'000);
    CHECK(need == oxide(per_gram));
}

TEST_CASE("a daily total of a block that nobody buys from is refused")
{
    scenario::Scenario s = small_world();
    s.producers.push_back(s.producers[0]);
    s.producers.back().id = "idle";
    s.producers.back().region = "XBB";
    s.producers.back().makes = "oxide";
    s.producers[1].makes = "oxide";
    s.producers.back().uses[0] = {};
    s.producers.back().uses[0].product = "ore";
    s.producers.back().uses[0].grams_per_day = 1000;
    s.products.push_back({"ore", "", "", 1, "", {}, false});
    scenario::Producer mine = s.producers[1];
    mine.id = "mine";
    mine.makes = "ore";
    s.producers.push_back(mine);
    scenario::Family table;  // all oxide comes from XAA
    table.id = "oxides";
    table.controlled = "oxide";
    table.flows = {{"XAA", "XAA", 200, true, {}}};
    s.families.push_back(table);
    try {
        (void)world::build_structure(s);
        FAIL("accepted");
    } catch (const core::InputError& error) {
        REQUIRE(error.diagnostics().size() == 1);
        CHECK(error.diagnostics()[0].key == "producers.idle.uses.ore.amount");
        CHECK(error.diagnostics()[0].problem == "is a daily total, but nobody buys what idle makes");
    }
}

// The table gives XAA 100 t of oxide a year; makers of magnets take 80.3 t of it (0.02 of 11 t a day), so
// a buyer of the rest needs 19.7 t, and nobody buys more than the table says.
TEST_CASE("what a table leaves is less by what makers of the region use")
{
    scenario::Scenario s = small_world();
    scenario::Family table;
    table.id = "oxides";
    table.controlled = "oxide";
    table.flows = {{"XAA", "XAA", 100, true, {}}};
    s.families.push_back(table);
    scenario::Buyer polish = s.buyers[0];
    polish.id = "polish";
    polish.region = "XAA";
    polish.uses[0] = {};
    polish.uses[0].product = "oxide";
    polish.uses[0].remainder = 1;
    s.buyers.push_back(polish);
    const auto needs = [](const scenario::Scenario& scenario) {
        const world::Structure w = world::build_structure(scenario);
        std::map<std::string, double> out;
        for (std::size_t slot = 0; slot < w.n_slots(); ++slot) {
            if (w.products[w.slots.product[slot]].id != "oxide") continue;
            out[w.blocks[w.rows[w.slots.row[slot]].block].id] += static_cast<double>(w.slots.base_need[slot]) * 365 / 1e6;
        }
        return out;
    };
    for (const bool per_day : {false, true}) {
        if (per_day) {
            s.producers[0].uses[0].grams_per_unit.reset();
            s.producers[0].uses[0].grams_per_day = 0.22e6;
        }
        auto need = needs(s);
        CHECK(need["makers"] == Approx(80.3).margin(1e-3));  // a gram a day is 0.000365 t a year
        CHECK(need["polish"] == Approx(19.7).margin(1e-3));
    }
    s.families[0].flows[0].tonnes_per_year = 80;
    CHECK_THROWS_AS(needs(s), core::InputError);
}

// x = A x + f with a_oo = .2, a_om = .3 (oxide for magnets), a_mo = .1 (magnets back for oxide), a_mm = .05, f = 2 t/d
// of magnets: x_m = .8 f / (.95 x .8 - .1 x .3), x_o = .3 x_m / .8.
TEST_CASE("products made from each other and from themselves are made as much as the circle needs")
{
    scenario::Scenario s = small_world();
    const auto use = [](const char* product, double grams) {
        scenario::Input input;
        input.product = product;
        input.grams_per_unit = grams;
        return input;
    };
    s.producers[0].uses = {use("oxide", 0.3), use("magnet", 0.05)};
    s.producers[1].uses = {use("magnet", 0.1), use("oxide", 0.2)};
    double wanted = 0;
    for (const auto& buyer : s.buyers) wanted += buyer.uses[0].grams_per_day.value_or(0);
    const double magnets = 0.8 * wanted / (0.95 * 0.8 - 0.1 * 0.3), oxide = 0.3 * magnets / 0.8;
    for (const int firms : {1, 40}) {
        s.producers[0].firms = s.producers[1].firms = firms;
        s.producers[1].size_log_sd = 1.5;
        check_network(s);
        const world::Structure built = world::build_structure(s);
        for (const auto& block : built.blocks) {
            if (block.role != world::Role::kProducer) continue;
            double made = 0;
            for (std::uint32_t firm = block.first_firm; firm < block.first_firm + block.n_firms; ++firm) {
                made += static_cast<double>(built.firms.base_output[firm]);
                // Firms of a block have the recipe of the block, but for whole grams of each link.
                for (std::uint32_t slot = built.firms.slot_begin[firm]; slot < built.firms.slot_begin[firm + 1]; ++slot) {
                    const bool from_oxide = built.products[built.slots.product[slot]].id == "oxide";
                    const double each = block.id == "makers" ? (from_oxide ? 0.3 : 0.05) : (from_oxide ? 0.2 : 0.1);
                    CHECK(std::abs(static_cast<double>(built.slots.base_need[slot]) - each * static_cast<double>(built.firms.base_output[firm])) < 12);
                }
            }
            CAPTURE(block.id, firms);
            CHECK(std::abs(made - (block.id == "makers" ? magnets : oxide)) < 3);
        }
    }
}

TEST_CASE("a circle that uses up what it makes, hangs on a daily total or on a table is told so")
{
    const auto problem = [](scenario::Scenario s, const char* key) {
        try {
            (void)world::build_structure(s);
        } catch (const core::InputError& error) {
            CHECK(error.diagnostics()[0].key == key);
            return error.diagnostics()[0].problem;
        }
        return std::string("none");
    };
    scenario::Scenario s = small_world();
    scenario::Input back;
    back.product = "magnet";
    s.producers[1].uses = {back};  // refiners; makers use 0.02 of oxide
    const auto with = [&](double grams) {
        s.producers[1].uses[0].grams_per_unit = grams;
        return s;
    };
    const char* key = "producers.refiners.uses.magnet.amount";
    CHECK(problem(with(49), key) == "none");  // a round asks for 98 % of the last
    for (const double grams : {50.0, 51.0, 1e6}) {
        CHECK(problem(with(grams), key) == "magnet, oxide are made from each other and use up what is made (a round of the circle "
                                           "asks for as much again), and this is the largest amount");
    }
    scenario::Scenario itself = small_world();
    back.grams_per_unit = 1;
    itself.producers[0].uses.push_back(back);
    CHECK(problem(itself, "producers.makers.uses.magnet.amount") ==
          "magnet is made from itself and uses up what is made (a round of the circle asks for as much again), and this is the largest amount");
    s.producers[1].uses[0].grams_per_unit.reset();
    s.producers[1].uses[0].grams_per_day = 1000;
    CHECK(problem(s, key) == "is a daily total in a circle of magnet, oxide (output hangs on it)");
    scenario::Scenario table = with(0.1);
    table.families = {{"magnets", "", "magnet", "", 0, {}, {}, {}, {}}};
    CHECK(problem(table, "producers.makers.uses.oxide") ==
          "closes a circle of magnet, oxide, of which one stands in a trade table (what the table leaves would hang on itself)");
}

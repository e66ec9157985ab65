// A4. The order in which a scenario lists its parts cannot matter.
//
// Expected: with regions, products, lanes, flows, blocks, inputs, postures and destinations listed in
// any order, every aggregate found by its names is the same number, and so is every firm found by its
// key, on every day. Tolerance: bit. Draws are keyed by names, ties by keys.

#include "support/catch.hpp"
#include "support/full_scenario.hpp"
#include "support/model.hpp"
#include "support/random_scenario.hpp"

#include "chokepoint/core/random.hpp"

#include <map>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

// A keyed permutation of a list.
class Shuffler {
  public:
    explicit Shuffler(std::uint64_t seed) : random_(seed, 0) {}
    template <class Item>
    void operator()(std::vector<Item>& items)
    {
        for (std::size_t i = items.size(); i > 1; --i) {
            const std::uint64_t bits = random_.bits(core::Stream::kTie, core::entity_key("shuffle"), 0, next_++);
            std::swap(items[i - 1], items[bits % i]);
        }
    }

  private:
    core::Random random_;
    std::uint32_t next_ = 0;
};

scenario::Scenario relabelled(scenario::Scenario s, std::uint64_t seed)
{
    Shuffler shuffle(seed);
    shuffle(s.regions);
    shuffle(s.products);
    shuffle(s.lanes);
    shuffle(s.producers);
    shuffle(s.exporters);
    shuffle(s.importers);
    shuffle(s.buyers);
    for (auto& family : s.families) shuffle(family.flows);
    for (auto& producer : s.producers) shuffle(producer.uses);
    for (auto& buyer : s.buyers) shuffle(buyer.uses);
    for (auto& tariff : s.tariffs) {
        shuffle(tariff.importers);
        shuffle(tariff.layers);
    }
    for (auto& licensing : s.licensing) {
        shuffle(licensing.postures);
        shuffle(licensing.toward);
    }
    shuffle(s.tariffs);
    shuffle(s.stockpiles);
    shuffle(s.behaviour.demand.by_sector);
    shuffle(s.routes);
    shuffle(s.enforcement);
    for (auto& route : s.routes) shuffle(route.to);
    return s;
}

using Values = std::map<std::string, double>;  // integers below 2^53 and prices, by name

Values values_by_name(const world::Structure& structure, const world::State& state)
{
    Values out;
    for (std::size_t r = 0; r < structure.rows.size(); ++r) {
        const auto& row = structure.rows[r];
        const std::string name = structure.blocks[row.block].id + "/" + structure.products[row.product].id;
        out[name + ".need"] = static_cast<double>(state.published.need[r]);
        out[name + ".use"] = static_cast<double>(state.published.use[r]);
        out[name + ".stock"] = static_cast<double>(state.published.stock[r]);
        out[name + ".received"] = static_cast<double>(state.published.received[r]);
    }
    for (std::size_t r = 0; r < structure.regions.size(); ++r) {
        const std::string& id = structure.regions[r].id;
        out[id + ".duty"] = static_cast<double>(state.published.duty_by_region[r]);
        for (std::size_t c = 0; c < structure.policy.controls.size(); ++c) {
            const auto& counts = state.published.licences[c * structure.regions.size() + r];
            out[id + ".granted"] = static_cast<double>(counts.granted_g);
            out[id + ".waiting"] = static_cast<double>(counts.in_review_g);
        }
    }
    for (std::size_t r = 0; r < structure.covert.routes.size(); ++r) {
        const auto& flow = state.published.routes[r * structure.products.size()];
        out[structure.covert.routes[r].id + ".shipped"] = static_cast<double>(flow.shipped);
        out[structure.covert.routes[r].id + ".seized"] = static_cast<double>(flow.seized);
    }
    for (std::size_t i = 0; i < structure.stockpiles.size(); ++i) {
        out[structure.stockpiles[i].id + ".held"] = static_cast<double>(state.published.stockpiles[i].stock);
    }
    for (std::size_t i = 0; i < structure.supply.blocks.size(); ++i) {
        out[structure.blocks[structure.supply.blocks[i].block].id + ".capacity"] = static_cast<double>(state.published.capacity[i]);
    }
    for (std::size_t p = 0; p < structure.products.size(); ++p) {
        out[structure.products[p].id + ".outside"] = state.outside_price[p];
    }
    for (std::size_t f = 0; f < structure.n_firms(); ++f) {
        const std::string name = "firm" + std::to_string(structure.firms.key[f]);
        out[name + ".finished"] = static_cast<double>(state.firm.finished[f]);
        out[name + ".price"] = state.firm.price[f];
        out[name + ".demand"] = state.firm.demand[f];
    }
    return out;
}

std::string first_difference(const Values& a, const Values& b)
{
    if (a.size() != b.size()) return "different names";
    for (const auto& [name, value] : a) {
        const auto other = b.find(name);
        if (other == b.end() || other->second != value) return name;
    }
    return {};
}

void check_relabelled(const scenario::Scenario& original, std::uint64_t seed, int days)
{
    Model a(original);
    Model b(relabelled(original, seed));
    REQUIRE(a.structure.n_links() == b.structure.n_links());
    for (int day = 0; day < days; ++day) {
        CAPTURE(original.name, day);
        a.run_to(day);
        b.run_to(day);
        REQUIRE(first_difference(values_by_name(a.structure, a.state), values_by_name(b.structure, b.state)) == "");
    }
}

}  // namespace

TEST_CASE("A4 the order of a scenario's lists cannot matter")
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) check_relabelled(random_scenario(seed), seed + 100, 120);
}

TEST_CASE("A4 everything on: the order of a scenario's lists cannot matter")
{
    for (std::uint64_t seed = 1; seed <= kFullSeeds; ++seed) check_relabelled(full_scenario(seed), seed + 100, 150);
}

TEST_CASE("A4 nor where products are made from each other")
{
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        scenario::Scenario original = random_world(seed);
        original.families[0].flows.clear();
        for (auto& producer : original.producers) {  // oxide from oxide, in every refinery as much
            if (producer.makes != "oxide") continue;
            producer.uses = {original.buyers[0].uses[0]};
            producer.uses[0].product = "oxide";
            producer.uses[0].grams_per_unit = 0.2;
            producer.uses[0].grams_per_day.reset();
            producer.uses[0].remainder.reset();
            producer.growth.outages = {{"a", "", original.time.start + 10, original.time.start + 30, 0.5},
                                       {"b", "", original.time.start + 20, original.time.start + 40, 0.7}};
        }
        Model a(original);
        Model b(relabelled(original, seed + 200));
        for (int day = 0; day < 80; ++day) {
            CAPTURE(seed, day);
            a.run_to(day);
            b.run_to(day);
            REQUIRE(first_difference(values_by_name(a.structure, a.state), values_by_name(b.structure, b.state)) == "");
        }
    }
}

TEST_CASE("A4 sees a changed seed")
{
    scenario::Scenario s = random_scenario(4);
    Model a(s);
    s.seed += 1;
    Model b(s);
    CHECK(first_difference(values_by_name(a.structure, a.state), values_by_name(b.structure, b.state)) != "");
}

// P2. With licences, delays and inertia off the daily model ends where partial equilibrium does.
//
// The scenario is the one shipped (scenarios/limits/partial_equilibrium.yaml): four suppliers of a quarter each, substitution 4,
// supply 5, demand -1, a duty of 5 % on the third from day 1. Published (ExPEM, cut off after four digits): index 1.0099,
// prices of the others 1.0032, of the third 0.9817 and 1.0308 with duty. Whole grams of 100 t a day cost 1e-8.

#include "chokepoint/scenario/scenario_file.hpp"
#include "support/catch.hpp"
#include "support/model.hpp"

#include <cmath>
#include <filesystem>
#include <map>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

struct Supplier {
    double price, quantity;  // over day 0
};

// Suppliers in the order of their names, on the last day.
std::map<std::string, Supplier> market_after(int days, const std::vector<std::string>& overrides = {})
{
    const std::filesystem::path root = CHOKEPOINT_SOURCE_DIR;
    const auto file = scenario::ScenarioFile::load(root / "scenarios/limits/partial_equilibrium.yaml", overrides, root / "data");
    Model model(file.central());
    CHECK(model.structure.exports_of.size() == 4);  // results hold price and quantity of each
    std::map<std::string, Supplier> out;
    std::map<std::string, double> before;
    const auto read = [&](auto act) {
        for (const world::Block& block : model.structure.blocks) {
            if (block.role == world::Role::kProducer) act(block.id, block.first_firm, static_cast<double>(model.state.firm.orders[block.first_firm]));
        }
    };
    model.run_to(0);
    read([&](const std::string& id, std::uint32_t, double orders) { before[id] = orders; });
    model.run_to(days);
    read([&](const std::string& id, std::uint32_t firm, double orders) { out[id] = {std::exp(model.state.firm.ln_price[firm]), orders / before[id]}; });
    return out;
}

// The index of Dixit and Stiglitz at equal base shares.
double index_of(const std::map<std::string, Supplier>& market, double sigma)
{
    double sum = 0;
    for (const auto& [id, supplier] : market) sum += std::pow(supplier.price * (id == "third" ? 1.05 : 1.0), 1 - sigma) / 4;
    return std::pow(sum, 1 / (1 - sigma));
}

struct Expected {
    double index, others, third, quantity_others, quantity_third;
};

void check_market(const std::map<std::string, Supplier>& market, const Expected& expected)
{
    REQUIRE(market.size() == 4);
    constexpr double kTolerance = 2e-6;  // the numbers are given to six digits
    CHECK(index_of(market, 4) == Approx(expected.index).margin(kTolerance));
    for (const auto& [id, supplier] : market) {
        CAPTURE(id);
        CHECK(supplier.price == Approx(id == "third" ? expected.third : expected.others).margin(kTolerance));
        CHECK(supplier.quantity == Approx(id == "third" ? expected.quantity_third : expected.quantity_others).margin(kTolerance));
    }
}

}  // namespace

TEST_CASE("P2 the long run with a composite good is the published partial equilibrium")
{
    check_market(market_after(900), {1.009908, 1.003292, 0.981770, 1.016567, 0.912113});
}

TEST_CASE("P2 the long run where tonnes add up")
{
    check_market(market_after(900, {"behaviour.sourcing.rule=shares"}), {1.009863, 1.003247, 0.981726, 1.016341, 0.911911});
}

// The fifth digit is what tells the two apart, so a test must be able to see it.
TEST_CASE("P2 the two rules differ, and both need the market to move")
{
    CHECK(std::abs(market_after(900).at("third").quantity - market_after(900, {"behaviour.sourcing.rule=shares"}).at("third").quantity) > 1e-4);
    CHECK(market_after(900, {"behaviour.price.speed=0 %/d"}).at("third").price == 1);
}

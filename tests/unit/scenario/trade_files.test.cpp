// Trade files: what is read, and that every file of tests/scenarios/pe/bad gives the messages it opens with.

#include "bad_files.hpp"
#include "chokepoint/scenario/trade_file.hpp"
#include "support.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace chokepoint;

namespace {

const std::filesystem::path kRoot = CHOKEPOINT_SOURCE_DIR;
const std::filesystem::path kFolder = kRoot / "tests/scenarios/pe";

scenario::TradeCase load(const std::string& name, const std::vector<std::string>& overrides = {})
{
    return scenario::load_trade(kFolder / name, overrides, test::good_folder());
}

}  // namespace

TEST_CASE("every bad trade file is told where and why, and its remedy loads")
{
    test::check_bad_files(kFolder / "bad", 12, [](const auto& path, const auto& overrides) {
        try {
            (void)scenario::load_trade(path, overrides, test::good_folder());
        } catch (const core::InputError& error) {
            return error.diagnostics();
        }
        return std::vector<core::Diagnostic>{};
    });
}

TEST_CASE("a trade file is read in model units, with what is not named left free of duty")
{
    const auto trade = load("gsim_4x4.yaml");
    REQUIRE(trade.regions == std::vector<std::string>{"USA", "JPN", "EUX", "ROW"});
    CHECK(trade.titles[2] == "European Union");
    CHECK(trade.value[trade.at(1, 0)] == 500e6);
    CHECK(trade.value[trade.at(0, 0)] == 0);
    CHECK(trade.tariff_before[trade.at(2, 0)] == 0.32);
    CHECK(trade.tariff_after[trade.at(2, 0)] == 0);
    CHECK(trade.tariff_after[trade.at(1, 0)] == trade.tariff_before[trade.at(1, 0)]);
    CHECK(trade.tariff_before[trade.at(2, 2)] == 0);
    CHECK(trade.tariff_before[trade.at(3, 3)] == 0.15);
    CHECK(trade.market == -1);
    CHECK(trade.origin("elasticities.supply").line == 6);
}

TEST_CASE("the only importer is the market, and supply is infinite unless given")
{
    const auto trade = load("smart_two.yaml");
    CHECK(trade.market == 0);
    CHECK(std::isinf(trade.supply[1]));
    CHECK(load("gsim_4x4.yaml", {"market=EUX"}).market == 2);
}

TEST_CASE("`other` stands for those not named, not for sales at home, and an elasticity may be a region's own")
{
    const auto trade = load("gsim_4x4.yaml", {"tariffs.USA={JPN: {before: 37 %, after: 10 %}, other: {before: 20 %}}", "regions.JPN={demand: -0.5, source: assumption}",
                                              "exports.USA.to.USA=10 million USD"});
    CHECK(trade.tariff_before[trade.at(2, 0)] == 0.2);
    CHECK(trade.tariff_after[trade.at(3, 0)] == 0.2);
    CHECK(trade.tariff_before[trade.at(1, 0)] == 0.37);
    CHECK(trade.tariff_before[trade.at(0, 0)] == 0);
    CHECK(trade.demand == std::vector<double>{-1.25, -0.5, -1.25, -1.25});
}

TEST_CASE("shipped trade files load with the sources they name")
{
    for (const char* name : {"magnets_gsim.yaml", "magnets_smart.yaml"}) {
        const auto trade = scenario::load_trade(kRoot / "scenarios/pe" / name, {}, kRoot / "data");
        CHECK(trade.tariff_before[trade.at(trade.regions[0] == "CHN" ? 0 : 1, trade.regions[0] == "CHN" ? 1 : 0)] == 1.45);
    }
}

#include "trade.hpp"

#include <limits>

namespace chokepoint::test {

namespace {

scenario::TradeCase case_of(std::vector<double> million_usd, double demand, double substitution, double supply)
{
    scenario::TradeCase trade;
    trade.name = "made";
    trade.regions = trade.titles = {"AAA", "BBB", "CCC"};
    trade.demand.assign(3, demand);
    trade.substitution.assign(3, substitution);
    trade.supply.assign(3, supply);
    trade.value = std::move(million_usd);
    for (double& value : trade.value) value *= 1e6;
    trade.tariff_before = trade.tariff_after = std::vector<double>(9);
    trade.origin = [](const std::string&) { return core::Location{"made", 1, 1, "", 1}; };
    return trade;
}

}  // namespace

scenario::TradeCase three_regions() { return case_of({40, 100, 60, 200, 50, 80, 90, 20, 30}, -0.8, 3, 1.5); }

scenario::TradeCase one_market()
{
    auto trade = case_of({0, 0, 0, 30, 0, 0, 70, 0, 0}, -1, 1.5, std::numeric_limits<double>::infinity());
    trade.market = 0;
    return trade;
}

void set_duty(scenario::TradeCase& trade, int exporter, int importer, double before, double after)
{
    trade.tariff_before[trade.at(exporter, importer)] = before;
    trade.tariff_after[trade.at(exporter, importer)] = after;
}

}  // namespace chokepoint::test

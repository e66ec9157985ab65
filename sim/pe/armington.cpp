#include "armington.hpp"

#include "chokepoint/core/error.hpp"

#include <fmt/format.h>

#include <cmath>

namespace chokepoint::pe {

std::vector<double> spending_shares(const scenario::TradeCase& trade, const std::vector<double>& value, const std::vector<double>& tariff)
{
    std::vector<double> shares(value.size());
    for (int importer = 0; importer < trade.size(); ++importer) {
        double total = 0;
        for (int exporter = 0; exporter < trade.size(); ++exporter) {
            const std::size_t flow = trade.at(exporter, importer);
            shares[flow] = value[flow] * (1 + tariff[flow]);
            total += shares[flow];
        }
        if (total == 0) continue;
        for (int exporter = 0; exporter < trade.size(); ++exporter) shares[trade.at(exporter, importer)] /= total;
    }
    return shares;
}

std::vector<double> sales(const scenario::TradeCase& trade)
{
    std::vector<double> out(trade.regions.size());
    for (int exporter = 0; exporter < trade.size(); ++exporter)
        for (int importer = 0; importer < trade.size(); ++importer) out[static_cast<std::size_t>(exporter)] += trade.value[trade.at(exporter, importer)];
    return out;
}

std::vector<double> spending(const scenario::TradeCase& trade)
{
    std::vector<double> out(trade.regions.size());
    for (int exporter = 0; exporter < trade.size(); ++exporter) {
        for (int importer = 0; importer < trade.size(); ++importer) {
            const std::size_t flow = trade.at(exporter, importer);
            out[static_cast<std::size_t>(importer)] += trade.value[flow] * (1 + trade.tariff_before[flow]);
        }
    }
    return out;
}

double response(const scenario::TradeCase& trade, const std::vector<double>& shares, int exporter, int other, int importer)
{
    const auto i = static_cast<std::size_t>(importer);
    const double own = exporter == other ? trade.substitution[i] : 0;
    return shares[trade.at(other, importer)] * (trade.demand[i] + trade.substitution[i]) - own;
}

void check_supply(const scenario::TradeCase& trade)
{
    const std::vector<double> sold = sales(trade);
    for (int exporter = 0; exporter < trade.size(); ++exporter) {
        const auto e = static_cast<std::size_t>(exporter);
        if (sold[e] == 0 || std::isfinite(trade.supply[e])) continue;
        core::Diagnostic missing;
        missing.where = trade.origin("elasticities");
        missing.key = "elasticities.supply";
        missing.problem = fmt::format("is missing, and {} has none of its own (GSIM clears the market of every exporter)", trade.regions[e]);
        missing.remedy = "add supply: with its source, or ask for the smart report";
        throw core::InputError({missing});
    }
}

}  // namespace chokepoint::pe

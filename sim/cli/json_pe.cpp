#include "json_pe.hpp"

#include "pe_words.hpp"

#include <nlohmann/json.hpp>

namespace chokepoint::cli {

namespace {

using Json = nlohmann::ordered_json;

Json head(const scenario::TradeCase& trade, const char* report) { return {{"report", report}, {"name", trade.name}, {"title", trade.title}}; }

Json flow_head(const scenario::TradeCase& trade, int exporter, int importer)
{
    const std::size_t flow = trade.at(exporter, importer);
    return {{"exporter", trade.regions[static_cast<std::size_t>(exporter)]},
            {"importer", trade.regions[static_cast<std::size_t>(importer)]},
            {"duty_before_percent", trade.tariff_before[flow] * 100},
            {"duty_after_percent", trade.tariff_after[flow] * 100},
            {"value_before", trade.value[flow]}};
}

Json region(const pe::GsimAnswer& answer, int region)
{
    const auto r = static_cast<std::size_t>(region);
    return {{"price_received", answer.price[r]},     {"price_paid", answer.composite[r]},       {"revenue", answer.revenue[r]},
            {"consumer_surplus", answer.consumer[r]}, {"producer_surplus", answer.producer[r]}, {"net", answer.net(region)}};
}

Json gsim_flow(const pe::GsimAnswer& answer, std::size_t flow) { return {{"value_after", answer.value[flow]}, {"quantity_change", answer.quantity[flow]}}; }

Json smart_flow(const pe::SmartAnswer& answer, int exporter)
{
    const auto e = static_cast<std::size_t>(exporter);
    return {{"creation", answer.creation[e]}, {"diversion", answer.diversion[e]}, {"total", answer.total(exporter)}, {"price_received", answer.price[e]}};
}

}  // namespace

std::string gsim_json(const scenario::TradeCase& trade, const pe::GsimReport& report)
{
    Json out = head(trade, "gsim");
    out["steps"] = report.convergence.steps;
    out["residual"] = report.convergence.residual;
    out["flows"] = Json::array();
    out["regions"] = Json::array();
    for (int exporter = 0; exporter < trade.size(); ++exporter) {
        for (int importer = 0; importer < trade.size(); ++importer) {
            const std::size_t flow = trade.at(exporter, importer);
            if (trade.value[flow] == 0) continue;
            Json row = flow_head(trade, exporter, importer);
            row["levels"] = gsim_flow(report.levels, flow);
            row["linear"] = gsim_flow(report.linear, flow);
            out["flows"].push_back(std::move(row));
        }
    }
    for (int r = 0; r < trade.size(); ++r)
        out["regions"].push_back({{"region", trade.regions[static_cast<std::size_t>(r)]}, {"levels", region(report.levels, r)}, {"linear", region(report.linear, r)}});
    out["words"] = gsim_words(trade, report);
    return out.dump(2) + "\n";
}

std::string smart_json(const scenario::TradeCase& trade, const pe::SmartReport& report)
{
    Json out = head(trade, "smart");
    out["market"] = trade.regions[static_cast<std::size_t>(report.importer)];
    out["flows"] = Json::array();
    for (int exporter = 0; exporter < trade.size(); ++exporter) {
        if (exporter == report.importer || trade.value[trade.at(exporter, report.importer)] == 0) continue;
        Json row = flow_head(trade, exporter, report.importer);
        row["levels"] = smart_flow(report.levels, exporter);
        row["linear"] = smart_flow(report.linear, exporter);
        out["flows"].push_back(std::move(row));
    }
    out["revenue"] = {{"levels", report.levels.revenue}, {"linear", report.linear.revenue}};
    out["words"] = smart_words(trade, report);
    return out.dump(2) + "\n";
}

}  // namespace chokepoint::cli

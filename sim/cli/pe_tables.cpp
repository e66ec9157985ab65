#include "pe_tables.hpp"

#include "format.hpp"
#include "pe_words.hpp"
#include "table.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

namespace {

constexpr double kMillion = 1e6;

std::string money(double usd) { return number_text(usd / kMillion); }
std::string change(double usd) { return signed_text(usd / kMillion); }
std::string percent(double share) { return (share > 0 ? "+" : "") + percent_text(share); }

std::string head(const scenario::TradeCase& trade, const std::string& report)
{
    return fmt::format("{}{}{}\n{}\n", trade.name, trade.title.empty() ? "" : ": ", trade.title, report);
}

std::string said(const std::vector<std::string>& words)
{
    std::string out = "\nHow far the linear answer is off\n";
    for (const std::string& sentence : words) out += fmt::format("* {}\n", sentence);
    return out;
}

// Whether a duty of this importer changes on something it buys.
bool changes(const scenario::TradeCase& trade, int importer)
{
    for (int exporter = 0; exporter < trade.size(); ++exporter) {
        const std::size_t flow = trade.at(exporter, importer);
        if (trade.value[flow] > 0 && trade.tariff_before[flow] != trade.tariff_after[flow]) return true;
    }
    return false;
}

void add_flow_columns(Table& table)
{
    table.column("from", Align::kLeft);
    table.column("to", Align::kLeft);
    table.column("duty\nbefore");
    table.column("duty\nafter");
    table.column("trade before\n[million USD]");
}

std::vector<std::string> flow_cells(const scenario::TradeCase& trade, int exporter, int importer)
{
    const std::size_t flow = trade.at(exporter, importer);
    return {trade.titles[static_cast<std::size_t>(exporter)], trade.titles[static_cast<std::size_t>(importer)], percent_text(trade.tariff_before[flow]),
            percent_text(trade.tariff_after[flow]), money(trade.value[flow])};
}

std::string gsim_flows(const scenario::TradeCase& trade, const pe::GsimReport& report)
{
    Table table;
    add_flow_columns(table);
    table.column("after,\nlevels");
    table.column("after,\nlinearised");
    for (int importer = 0; importer < trade.size(); ++importer) {
        if (!changes(trade, importer)) continue;
        for (int exporter = 0; exporter < trade.size(); ++exporter) {
            const std::size_t flow = trade.at(exporter, importer);
            if (trade.value[flow] == 0) continue;
            std::vector<std::string> cells = flow_cells(trade, exporter, importer);
            cells.push_back(money(report.levels.value[flow]));
            cells.push_back(money(report.linear.value[flow]));
            table.row(std::move(cells));
        }
    }
    return table.to_string();
}

// Whether a region sells, or buys, anything: without, it has no price.
bool trades(const scenario::TradeCase& trade, int region, bool sells)
{
    for (int other = 0; other < trade.size(); ++other)
        if (trade.value[sells ? trade.at(region, other) : trade.at(other, region)] > 0) return true;
    return false;
}

std::vector<std::string> region_cells(const scenario::TradeCase& trade, const pe::GsimAnswer& answer, int region)
{
    const auto r = static_cast<std::size_t>(region);
    return {trades(trade, region, true) ? percent(answer.price[r]) : "-", trades(trade, region, false) ? percent(answer.composite[r]) : "-", change(answer.revenue[r]),
            change(answer.consumer[r]), change(answer.producer[r]),   change(answer.net(region))};
}

std::string gsim_regions(const scenario::TradeCase& trade, const pe::GsimReport& report)
{
    Table table;
    table.column("region", Align::kLeft);
    table.column("answer", Align::kLeft);
    for (const char* heading : {"price\nreceived", "price\npaid", "duty revenue\n[million USD]", "consumer\nsurplus", "producer\nsurplus", "net\ngain"}) table.column(heading);
    for (int region = 0; region < trade.size(); ++region) {
        for (const bool levels : {true, false}) {
            std::vector<std::string> cells = region_cells(trade, levels ? report.levels : report.linear, region);
            cells.insert(cells.begin(), levels ? "levels" : "linearised");
            cells.insert(cells.begin(), levels ? trade.titles[static_cast<std::size_t>(region)] : "");
            table.row(std::move(cells));
        }
    }
    return table.to_string();
}

std::string smart_flows(const scenario::TradeCase& trade, const pe::SmartReport& report)
{
    Table table;
    add_flow_columns(table);
    table.column("answer", Align::kLeft);
    for (const char* heading : {"creation", "diversion", "total", "price\nreceived"}) table.column(heading);
    for (int exporter = 0; exporter < trade.size(); ++exporter) {
        const auto e = static_cast<std::size_t>(exporter);
        if (exporter == report.importer || trade.value[trade.at(exporter, report.importer)] == 0) continue;
        for (const bool levels : {true, false}) {
            const pe::SmartAnswer& answer = levels ? report.levels : report.linear;
            std::vector<std::string> cells = levels ? flow_cells(trade, exporter, report.importer) : std::vector<std::string>(5);
            for (const std::string& cell : {std::string(levels ? "levels" : "linearised"), change(answer.creation[e]), change(answer.diversion[e]),
                                            change(answer.total(exporter)), percent(answer.price[e])})
                cells.push_back(cell);
            table.row(std::move(cells));
        }
    }
    return table.to_string();
}

}  // namespace

std::string gsim_text(const scenario::TradeCase& trade, const pe::GsimReport& report)
{
    const std::string solved = fmt::format("GSIM; levels solved in {}, worst market out of balance by {:.1e}", counted_text(static_cast<std::uint64_t>(report.convergence.steps), "step"),
                                           report.convergence.residual);
    return head(trade, solved) + "\n" + gsim_flows(trade, report) + "\n" + gsim_regions(trade, report) + said(gsim_words(trade, report));
}

std::string smart_text(const scenario::TradeCase& trade, const pe::SmartReport& report)
{
    const std::string revenue = fmt::format("\nduty revenue: {} million USD in levels, {} linearised\n", change(report.levels.revenue), change(report.linear.revenue));
    return head(trade, fmt::format("SMART, market of {}; creation, diversion and total in million USD at prices before", trade.titles[static_cast<std::size_t>(report.importer)])) +
           "\n" + smart_flows(trade, report) + revenue + said(smart_words(trade, report));
}

}  // namespace chokepoint::cli

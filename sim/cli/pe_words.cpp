#include "pe_words.hpp"

#include "format.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace chokepoint::cli {

namespace {

constexpr double kSame = 0.005;  // gaps below half a per cent are not worth a sentence of their own
constexpr double kMillion = 1e6;

std::string money(double usd) { return number_text(usd / kMillion); }
std::string change(double usd) { return signed_text(usd / kMillion) + " million USD"; }
std::string percent(double share) { return (share > 0 ? "+" : "") + percent_text(share); }

// The flow whose 1 + t changes most, as (exporter, importer); of several importers or of one.
std::pair<int, int> largest_change(const scenario::TradeCase& trade, int only_importer)
{
    std::pair<int, int> out{0, 0};
    double largest = 0;
    for (int exporter = 0; exporter < trade.size(); ++exporter) {
        for (int importer = 0; importer < trade.size(); ++importer) {
            const std::size_t flow = trade.at(exporter, importer);
            const double size = std::abs(std::log((1 + trade.tariff_after[flow]) / (1 + trade.tariff_before[flow])));
            if (trade.value[flow] == 0 || size <= largest || (only_importer >= 0 && importer != only_importer)) continue;
            largest = size;
            out = {exporter, importer};
        }
    }
    return out;
}

std::string duty_words(const scenario::TradeCase& trade, std::size_t flow)
{
    return fmt::format("{} to {}", percent_text(trade.tariff_before[flow]), percent_text(trade.tariff_after[flow]));
}

std::string below_nothing(double linear, double levels)
{
    if (levels < 0) return " A flow below nothing cannot be: SMART takes creation and diversion both from the value before. GSIM does not.";
    return linear < 0 ? " A flow below nothing cannot be: the change is too large for the linear form." : "";
}

std::string flow_words(const scenario::TradeCase& trade, int exporter, int importer, double linear, double levels)
{
    const std::size_t flow = trade.at(exporter, importer);
    return fmt::format("Trade from {} to {}, duty {}: {} million USD before, {} after, {} after if linearised. The linear change is {}.{}",
                       trade.titles[static_cast<std::size_t>(exporter)], trade.titles[static_cast<std::size_t>(importer)], duty_words(trade, flow),
                       money(trade.value[flow]), money(levels), money(linear), how_far(linear - trade.value[flow], levels - trade.value[flow]), below_nothing(linear, levels));
}

// The region whose net gain the linear answer misses by the most dollars.
std::size_t widest_gap(const scenario::TradeCase& trade, const pe::GsimReport& report)
{
    int widest = 0;
    const auto gap = [&](int region) { return std::abs(report.linear.net(region) - report.levels.net(region)); };
    for (int region = 1; region < trade.size(); ++region)
        if (gap(region) > gap(widest)) widest = region;
    return static_cast<std::size_t>(widest);
}

}  // namespace

std::string how_far(double linear, double levels)
{
    if (linear == 0 && levels == 0) return "nothing, as in levels";
    if (linear * levels < 0) return "of the wrong sign";
    if (levels == 0) return "something where there is nothing in levels";
    const double gap = linear / levels - 1;
    if (std::abs(gap) < kSame) return "the same to half a per cent";
    return fmt::format("{} too {}", percent_text(std::abs(gap)), gap < 0 ? "small" : "large");
}

std::vector<std::string> gsim_words(const scenario::TradeCase& trade, const pe::GsimReport& report)
{
    const auto& [linear, levels, convergence] = report;
    const auto [exporter, importer] = largest_change(trade, -1);
    const std::size_t flow = trade.at(exporter, importer);
    const auto e = static_cast<std::size_t>(exporter), i = static_cast<std::size_t>(importer);
    const auto price = [&](const std::string& who, double line, double level) {
        return fmt::format("{}: {} in levels, {} linearised, which is {}.", who, percent(level), percent(line), how_far(line, level));
    };
    const std::size_t wide = widest_gap(trade, report);
    const int region = static_cast<int>(wide);
    return {flow_words(trade, exporter, importer, linear.value[flow], levels.value[flow]),
            price(fmt::format("Price paid by buyers, {} (duty included)", trade.titles[i]), linear.composite[i], levels.composite[i]),
            price(fmt::format("Price received by producers, {}", trade.titles[e]), linear.price[e], levels.price[e]),
            fmt::format("Net gain, {} (the widest gap): {} in levels, {} linearised, which is {}.", trade.titles[wide], change(levels.net(region)), change(linear.net(region)),
                        how_far(linear.net(region), levels.net(region)))};
}

std::vector<std::string> smart_words(const scenario::TradeCase& trade, const pe::SmartReport& report)
{
    const int exporter = largest_change(trade, report.importer).first;
    const auto e = static_cast<std::size_t>(exporter);
    const std::size_t flow = trade.at(exporter, report.importer);
    const auto both = [&](const char* what, double linear, double levels) {
        return fmt::format("{}: {} in levels, {} linearised, which is {}.", what, change(levels), change(linear), how_far(linear, levels));
    };
    return {flow_words(trade, exporter, report.importer, trade.value[flow] + report.linear.total(exporter), trade.value[flow] + report.levels.total(exporter)),
            both("Trade creation", report.linear.creation[e], report.levels.creation[e]),
            both("Trade diversion", report.linear.diversion[e], report.levels.diversion[e]),
            both("Duty revenue", report.linear.revenue, report.levels.revenue)};
}

}  // namespace chokepoint::cli

#include "commands.hpp"
#include "json_pe.hpp"
#include "options.hpp"
#include "pe_tables.hpp"

#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

ExitCode pe(Arguments arguments)
{
    Options options("pe", "Partial-equilibrium report on a trade file: the answer in levels beside the linear one trade economists use.");
    std::vector<std::string> reports, files, overrides;
    bool json = false;
    options.positional("REPORT", reports, 1, 1, "gsim (many regions) or smart (one importer)");
    options.positional("FILE", files, 1, 1, "trade file, NAME.yaml");
    options.list("--set", "KEY=VALUE", overrides, "override a value; may be repeated");
    options.flag("--json", json, "print as JSON");
    if (!options.parse(arguments)) return ExitCode::kDone;
    const std::string& report = reports.front();
    if (report != "gsim" && report != "smart")
        throw UsageError(fmt::format("pe: unknown report \"{}\"; {}", report, core::did_you_mean(report, {"gsim", "smart"}, "reports")));
    const scenario::TradeCase trade = scenario::load_trade(files.front(), overrides, core::data_directory());
    if (report == "gsim") {
        const chokepoint::pe::GsimReport found = chokepoint::pe::gsim(trade);
        fmt::print("{}", json ? gsim_json(trade, found) : gsim_text(trade, found));
    } else {
        const chokepoint::pe::SmartReport found = chokepoint::pe::smart(trade);
        fmt::print("{}", json ? smart_json(trade, found) : smart_text(trade, found));
    }
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

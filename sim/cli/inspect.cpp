#include "commands.hpp"
#include "format.hpp"
#include "json_answers.hpp"
#include "options.hpp"
#include "table.hpp"
#include "talk.hpp"

#include "chokepoint/record/result_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace chokepoint::cli {

namespace {

void print_pairs(const char* title, const std::vector<std::pair<std::string, std::string>>& pairs)
{
    fmt::print("{}\n", title);
    for (const auto& [name, value] : pairs) fmt::print("  {:<20} {}\n", name, value);
}

void print_variables(const record::ResultSummary& summary)
{
    Table table;
    table.column("variable", Align::kLeft);
    table.column("dimensions", Align::kLeft);
    table.column("shape", Align::kLeft);
    table.column("type", Align::kLeft);
    table.column("unit", Align::kLeft);
    table.column("meaning", Align::kLeft);
    for (const auto& v : summary.variables) {
        table.row(
            {v.name, v.dims, fmt::format("{}", fmt::join(v.shape, " x ")), v.dtype, v.unit, v.long_name});
    }
    fmt::print("\n{}", table.to_string());
}

void print_summary(const record::ResultSummary& summary, bool scenario)
{
    print_pairs("attributes", summary.attributes);
    print_pairs("provenance", summary.provenance);
    fmt::print("inputs\n");
    for (const auto& input : summary.inputs) fmt::print("  {}  {}\n", input.sha256, input.path);
    fmt::print("members: {} of {} done\n", summary.members_done, summary.members_requested);
    for (const auto& [member, error] : summary.failures)
        fmt::print("  member {} failed: {}\n", member, error);
    print_variables(summary);
    if (scenario) fmt::print("\n{}", summary.scenario);
    fmt::print("\n{}\n", summary.problems.empty() ? "no problems found"
                                                  : counted_text(summary.problems.size(), "problem") + ":");
    for (const auto& problem : summary.problems) fmt::print("  {}\n", problem);
}

}  // namespace

ExitCode inspect(Arguments arguments)
{
    Options options("inspect",
                    "Print what a result file holds, where it came from, and what is wrong with it.");
    std::vector<std::string> files;
    bool strict = false, scenario = false, json = false;
    options.positional("FILE", files, 1, 1, "result, NAME.h5");
    options.flag("--strict", strict, "read every value; fail on any problem (exit 4) and on missing members (exit 5)");
    options.flag("--scenario", scenario, "also the scenario it was made from");
    options.flag("--json", json, "print as JSON");
    if (!options.parse(arguments)) return ExitCode::kDone;
    auto summary = record::read_summary(files.front());
    if (strict) {
        for (auto& problem : record::unreadable(files.front())) summary.problems.push_back(std::move(problem));
    }
    if (json) {
        fmt::print("{}", inspect_json(summary, scenario));
    } else {
        print_summary(summary, scenario);
    }
    if (!strict) return ExitCode::kDone;
    if (!summary.problems.empty()) return ExitCode::kEnvironment;
    return summary.members_done < summary.members_requested ? ExitCode::kIncomplete : ExitCode::kDone;
}

}  // namespace chokepoint::cli

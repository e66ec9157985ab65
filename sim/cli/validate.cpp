#include "commands.hpp"
#include "format.hpp"
#include "json_plan.hpp"
#include "load.hpp"
#include "options.hpp"
#include "plan.hpp"
#include "talk.hpp"
#include "width.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/world/build.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

namespace {

void print_plan(const std::string& path, const scenario::ScenarioFile& file, const scenario::Scenario& central,
                const world::Structure& structure)
{
    fmt::print("{}: {} is valid, {}\n", path, central.name, counted_text(file.warnings().size(), "warning"));
    if (!central.title.empty()) fmt::print("{}\n", central.title);
    fmt::print("{}", counts_plan(structure));
    fmt::print("{}, seed {}\n",
               counted_text(static_cast<std::uint64_t>(central.ensemble.members), "member"), central.seed);
    for (const auto& parameter : file.varied()) {
        fmt::print("  {} varies: {}\n", parameter.path, parameter.distribution);
    }
    fmt::print("{}{}", duty_plan(structure, output_width()), deadline_plan(structure, file.dated_steps()));
    fmt::print("{}{}{}", regimes_plan(central), rules_plan(structure), needs_plan(world::judge(central, file.published()).gaps));
}

}  // namespace

ExitCode validate(Arguments arguments)
{
    Options options("validate",
                    "Check scenarios - syntax, keys, meaning, the world they make - and print their plan.");
    std::vector<std::string> files, overrides;
    bool quiet = false, json = false;
    options.positional("FILE", files, 1, kAnyNumber, "scenarios");
    options.list("--set", "KEY=VALUE", overrides, "override a value; may be repeated");
    options.flag("-q,--quiet", quiet, "print errors and warnings alone");
    options.flag("--json", json, "print plans, warnings and errors as JSON");
    if (!options.parse(arguments)) return ExitCode::kDone;
    if (quiet && json) throw UsageError("validate: give --quiet or --json, not both");
    ExitCode code = ExitCode::kDone;
    PlansJson plans;
    bool first = true;
    for (const std::string& path : files) {
        try {
            const auto file = load_scenario(path, overrides);
            const scenario::Scenario central = file.central();
            const world::Structure structure = world::build_structure(central);
            if (quiet) continue;
            if (json) {
                plans.add(path, file, central, structure);
                continue;
            }
            if (!first) fmt::print("\n");
            print_plan(path, file, central, structure);
            first = false;
        } catch (const core::InputError& error) {  // the other files may have errors too
            talk("{}\n", error.what());
            plans.add_invalid(path, error);
            code = ExitCode::kInvalid;
        }
    }
    if (json) fmt::print("{}", plans.text());
    return code;
}

}  // namespace chokepoint::cli

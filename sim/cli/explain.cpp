#include "commands.hpp"
#include "options.hpp"

#include "chokepoint/core/suggest.hpp"
#include "chokepoint/record/variables.hpp"
#include "chokepoint/scenario/reference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <vector>

namespace chokepoint::cli {

namespace {

std::optional<std::string> explain_variable(const std::string& name)
{
    for (const record::Variable& variable : record::variables()) {
        if (variable.name != name) continue;
        std::vector<std::string> dims;
        for (const record::Dim dim : variable.dims) dims.emplace_back(record::dim_name(dim));
        return fmt::format("{}({})  [{}]  a variable of result files\n  {}\n  {}\n", name,
                           fmt::join(dims, ", "), variable.unit, variable.long_name, variable.sentence);
    }
    for (const record::Label& label : record::labels()) {
        if (label.name != name) continue;
        return fmt::format("{}({})  [{}]  describes an axis of result files\n  {}\n", name,
                           record::dim_name(label.dim), label.unit, label.sentence);
    }
    return std::nullopt;
}

[[noreturn]] void unknown(const std::string& key)
{
    std::vector<std::string> variables;
    for (const record::Variable& variable : record::variables()) variables.emplace_back(variable.name);
    std::vector<std::string> near = scenario::similar_keys(key);
    const std::string variable = core::closest(key, variables);
    if (!variable.empty()) near.insert(near.begin(), variable);
    throw UsageError(fmt::format("explain: \"{}\" is neither a scenario key nor an output variable{}", key,
                                 near.empty() ? "; chokepoint schema --keys lists all keys"
                                              : fmt::format("; did you mean {}?", fmt::join(near, ", "))));
}

}  // namespace

ExitCode explain(Arguments arguments)
{
    Options options("explain",
                    "Explain a key of scenarios (licensing.mofcom_18.deadline, or just deadline) or a "
                    "variable of results.");
    std::vector<std::string> keys;
    options.positional("KEY", keys, 1, kAnyNumber, "what to explain");
    if (!options.parse(arguments)) return ExitCode::kDone;
    for (const std::string& key : keys) {
        const auto variable = explain_variable(key);
        const auto scenario_key = scenario::explain(key);
        if (!variable && !scenario_key) unknown(key);
        if (scenario_key) fmt::print("{}{}", *scenario_key, scenario_key->ends_with('\n') ? "" : "\n");
        if (variable) fmt::print("{}", *variable);
    }
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

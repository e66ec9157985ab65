#include "commands.hpp"
#include "options.hpp"

#include "chokepoint/record/variables.hpp"
#include "chokepoint/scenario/reference.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

ExitCode schema(Arguments arguments)
{
    Options options("schema",
                    "Print the JSON Schema of scenarios (draft-07), or a generated reference page.");
    bool keys = false, results = false, trade = false;
    options.flag("--keys", keys, "instead, the reference of scenario keys in Markdown");
    options.flag("--results", results, "instead, the reference of output variables in Markdown");
    options.flag("--trade", trade, "of trade files instead of scenarios");
    if (!options.parse(arguments)) return ExitCode::kDone;
    if (keys && results) throw UsageError("schema: give --keys or --results, not both");
    if (trade && results) throw UsageError("schema: give --trade or --results, not both");
    if (trade) {
        fmt::print("{}", keys ? scenario::trade_key_reference() : scenario::trade_json_schema());
        return ExitCode::kDone;
    }
    fmt::print("{}", keys      ? scenario::key_reference()
                     : results ? record::results_reference()
                               : scenario::json_schema());
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

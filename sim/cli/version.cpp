#include "commands.hpp"
#include "json_answers.hpp"
#include "options.hpp"

#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/version.hpp"
#include "chokepoint/record/header.hpp"
#include "chokepoint/record/variables.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

ExitCode version(Arguments arguments)
{
    Options options("version", "Print version, commit and data folder.");
    bool json = false;
    options.flag("--json", json, "print as JSON");
    if (!options.parse(arguments)) return ExitCode::kDone;
    if (json) {
        fmt::print("{}", version_json());
        return ExitCode::kDone;
    }
    fmt::print("chokepoint {} (commit {})\n", core::version(), core::commit());
    fmt::print("result schema {}.{}, scenario grammar 1\n", record::kSchemaMajor, record::kSchemaMinor);
    fmt::print("compiler {}\n", record::compiler_version());
    for (const auto& [name, number] : record::record_libraries()) fmt::print("{} {}\n", name, number);
    fmt::print("data {}\n", core::data_directory().string());
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

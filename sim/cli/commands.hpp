#pragma once
// The commands of the program: one row each, one source file each.
//
// A command declares its options, parses its arguments and acts. It returns an exit code or throws
// what main turns into one.

#include "exit_code.hpp"

#include <span>
#include <string>

namespace chokepoint::cli {

using Arguments = std::span<const std::string>;  // what follows the name of the command

struct Command {
    const char* name;
    const char* usage;    // what follows the name, in short
    const char* summary;  // one sentence
    ExitCode (*act)(Arguments);
};
[[nodiscard]] std::span<const Command> commands();

// Acts on a whole command line (without the program's name); never throws.
[[nodiscard]] ExitCode run_program(Arguments arguments);

ExitCode new_scenario(Arguments);
ExitCode validate(Arguments);
ExitCode show(Arguments);
ExitCode explain(Arguments);
ExitCode run(Arguments);
ExitCode compare(Arguments);        // in external.cpp, like the next four
ExitCode report(Arguments);
ExitCode export_tables(Arguments);
ExitCode score(Arguments);
ExitCode fit(Arguments);
ExitCode inspect(Arguments);
ExitCode pe(Arguments);
ExitCode schema(Arguments);
ExitCode completion(Arguments);
ExitCode bench(Arguments);
ExitCode version(Arguments);

}  // namespace chokepoint::cli

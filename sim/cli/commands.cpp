#include "commands.hpp"

#include "comparable.hpp"
#include "external.hpp"
#include "options.hpp"
#include "talk.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/core/suggest.hpp"
#include "chokepoint/core/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <system_error>
#include <vector>

namespace chokepoint::cli {

namespace {

constexpr std::array<Command, 16> kCommands{{
    {"new", "NAME", "write a commented scenario to start from", new_scenario},
    {"validate", "FILE...", "check scenarios and print what they would do", validate},
    {"show", "FILE", "print a scenario as it is after merging", show},
    {"explain", "KEY", "explain a key, a variable, or why a buyer group was short", explain},
    {"run", "FILE...", "run scenarios and write their results", run},
    {"compare", "A B...", "differences between results, member by member, with intervals", compare},
    {"report", "FILE...", "write results as one self-contained HTML page", report},
    {"export", "FILE...", "write results as a tidy CSV or in the IAMC layout", export_tables},
    {"score", "FILE", "set a result against published monthly series and plain forecasts", score},
    {"fit", "FILE", "find the values of a scenario that published monthly series allow", fit},
    {"inspect", "FILE", "print what a result file holds and where it came from", inspect},
    {"pe", "gsim|smart FILE", "partial-equilibrium report on a trade file, in levels and linearised", pe},
    {"schema", "", "print the JSON Schema of scenarios for editors", schema},
    {"completion", "SHELL", "print what a shell needs to complete commands and keys", completion},
    {"bench", "", "measure time and memory per link on synthetic worlds", bench},
    {"version", "", "print version, commit and data folder", version},
}};

std::string program_help()
{
    std::string out =
        "chokepoint: a trade-policy scenario simulator\n\nUsage: chokepoint COMMAND [OPTIONS]\n\nCommands:\n";
    for (const Command& command : kCommands) {
        out +=
            fmt::format("  {:<20}{}\n", fmt::format("{} {}", command.name, command.usage), command.summary);
    }
    return out + "\nchokepoint COMMAND --help shows the options of a command.\n";
}

const Command& command_named(const std::string& name)
{
    std::vector<std::string> names;
    for (const Command& command : kCommands) {
        if (name == command.name) return command;
        names.emplace_back(command.name);
    }
    throw UsageError(
        fmt::format("unknown command \"{}\"; {}", name, core::did_you_mean(name, names, "commands")));
}

// Answers are UTF-8, in JSON and in results, and name what they were made from.
void require_utf8(Arguments arguments)
{
    for (const std::string& word : arguments) {
        if (core::is_utf8(word)) continue;
        throw UsageError(fmt::format("\"{}\" is not UTF-8, so no answer could name it; rename the file or folder, or go into the folder "
                                     "and name the file from there", core::in_utf8(word)));
    }
}

ExitCode act(Arguments arguments)
{
    require_utf8(arguments);
    if (arguments.empty()) {
        talk("{}", program_help());
        return ExitCode::kUsage;
    }
    const std::string& first = arguments.front();
    if (first == "--help" || first == "-h" || first == "help") {
        fmt::print("{}", program_help());
        return ExitCode::kDone;
    }
    if (first == "--version") return version({});
    const auto rest = arguments.subspan(1);
    const bool ours = std::any_of(kCommands.begin(), kCommands.end(), [&](const Command& c) { return first == c.name; });
    if (const auto program = ours ? std::filesystem::path{} : external_program(first); !program.empty())
        become(program, {rest.begin(), rest.end()});
    return command_named(first).act(rest);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

ExitCode run_program(Arguments arguments)
{
    try {
        const ExitCode code = act(arguments);
        // A full disk behind a redirected stdout shows only when the last bytes go out.
        if (std::fflush(stdout) != 0)
            throw std::system_error(errno, std::generic_category(), "cannot write to stdout");
        return code;
    } catch (const UsageError& error) {
        say(error.what());
        say("chokepoint --help shows the commands, chokepoint COMMAND --help their options");
        return ExitCode::kUsage;
    } catch (const NotComparable& error) {
        say(error.what());
        return ExitCode::kCondition;
    } catch (const core::InputError& error) {
        talk("{}\n", error.what());
        return ExitCode::kInvalid;
    } catch (const core::EnvironmentError& error) {
        say(error.what());
        return ExitCode::kEnvironment;
    } catch (const std::system_error& error) {  // of the standard library and fmt: a full stdout, no access
        const std::string what = error.what();
        // fmt::print says "file", whatever it is; the program prints to stdout alone.
        say(what.starts_with("cannot write to file") ? "cannot write to stdout: " + error.code().message() : what);
        return ExitCode::kEnvironment;
    } catch (const std::bad_alloc&) {
        say("memory ran out; fewer threads (-j) or a smaller world.scale need less");
        return ExitCode::kInternal;
    } catch (const std::exception& error) {
        say(std::string(error.what()) +
            " (this is an error of the program or its model, not of the scenario)");
        return ExitCode::kInternal;
    }
}

}  // namespace chokepoint::cli

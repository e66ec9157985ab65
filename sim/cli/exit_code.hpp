#pragma once
// What the program's exit code means. Scripts rely on it; the list is part of the interface.

namespace chokepoint::cli {

enum class ExitCode : int {
    kDone = 0,
    kInternal = 1,       // the model broke one of its own rules, or memory ran out
    kUsage = 2,          // the command line is wrong
    kInvalid = 3,        // a scenario is wrong
    kEnvironment = 4,    // cannot read or write
    kIncomplete = 5,     // some members failed
    kCondition = 6,      // a --fail-if condition held, or files cannot be compared
    kInterrupted = 130,  // SIGINT; --resume continues
    kTerminated = 143,   // SIGTERM; --resume continues
};

}  // namespace chokepoint::cli

#pragma once
// Commands that live outside the program, found the way git finds its own: a program chokepoint-NAME beside
// this one or on the PATH; for compare, report, export, score and fit else the Python package.

#include "commands.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint::cli {

// The first chokepoint-NAME that may be executed, beside the program and then on the PATH; empty without one.
[[nodiscard]] std::filesystem::path external_program(const std::string& name);

// Becomes the program; returns only by throwing core::EnvironmentError.
[[noreturn]] void become(const std::filesystem::path& program, const std::vector<std::string>& arguments);

// Becomes `chokepoint-NAME ARGUMENTS`, or the Python package's NAME. Without Python it says which
// Debian packages to install, exit 4. The interpreter is $CHOKEPOINT_PYTHON, else Debian's, else that of the PATH.
ExitCode in_python(const std::string& name, Arguments arguments);

}  // namespace chokepoint::cli

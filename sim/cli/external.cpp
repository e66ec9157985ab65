#include "external.hpp"

#include "talk.hpp"

#include "chokepoint/core/error.hpp"

#include <fmt/format.h>

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace chokepoint::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kPythonPackages = "python3 python3-h5py python3-numpy python3-pandas";
constexpr const char* kPackagesOfFit = " python3-scipy";
constexpr const char* kStart = "chokepoint_command.py";

std::string from_environment(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

bool may_execute(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

fs::path program_folder()
{
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    return failed ? fs::path{} : program.parent_path();
}

fs::path on_path(const std::string& name)
{
    const std::string folders = from_environment("PATH");
    for (std::size_t begin = 0; begin <= folders.size();) {
        const std::size_t end = std::min(folders.find(':', begin), folders.size());
        const fs::path candidate = fs::path(folders.substr(begin, end - begin)) / name;
        if (end > begin && may_execute(candidate)) return candidate;
        begin = end + 1;
    }
    return {};
}

// A chosen interpreter that is none must not be replaced in silence by another.
fs::path interpreter()
{
    if (const std::string chosen = from_environment("CHOKEPOINT_PYTHON"); !chosen.empty())
        return may_execute(chosen) ? fs::path(chosen) : fs::path{};
    const fs::path debian = "/usr/bin/python3";  // whose modules are the Debian packages
    return may_execute(debian) ? debian : on_path("python3");
}

// The folder that holds the package: installed beside the program, else that of the checkout.
fs::path package_folder()
{
    const fs::path installed = program_folder().parent_path() / "share/chokepoint/analysis";
    for (const fs::path& candidate : {installed, fs::path(CHOKEPOINT_SOURCE_ANALYSIS)}) {
        std::error_code ignored;
        if (fs::is_regular_file(candidate / kStart, ignored)) return candidate;
    }
    throw core::EnvironmentError(installed.string(), "no Python package there nor in the checkout the program was built from");
}

// The script of the report as the build left it; an installed package holds its own.
void tell_python_of_the_script()
{
    const fs::path script = program_folder().parent_path() / "analysis/charts.js";
    std::error_code ignored;
    if (fs::is_regular_file(script, ignored)) ::setenv("CHOKEPOINT_REPORT_SCRIPT", script.c_str(), 0);
}

// This very program, which `fit` and `score` run scenarios with.
void tell_python_of_the_program()
{
    std::error_code failed;
    if (const fs::path program = fs::read_symlink("/proc/self/exe", failed); !failed) ::setenv("CHOKEPOINT_PROGRAM", program.c_str(), 0);
}

}  // namespace

fs::path external_program(const std::string& name)
{
    if (name.empty() || name.find('/') != std::string::npos) return {};
    const fs::path beside = program_folder() / ("chokepoint-" + name);
    return may_execute(beside) ? beside : on_path("chokepoint-" + name);
}

void become(const fs::path& program, const std::vector<std::string>& arguments)
{
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(program.c_str(), pointers.data());
    throw core::EnvironmentError(program.string(), "cannot be started", errno);
}

ExitCode in_python(const std::string& name, Arguments arguments)
{
    if (const fs::path own = external_program(name); !own.empty())
        become(own, {arguments.begin(), arguments.end()});
    const fs::path python = interpreter();
    if (python.empty()) {
        say(fmt::format("{} is written in Python, which is not here; on Debian, as root:\n"
                        "apt-get install -y --no-install-recommends {}{}",
                        name, kPythonPackages, name == "fit" ? kPackagesOfFit : ""));
        return ExitCode::kEnvironment;
    }
    tell_python_of_the_script();
    tell_python_of_the_program();
    std::vector<std::string> words{(package_folder() / kStart).string(), name};
    words.insert(words.end(), arguments.begin(), arguments.end());
    become(python, words);
}

ExitCode compare(Arguments arguments) { return in_python("compare", arguments); }
ExitCode report(Arguments arguments) { return in_python("report", arguments); }
ExitCode export_tables(Arguments arguments) { return in_python("export", arguments); }
ExitCode score(Arguments arguments) { return in_python("score", arguments); }
ExitCode fit(Arguments arguments) { return in_python("fit", arguments); }

}  // namespace chokepoint::cli

#include "chokepoint/core/data_directory.hpp"

#include "chokepoint/core/error.hpp"

#include <cstdlib>
#include <system_error>

namespace chokepoint::core {

namespace fs = std::filesystem;

namespace {

bool is_folder(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

fs::path installed_data()
{
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    return failed ? fs::path{} : program.parent_path().parent_path() / "share/chokepoint/data";
}

}  // namespace

fs::path data_directory()
{
    if (const char* chosen = std::getenv("CHOKEPOINT_DATA"); chosen != nullptr && *chosen != '\0') {
        if (!is_folder(chosen)) throw EnvironmentError(chosen, "CHOKEPOINT_DATA names no folder");
        return chosen;
    }
    for (const fs::path& candidate : {installed_data(), fs::path(CHOKEPOINT_SOURCE_DATA)}) {
        if (is_folder(candidate)) return candidate;
    }
    throw EnvironmentError(CHOKEPOINT_SOURCE_DATA,
                           "no data folder there nor beside the program; set CHOKEPOINT_DATA");
}

}  // namespace chokepoint::core

#include "output_file.hpp"

#include "chokepoint/core/error.hpp"

#include <fmt/format.h>

namespace chokepoint::cli {

namespace fs = std::filesystem;

fs::path followed(const fs::path& path)
{
    std::error_code failed;
    const fs::path real = fs::is_symlink(path, failed) ? fs::canonical(path, failed) : fs::path{};
    return real.empty() ? path : real;
}

void require_file(const fs::path& path)
{
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (fs::is_symlink(fs::symlink_status(path, ignored)) && !fs::exists(status))
        throw core::EnvironmentError(path.string(), fmt::format("a link to {}, which is not there; remove the link or name another file",
                                                                fs::read_symlink(path, ignored).string()));
    if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))
        throw core::EnvironmentError(path.string(), "a device, a pipe or a socket, and no file; name another");
}

}  // namespace chokepoint::cli

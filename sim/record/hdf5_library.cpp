#include "hdf5_library.hpp"

#include "chokepoint/core/no_room.hpp"

#include <hdf5.h>

#include <fmt/format.h>

#include <cstdlib>

namespace chokepoint::record {

// The library's own clean-up at exit crashes after a failed write (disk full): it flushes the same file
// again. We close what we open, so it is switched off.
void start_hdf5()
{
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // messages go into our errors
}

std::string hdf5_version()
{
    start_hdf5();
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return fmt::format("{}.{}.{}", major, minor, release);
}

namespace {

// The innermost entry of the error stack: "file write failed: ..., errno = 28, error message = 'No space ...'".
std::string innermost_entry()
{
    std::string reason;
    const auto visit = [](unsigned, const H5E_error2_t* entry, void* out) -> herr_t {
        if (entry->desc != nullptr) *static_cast<std::string*>(out) = entry->desc;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, visit, &reason);
    return reason;
}

}  // namespace

std::string hdf5_reason()
{
    const std::string reason = innermost_entry();
    const std::string key = "error message = '";
    const auto at = reason.find(key);
    if (at == std::string::npos) return reason;
    const auto from = at + key.size();
    return reason.substr(from, reason.find('\'', from) - from);
}

void throw_hdf5_error(const std::string& path, const std::string& what_failed)
{
    const std::string entry = innermost_entry(), what = what_failed + " (" + hdf5_reason() + ")";
    const auto at = entry.find("errno = ");
    const int code = at == std::string::npos ? 0 : std::atoi(entry.c_str() + at + 8);
    if (core::means_no_room(code)) throw core::NoRoomError(path, what);
    throw core::EnvironmentError(path, what);
}

std::int64_t hdf5_string_type()
{
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

}  // namespace chokepoint::record

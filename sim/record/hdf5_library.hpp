#pragma once
// What writing and reading share of the HDF5 library: its start, its messages, ids that close themselves.
// The sources hdf5_*.cpp are the only door to the library; its ids pass here as plain integers.

#include <cstdint>
#include <string>

namespace chokepoint::record {

// An id that closes itself.
class Hdf5Id {
  public:
    using Close = int (*)(std::int64_t);
    Hdf5Id(std::int64_t id, Close close) : id_(id), close_(close) {}
    ~Hdf5Id()
    {
        if (id_ >= 0) close_(id_);
    }
    Hdf5Id(const Hdf5Id&) = delete;
    Hdf5Id& operator=(const Hdf5Id&) = delete;
    operator std::int64_t() const { return id_; }  // NOLINT: stands for the id everywhere

  private:
    std::int64_t id_;
    Close close_;
};

// Before anything else of HDF5.
void start_hdf5();
[[nodiscard]] std::string hdf5_version();
// The innermost message of the HDF5 error stack: it holds the system's reason when there is one.
[[nodiscard]] std::string hdf5_reason();
// Throws core::EnvironmentError with that reason, as core::NoRoomError when it is a full disk.
[[noreturn]] void throw_hdf5_error(const std::string& path, const std::string& what_failed);
// A new type of variable-length UTF-8 strings, to be closed by the caller.
[[nodiscard]] std::int64_t hdf5_string_type();

}  // namespace chokepoint::record

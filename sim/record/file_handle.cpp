#include "file_handle.hpp"

#include "chokepoint/core/no_room.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace chokepoint::record {

FileHandle::FileHandle(const std::string& path, Mode mode) : path_(path)
{
    const int flags = mode == Mode::kRead ? O_RDONLY : O_RDWR | O_CREAT;
    descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
    if (descriptor_ < 0) core::throw_environment_error(path, "cannot open", errno);
}

FileHandle::~FileHandle() { ::close(descriptor_); }

void FileHandle::lock()
{
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    if (errno == EWOULDBLOCK) throw core::EnvironmentError(path_, "another process is writing it");
    // Some network file systems have no locks; the run goes on without one.
}

std::uint64_t FileHandle::size() const
{
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0)
        throw core::EnvironmentError(path_, "cannot read its size", errno);
    return static_cast<std::uint64_t>(status.st_size);
}

void FileHandle::read(std::uint64_t offset, std::span<std::byte> out) const
{
    while (!out.empty()) {
        const ssize_t n = ::pread(descriptor_, out.data(), out.size(), static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw core::EnvironmentError(path_, "cannot read", errno);
        if (n == 0) throw core::EnvironmentError(path_, "ends early");
        out = out.subspan(static_cast<std::size_t>(n));
        offset += static_cast<std::uint64_t>(n);
    }
}

void FileHandle::write(std::uint64_t offset, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) core::throw_environment_error(path_, "cannot write", errno);
        bytes = bytes.subspan(static_cast<std::size_t>(n));
        offset += static_cast<std::uint64_t>(n);
    }
}

void FileHandle::truncate(std::uint64_t size)
{
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) {
        throw core::EnvironmentError(path_, "cannot shorten", errno);
    }
}

void FileHandle::sync()
{
    if (::fsync(descriptor_) != 0) core::throw_environment_error(path_, "cannot write to disk", errno);
}

void publish_file(const std::string& from, const std::string& to)
{
    FileHandle(from, FileHandle::Mode::kRead).sync();
    if (std::rename(from.c_str(), to.c_str()) != 0)
        core::throw_environment_error(to, "cannot rename to", errno);
    const auto folder = std::filesystem::path(to).parent_path();
    // The rename itself is lasting once the folder is on disk.
    FileHandle(folder.empty() ? "." : folder.string(), FileHandle::Mode::kRead).sync();
}

void remove_file(const std::string& path)
{
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        throw core::EnvironmentError(path, "cannot remove", errno);
}

bool file_exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

}  // namespace chokepoint::record

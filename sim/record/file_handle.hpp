#pragma once
// An open file with whole reads and writes at given places. Errors name the path.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace chokepoint::record {

class FileHandle {
  public:
    enum class Mode { kRead, kWrite };
    FileHandle(const std::string& path, Mode mode);
    ~FileHandle();
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;

    void lock();  // refuses when another process holds the file
    [[nodiscard]] std::uint64_t size() const;
    void read(std::uint64_t offset, std::span<std::byte> out) const;
    void write(std::uint64_t offset, std::span<const std::byte> bytes);
    void truncate(std::uint64_t size);
    void sync();

  private:
    std::string path_;
    int descriptor_ = -1;
};

// Makes a finished file visible under its name: sync, rename over, sync the folder.
void publish_file(const std::string& from, const std::string& to);
void remove_file(const std::string& path);  // no error when it is not there
[[nodiscard]] bool file_exists(const std::string& path);

}  // namespace chokepoint::record

#pragma once
// Members as they are finished: an append-only file of checksummed records, NAME.h5.part.
//
// The layout is private to this pair of classes. A record is written whole and synced; a record torn
// by a kill is found by its checksum and dropped when the file is opened again. One process writes
// (a second one is refused); reading is safe from several threads.
// Errors: core::EnvironmentError with path and system reason. After a failed append the file ends
// with the last whole record.

#include "chokepoint/record/axes.hpp"
#include "chokepoint/record/member_result.hpp"
#include "chokepoint/record/variables.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::record {

class FileHandle;  // an open file, closed with its owner

// What a part belongs to. A part of another run or another layout is refused.
struct PartKey {
    std::string run_id;
    std::string layout;  // digest of Axes::fingerprint and the table of variables
};
[[nodiscard]] PartKey part_key(const std::string& run_id, const Axes& axes);

// A member ready to be appended; made outside the lock, in parallel.
[[nodiscard]] std::vector<std::byte> encode_member(const MemberResult& result, const MemberLayout& layout);

class PartReader {
  public:
    PartReader(const std::string& path, const PartKey& key, const MemberLayout& layout);
    ~PartReader();
    PartReader(PartReader&&) noexcept;

    [[nodiscard]] std::vector<std::uint32_t> members() const;  // in the file, ascending
    [[nodiscard]] bool contains(std::uint32_t member) const;
    // Everything but the series.
    [[nodiscard]] MemberResult read_front(std::uint32_t member) const;
    // Rows [first, first + n) of one series of a member that is done.
    [[nodiscard]] std::vector<float> read_series(std::uint32_t member, std::size_t series, std::size_t first,
                                                 std::size_t n) const;
    [[nodiscard]] std::uint64_t valid_bytes() const { return valid_bytes_; }  // up to the last whole record

  private:
    struct Entry {
        std::uint64_t offset = 0;  // of the payload
        std::uint32_t front_bytes = 0;
        std::vector<std::uint32_t> slab_bytes;  // compressed, in file order
    };
    [[nodiscard]] const Entry& entry(std::uint32_t member) const;
    bool read_record(std::uint64_t offset, std::uint64_t end, std::uint64_t& next);

    std::string path_;
    MemberLayout layout_;
    std::unique_ptr<FileHandle> file_;
    std::vector<std::optional<Entry>> entries_;  // [member]
    std::uint64_t valid_bytes_ = 0;
};

class PartWriter {
  public:
    // Starts a file, or with `resume` continues one after its last whole record if it is there.
    PartWriter(const std::string& path, const PartKey& key, const MemberLayout& layout, bool resume);
    ~PartWriter();

    [[nodiscard]] const std::vector<std::uint32_t>& resumed() const { return resumed_; }
    void append(std::uint32_t member, std::span<const std::byte> encoded);
    void sync();

  private:
    std::string path_;
    std::unique_ptr<FileHandle> file_;
    std::vector<std::uint32_t> resumed_;
    std::uint64_t size_ = 0;
    std::chrono::steady_clock::time_point synced_{};
};

}  // namespace chokepoint::record

#pragma once
// Shuffle, deflate, inflate, CRC-32. The only door to zlib. Safe to call from several threads.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::record {

using Bytes = std::vector<std::byte>;

// Byte k of every element together (the HDF5 shuffle filter).
[[nodiscard]] Bytes shuffle(std::span<const std::byte> in, std::size_t element_size);
[[nodiscard]] Bytes unshuffle(std::span<const std::byte> in, std::size_t element_size);
[[nodiscard]] Bytes deflate_bytes(std::span<const std::byte> in, int level);
// Exactly `size` bytes come out; throws std::runtime_error otherwise.
void inflate_bytes(std::span<const std::byte> in, std::span<std::byte> out);
[[nodiscard]] std::uint32_t crc32_of(std::span<const std::byte> bytes, std::uint32_t seed = 0);
[[nodiscard]] std::string zlib_library_version();

}  // namespace chokepoint::record

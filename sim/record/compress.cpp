#include "compress.hpp"

#include <zlib.h>

#include <stdexcept>

namespace chokepoint::record {

namespace {
const Bytef* raw(std::span<const std::byte> bytes) { return reinterpret_cast<const Bytef*>(bytes.data()); }
}  // namespace

Bytes shuffle(std::span<const std::byte> in, std::size_t element_size)
{
    const std::size_t n = in.size() / element_size;
    Bytes out(in.size());
    for (std::size_t k = 0; k < element_size; ++k) {
        for (std::size_t i = 0; i < n; ++i) out[k * n + i] = in[i * element_size + k];
    }
    return out;
}

Bytes unshuffle(std::span<const std::byte> in, std::size_t element_size)
{
    const std::size_t n = in.size() / element_size;
    Bytes out(in.size());
    for (std::size_t k = 0; k < element_size; ++k) {
        for (std::size_t i = 0; i < n; ++i) out[i * element_size + k] = in[k * n + i];
    }
    return out;
}

Bytes deflate_bytes(std::span<const std::byte> in, int level)
{
    uLongf size = compressBound(static_cast<uLong>(in.size()));
    Bytes out(size);
    const int code =
        compress2(reinterpret_cast<Bytef*>(out.data()), &size, raw(in), static_cast<uLong>(in.size()), level);
    if (code != Z_OK) throw std::runtime_error("zlib cannot compress a block");
    out.resize(size);
    return out;
}

void inflate_bytes(std::span<const std::byte> in, std::span<std::byte> out)
{
    auto size = static_cast<uLongf>(out.size());
    const int code =
        uncompress(reinterpret_cast<Bytef*>(out.data()), &size, raw(in), static_cast<uLong>(in.size()));
    if (code != Z_OK || size != out.size()) throw std::runtime_error("zlib cannot expand a block");
}

std::uint32_t crc32_of(std::span<const std::byte> bytes, std::uint32_t seed)
{
    return static_cast<std::uint32_t>(crc32_z(seed, raw(bytes), bytes.size()));
}

std::string zlib_library_version() { return zlibVersion(); }

}  // namespace chokepoint::record

#pragma once
// Bytes of the part file: little-endian numbers and text, written and read back in the same order.

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace chokepoint::record {

static_assert(std::endian::native == std::endian::little, "part and result files are little-endian");

class ByteWriter {
  public:
    template <class Number>
    void number(Number value)
    {
        raw(&value, sizeof value);
    }
    void text(const std::string& value)
    {
        number(static_cast<std::uint32_t>(value.size()));
        raw(value.data(), value.size());
    }
    template <class Number>
    void array(const std::vector<Number>& values)
    {
        number(static_cast<std::uint32_t>(values.size()));
        raw(values.data(), values.size() * sizeof(Number));
    }
    void raw(const void* from, std::size_t size)
    {
        const std::size_t end = bytes_.size();
        bytes_.resize(end + size);
        if (size > 0) std::memcpy(bytes_.data() + end, from, size);
    }
    [[nodiscard]] std::vector<std::byte>& bytes() { return bytes_; }

  private:
    std::vector<std::byte> bytes_;
};

class ByteReader {
  public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class Number>
    Number number()
    {
        Number value{};
        raw(&value, sizeof value);
        return value;
    }
    std::string text()
    {
        std::string value(checked(number<std::uint32_t>(), 1), '\0');
        raw(value.data(), value.size());
        return value;
    }
    template <class Number>
    std::vector<Number> array()
    {
        std::vector<Number> values(checked(number<std::uint32_t>(), sizeof(Number)));
        raw(values.data(), values.size() * sizeof(Number));
        return values;
    }
    [[nodiscard]] std::size_t position() const { return position_; }

  private:
    std::size_t checked(std::size_t count, std::size_t size) const
    {
        if (count * size > bytes_.size() - position_) throw std::runtime_error("record ends early");
        return count;
    }
    void raw(void* to, std::size_t size)
    {
        checked(size, 1);
        if (size > 0) std::memcpy(to, bytes_.data() + position_, size);
        position_ += size;
    }
    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
};

}  // namespace chokepoint::record

#include "chokepoint/core/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::core {

std::size_t utf8_length(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : '\0'); };
    const auto next = [&](std::size_t i, int low = 0x80, int high = 0xbf) { return byte(i) >= low && byte(i) <= high; };
    const unsigned char first = byte(at);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return next(at + 1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const int low = first == 0xe0 ? 0xa0 : 0x80;
        const int high = first == 0xed ? 0x9f : 0xbf;
        return next(at + 1, low, high) && next(at + 2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const int low = first == 0xf0 ? 0x90 : 0x80;
        const int high = first == 0xf4 ? 0x8f : 0xbf;
        return next(at + 1, low, high) && next(at + 2) && next(at + 3) ? 4 : 0;
    }
    return 0;
}

bool is_utf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::string in_utf8(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length > 0) out += text.substr(at, length);
        else out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

}  // namespace chokepoint::core

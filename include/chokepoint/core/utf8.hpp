#pragma once
// Whether text is UTF-8 (RFC 3629: overlong forms and surrogates are not).

#include <cstddef>
#include <string>
#include <string_view>

namespace chokepoint::core {

// Length of the sequence at `at`, or 0 when it is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t at);
[[nodiscard]] bool is_utf8(std::string_view text);
// The text with \xNN in place of each byte that is none.
[[nodiscard]] std::string in_utf8(std::string_view text);

}  // namespace chokepoint::core

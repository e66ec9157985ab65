#pragma once
// What a quantity as text means, read without the program's own tables, so that a remedy can be held to it.

#include <optional>
#include <string>

namespace chokepoint::test {

struct Meaning {
    double number = 0;  // as written, a fraction divided out
    double size = 0;    // in the base of its kind: g, d, USD, share
    std::string kind;   // "g/d"; empty for a bare number
};

// Nothing where the text is no number with words and signs of unit behind it.
[[nodiscard]] std::optional<Meaning> meaning(const std::string& text);

// Whether a remedy that says to write `offered` in place of `written` keeps what it means: exactly, or, where it says
// "about", to its three digits or its whole day. A number without a unit may stand for itself or for a share.
[[nodiscard]] bool same_meaning(const std::string& written, const std::string& offered, bool about);

}  // namespace chokepoint::test

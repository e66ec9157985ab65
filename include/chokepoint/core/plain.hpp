#pragma once
// A number as people write it in a sentence: never with an exponent.

#include <string>

namespace chokepoint::core {

// At least so many significant digits, whole digits never rounded away, no noughts at the end: 10030 for 10030.4 and
// 0.00012 for 1.2e-4. For shares in per cent and factors; tables group their digits and have their own (cli).
[[nodiscard]] std::string plain(double value, int digits = 4);

}  // namespace chokepoint::core

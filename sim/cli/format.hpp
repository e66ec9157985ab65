#pragma once
// Numbers as a reader of a table wants them. NaN reads "-".

#include "chokepoint/ensemble/summary.hpp"

#include <cstdint>
#include <string>

namespace chokepoint::cli {

// Three significant digits, thousands grouped: 0.0123, 1.23, 12.3, 123, 12,300.
[[nodiscard]] std::string number_text(double value);
// The same with its sign: +1.23, -12.3, 0.
[[nodiscard]] std::string signed_text(double value);
// Per cent: 0.1234 -> "12.3 %"; "<0.1 %" for what is more than nothing and rounds to it.
[[nodiscard]] std::string percent_text(double share);
// "median (low to high)", or the median alone when all three read the same. `scale` multiplies.
[[nodiscard]] std::string spread_text(const ensemble::Spread& spread, double scale = 1);
// A difference with its sign; ~0 for one too small for three decimals, which tells nobody anything.
[[nodiscard]] std::string difference_text(double value);
[[nodiscard]] std::string difference_spread_text(const ensemble::Spread& spread, double scale = 1);
// Powers of 1000: "812 B", "1.23 MB".
[[nodiscard]] std::string bytes_text(double bytes);
// "0.4 s", "12 s", "3 min 5 s", "2 h 10 min".
[[nodiscard]] std::string duration_text(double seconds);
[[nodiscard]] std::string count_text(std::uint64_t count);  // 12,346
// "1 member", "12,346 members".
[[nodiscard]] std::string counted_text(std::uint64_t count, const std::string& thing);

}  // namespace chokepoint::cli

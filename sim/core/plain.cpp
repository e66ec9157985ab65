#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::core {

namespace {
constexpr int kMostDecimals = 12;
}

std::string plain(double value, int digits)
{
    if (value == 0) return "0";
    if (!std::isfinite(value)) return fmt::format("{}", value);
    const int before = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    std::string out = fmt::format("{:.{}f}", value, std::clamp(digits - before, 0, kMostDecimals));
    if (out.find('.') != std::string::npos) {
        out.erase(out.find_last_not_of('0') + 1);
        if (out.back() == '.') out.pop_back();
    }
    return out == "-0" ? "0" : out;
}

}  // namespace chokepoint::core

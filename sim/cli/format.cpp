#include "format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace chokepoint::cli {

namespace {

constexpr const char* kNothing = "-";
constexpr double kThreeDecimals = 5e-4;
constexpr double kBeside = 1e-4;
constexpr double kTrace = 5e-9;  // less has no digit among the eight shown

// Groups the digits before the decimal point in threes.
std::string grouped(std::string digits)
{
    const std::size_t start = digits.find_first_of("0123456789");
    std::size_t at = std::min(digits.find('.'), digits.size());
    while (start != std::string::npos && at > start + 3) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

template <class Text>
std::string spread_with(const ensemble::Spread& spread, double scale, Text text)
{
    if (std::isnan(spread.median)) return kNothing;
    const std::string median = text(spread.median * scale);
    // Of an interval three digits of its larger end are read: what is less than a ten-thousandth of it is nothing beside it.
    const double largest = std::max(std::abs(spread.low), std::abs(spread.high));
    const auto end = [&](double value) { return text(std::abs(value) < kBeside * largest ? 0 : value * scale); };
    const std::string low = end(spread.low), high = end(spread.high);
    return low == median && high == median ? median : fmt::format("{} ({} to {})", median, low, high);
}

}  // namespace

std::string number_text(double value)
{
    if (!std::isfinite(value)) return kNothing;
    if (std::abs(value) < kTrace) return "0";
    // Digits after the point follow from the value as rounded, so 9.996 reads 10.0, not 10.00.
    const double rounded = std::stod(fmt::format("{:.2e}", value));
    const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(std::abs(rounded)))), 0, 8);
    return grouped(fmt::format("{:.{}f}", rounded, decimals));
}

std::string signed_text(double value)
{
    return value >= kTrace ? fmt::format("+{}", number_text(value)) : number_text(value);
}

std::string percent_text(double share)
{
    if (!std::isfinite(share)) return kNothing;
    if (share == 0) return "0 %";
    const double percent = share * 100;
    if (std::abs(percent) < 0.05) return percent > 0 ? "<0.1 %" : ">-0.1 %";
    return std::abs(percent) >= 99.95 ? grouped(fmt::format("{:.0f}", percent)) + " %" : fmt::format("{:.1f} %", percent);
}

std::string spread_text(const ensemble::Spread& spread, double scale)
{
    return spread_with(spread, scale, number_text);
}
std::string difference_text(double value)
{
    return std::abs(value) >= kTrace && std::abs(value) < kThreeDecimals ? "~0" : signed_text(value);
}
std::string difference_spread_text(const ensemble::Spread& spread, double scale)
{
    return spread_with(spread, scale, difference_text);
}

std::string bytes_text(double bytes)
{
    constexpr std::array kUnits{"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    while (bytes >= 999.5 && unit + 1 < kUnits.size()) {
        bytes /= 1000;
        ++unit;
    }
    return fmt::format("{} {}", number_text(bytes), kUnits[unit]);
}

std::string duration_text(double seconds)
{
    if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<long>(std::lround(seconds));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string count_text(std::uint64_t count) { return grouped(fmt::format("{}", count)); }

std::string counted_text(std::uint64_t count, const std::string& thing)
{
    return count_text(count) + " " + thing + (count == 1 ? "" : "s");
}

}  // namespace chokepoint::cli

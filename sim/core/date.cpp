#include "chokepoint/core/date.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace chokepoint::core {

namespace {

std::chrono::year_month_day civil(Date date)
{
    return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{date.days_since_epoch}}};
}

std::optional<int> digits(std::string_view text)
{
    int value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
    return value;
}

}  // namespace

std::optional<Date> Date::parse(std::string_view iso)
{
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
    const auto year = digits(iso.substr(0, 4));
    const auto month = digits(iso.substr(5, 2));
    const auto day = digits(iso.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day ymd{std::chrono::year{*year},
                                          std::chrono::month{static_cast<unsigned>(*month)},
                                          std::chrono::day{static_cast<unsigned>(*day)}};
    if (!ymd.ok()) return std::nullopt;
    return from_ymd(*year, *month, *day);
}

Date Date::from_ymd(int year, int month, int day)
{
    const std::chrono::sys_days days{std::chrono::year_month_day{
        std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}}};
    return {static_cast<int>(days.time_since_epoch().count())};
}

std::string Date::to_string() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }
int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

int Date::weekday() const
{
    return static_cast<int>(
        std::chrono::weekday{std::chrono::sys_days{std::chrono::days{days_since_epoch}}}.c_encoding());
}

int Date::days_in_month() const
{
    const auto ymd = civil(*this);
    const std::chrono::year_month_day_last last{ymd.year(), std::chrono::month_day_last{ymd.month()}};
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

}  // namespace chokepoint::core

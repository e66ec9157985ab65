#pragma once
// Calendar dates as whole days. Day numbers count from 1970-01-01 (proleptic Gregorian).

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::core {

struct Date {
    int days_since_epoch = 0;  // [d] since 1970-01-01

    [[nodiscard]] static std::optional<Date> parse(std::string_view iso);  // "YYYY-MM-DD", real dates only
    [[nodiscard]] static Date from_ymd(int year, int month, int day);
    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] int year() const;
    [[nodiscard]] int month() const;       // 1..12
    [[nodiscard]] int day() const;         // 1..31
    [[nodiscard]] int weekday() const;     // 0 Sunday .. 6 Saturday
    [[nodiscard]] int days_in_month() const;

    auto operator<=>(const Date&) const = default;
    friend Date operator+(Date date, int days) { return {date.days_since_epoch + days}; }
    friend Date operator-(Date date, int days) { return {date.days_since_epoch - days}; }
    friend int operator-(Date a, Date b) { return a.days_since_epoch - b.days_since_epoch; }
};

}  // namespace chokepoint::core

#include "chokepoint/core/date.hpp"
#include "support/catch.hpp"

#include <string>

using namespace chokepoint::core;

TEST_CASE("dates are read, printed and counted")
{
    const Date date = Date::parse("2025-04-04").value();
    // 55 years of 365 days, 14 leap days (1972..2024), then 31 + 28 + 31 + 3 days.
    CHECK(date.days_since_epoch == 55 * 365 + 14 + 93);
    CHECK(date.year() == 2025);
    CHECK(date.month() == 4);
    CHECK(date.day() == 4);
    CHECK(date.weekday() == 5);  // a Friday
    CHECK(date.days_in_month() == 30);
    CHECK(date.to_string() == "2025-04-04");
    CHECK(Date::from_ymd(1970, 1, 1).days_since_epoch == 0);
    CHECK(Date::from_ymd(1969, 12, 31).days_since_epoch == -1);
    CHECK(Date::from_ymd(1969, 12, 31).weekday() == 3);  // 1 January 1970 was a Thursday
}

TEST_CASE("only real dates written in full are dates")
{
    const std::string text = GENERATE("", "2025-4-04", "2025-04-4", "2025-04-31", "2025-02-29", "2025-13-01",
                                      "2025-00-10", "2025-01-00", "20250404  ", "2025/04/04", "2025-04-04 ",
                                      " 2025-04-04", "-025-04-04", "+025-04-04", "2025-+4-04", "2025-04--4",
                                      "2025-0x-04", "1900-02-29", "25-04-2025", "2025-04-04T00:00");
    CAPTURE(text);
    CHECK_FALSE(Date::parse(text).has_value());
}

TEST_CASE("leap days follow the Gregorian rule")
{
    CHECK(Date::parse("2024-02-29").has_value());
    CHECK(Date::parse("2000-02-29").has_value());
    CHECK_FALSE(Date::parse("2100-02-29").has_value());
    CHECK(Date::from_ymd(2023, 2, 10).days_in_month() == 28);
    CHECK(Date::from_ymd(2024, 2, 10).days_in_month() == 29);
}

TEST_CASE("every day of 400 years prints and reads back, one day apart")
{
    const Date first = Date::from_ymd(1900, 1, 1);
    int failures = 0;
    for (int i = 0; i < 146097; ++i) {  // days in 400 Gregorian years
        const Date date = first + i;
        failures += Date::parse(date.to_string()) == date ? 0 : 1;
        failures += date.weekday() == (1 + i) % 7 ? 0 : 1;  // 1 January 1900 was a Monday
    }
    CHECK(failures == 0);
    CHECK((first + 146097).to_string() == "2300-01-01");
}

TEST_CASE("dates compare and subtract")
{
    const Date earlier = Date::from_ymd(2025, 5, 14);
    const Date later = Date::from_ymd(2025, 8, 12);
    CHECK(earlier < later);
    CHECK(later - earlier == 90);
    CHECK(later - 90 == earlier);
}

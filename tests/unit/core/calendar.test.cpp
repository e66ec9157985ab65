#include "chokepoint/core/calendar.hpp"
#include "support/catch.hpp"

#include <string_view>
#include <vector>

using namespace chokepoint::core;

namespace {

Date date(std::string_view iso) { return Date::parse(iso).value(); }

void add_range(std::vector<Date>& dates, std::string_view first, std::string_view last)
{
    for (Date d = date(first); d <= date(last); d = d + 1) dates.push_back(d);
}

// The State Council's calendar for 2025.
WorkingCalendar china_2025()
{
    std::vector<Date> holidays;
    add_range(holidays, "2025-01-01", "2025-01-01");
    add_range(holidays, "2025-01-28", "2025-02-04");
    add_range(holidays, "2025-04-04", "2025-04-06");
    add_range(holidays, "2025-05-01", "2025-05-05");
    add_range(holidays, "2025-05-31", "2025-06-02");
    add_range(holidays, "2025-10-01", "2025-10-08");
    return {holidays,
            {date("2025-10-11"), date("2025-01-26"), date("2025-02-08"), date("2025-04-27"), date("2025-09-28")},
            {date("2025-01-29")}};
}

}  // namespace

TEST_CASE("a pure lag of 45 working days on the 2025 calendar")
{
    const WorkingCalendar calendar = china_2025();
    CHECK(calendar.add_working_days(date("2025-04-04"), 45).to_string() == "2025-06-11");
    CHECK(calendar.add_working_days(date("2025-04-07"), 45).to_string() == "2025-06-12");
    CHECK(calendar.add_working_days(date("2025-04-14"), 45).to_string() == "2025-06-19");
    CHECK(calendar.add_working_days(date("2025-06-03"), 45).to_string() == "2025-08-05");
    CHECK(calendar.add_working_days(date("2025-10-09"), 45).to_string() == "2025-12-10");
    CHECK(date("2025-06-12") - date("2025-04-07") == 66);  // calendar days
}

TEST_CASE("2025 has 248 working days")
{
    const WorkingCalendar calendar = china_2025();
    const std::vector<int> expected{19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23};
    int total = 0;
    for (int month = 1; month <= 12; ++month) {
        CAPTURE(month);
        CHECK(calendar.working_days_in_month(2025, month) == expected[static_cast<std::size_t>(month - 1)]);
        total += calendar.working_days_in_month(2025, month);
    }
    CHECK(total == 248);
}

TEST_CASE("weekends and holidays are closed, make-up days open")
{
    const WorkingCalendar calendar = china_2025();
    CHECK_FALSE(calendar.is_working_day(date("2025-04-12")));  // Saturday
    CHECK_FALSE(calendar.is_working_day(date("2025-04-13")));  // Sunday
    CHECK(calendar.is_working_day(date("2025-04-27")));        // Sunday, made up
    CHECK_FALSE(calendar.is_working_day(date("2025-05-01")));  // Thursday, holiday
    CHECK(calendar.is_working_day(date("2025-04-14")));        // Monday
}

TEST_CASE("the submission day does not count")
{
    const WorkingCalendar calendar = china_2025();
    CHECK(calendar.add_working_days(date("2025-04-14"), 0) == date("2025-04-14"));
    CHECK(calendar.add_working_days(date("2025-04-14"), 1) == date("2025-04-15"));
    CHECK(calendar.add_working_days(date("2025-04-18"), 1) == date("2025-04-21"));  // Friday to Monday
}

TEST_CASE("a closure is a holiday that takes three weekdays or more")
{
    const WorkingCalendar calendar = china_2025();
    CHECK_FALSE(calendar.is_closure(date("2025-01-01")));  // a single day
    CHECK_FALSE(calendar.is_closure(date("2025-04-04")));  // a Friday and a weekend
    CHECK(calendar.is_closure(date("2025-05-03")));        // a Saturday between Thursday and Monday
    CHECK(calendar.is_closure(date("2025-10-08")));        // the last of eight
    CHECK_FALSE(calendar.is_closure(date("2025-10-09")));
    CHECK_FALSE(calendar.is_closure(date("2025-04-12")));  // a weekend is none
}

TEST_CASE("the default calendar is always open")
{
    const WorkingCalendar calendar;
    CHECK(calendar.always_open());
    CHECK_FALSE(china_2025().always_open());
    CHECK(calendar.is_working_day(date("2025-10-05")));
    CHECK_FALSE(calendar.is_closure(date("2025-10-05")));
    CHECK(calendar.add_working_days(date("2025-01-01"), 45) == date("2025-02-15"));
    CHECK(calendar.working_days_in_month(2024, 2) == 29);
    CHECK(calendar.new_years().empty());
    CHECK(china_2025().new_years() == std::vector<Date>{date("2025-01-29")});
}

#include "chokepoint/core/calendar.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::core {

namespace {
bool contains(const std::vector<Date>& sorted, Date date)
{
    return std::binary_search(sorted.begin(), sorted.end(), date);
}
void sort_unique(std::vector<Date>& dates)
{
    std::sort(dates.begin(), dates.end());
    dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
}
constexpr int kClosureDays = 3;  // weekdays a holiday must take to shut the border posts
}  // namespace

WorkingCalendar::WorkingCalendar(std::vector<Date> holidays, std::vector<Date> make_up_days,
                                 std::vector<Date> new_years)
    : always_open_(false),
      holidays_(std::move(holidays)),
      make_up_(std::move(make_up_days)),
      new_years_(std::move(new_years))
{
    sort_unique(holidays_);
    sort_unique(make_up_);
    sort_unique(new_years_);
}

bool WorkingCalendar::is_working_day(Date date) const
{
    if (always_open_) return true;
    if (contains(make_up_, date)) return true;
    const int weekday = date.weekday();
    return weekday != 0 && weekday != 6 && !contains(holidays_, date);
}

bool WorkingCalendar::is_closure(Date date) const
{
    if (!contains(holidays_, date)) return false;
    Date first = date;
    Date last = date;
    while (contains(holidays_, first - 1)) first = first - 1;
    while (contains(holidays_, last + 1)) last = last + 1;
    int weekdays = 0;
    for (Date d = first; d <= last; d = d + 1) weekdays += d.weekday() != 0 && d.weekday() != 6 ? 1 : 0;
    return weekdays >= kClosureDays;
}

Date WorkingCalendar::add_working_days(Date date, int k) const
{
    while (k > 0) {
        date = date + 1;
        if (is_working_day(date)) --k;
    }
    return date;
}

int WorkingCalendar::working_days_in_month(int year, int month) const
{
    const Date first = Date::from_ymd(year, month, 1);
    int count = 0;
    for (int day = 0; day < first.days_in_month(); ++day) count += is_working_day(first + day) ? 1 : 0;
    return count;
}

}  // namespace chokepoint::core

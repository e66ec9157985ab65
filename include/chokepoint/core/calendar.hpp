#pragma once
// Working days of one authority: weekends off, listed holidays off, listed make-up days on.
//
// Statutory clock: the submission day does not count; the k-th working day after it is day k.

#include "chokepoint/core/date.hpp"

#include <string>
#include <vector>

namespace chokepoint::core {

class WorkingCalendar {
  public:
    WorkingCalendar() = default;  // every day open
    // Weekends closed; `holidays` closed; `make_up_days` open even on a weekend.
    WorkingCalendar(std::vector<Date> holidays, std::vector<Date> make_up_days,
                    std::vector<Date> new_years = {});

    [[nodiscard]] bool is_working_day(Date date) const;
    // A closure: a day of a holiday that takes three or more weekdays (a long weekend is not one).
    [[nodiscard]] bool is_closure(Date date) const;
    // The k-th working day after `date` (k >= 0; 0 gives `date` itself).
    [[nodiscard]] Date add_working_days(Date date, int k) const;
    [[nodiscard]] int working_days_in_month(int year, int month) const;
    // First days of the lunar year, ascending; empty when the calendar has none.
    [[nodiscard]] const std::vector<Date>& new_years() const { return new_years_; }
    [[nodiscard]] bool always_open() const { return always_open_; }

  private:
    bool always_open_ = true;
    std::vector<Date> holidays_;   // sorted
    std::vector<Date> make_up_;    // sorted
    std::vector<Date> new_years_;  // sorted
};

}  // namespace chokepoint::core

"""Plain forecasts out of the observations of one series alone, up to the origin: what a model has to beat.

last          persistence: the last month observed goes on (Hyndman and Athanasopoulos, Forecasting, 5.2, naive)
season        seasonal persistence: the same month of the last year observed by the origin (seasonal naive)
drift         season, and for each year gone by the mean change from a year before, over the last 12 months that have one
year          the mean month of the calendar year before the origin
trend         the trend before controls: the line of least squares through the months before the control; through fewer than
              12 the mean month, since a line through a few months would follow the New Year
lag           the base flow (mean month before the control) shifted by the statutory time: it stops on the day of the control
              and goes on after 45 working days

A month counts as known at its end, though it is published some three weeks later. Each gives t a month, or NaN where the
observations do not tell. Periods of several months enter means, and nothing else.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

NAMES = ("last", "season", "drift", "year", "trend", "lag")
WORDS = {"last": "persistence", "season": "seasonal persistence", "drift": "seasonal persistence with drift",
         "year": "the mean of the year before", "trend": "the trend before controls", "lag": "a lag of the statutory time"}  # fmt: skip
STATUTORY = 45  # working days
LINE = 12  # months that a trend needs


@dataclass(frozen=True)
class Control:
    """When goods began to need a licence, and the first day on which what was filed then leaves."""

    begins: pd.Timestamp
    opens: pd.Timestamp


def working_days_after(day: pd.Timestamp, count: int, calendar: pd.DataFrame | None = None) -> pd.Timestamp:
    """The day that is `count` working days after `day`, which does not count itself.

    calendar: columns date, kind (holiday: no work; make_up: work on a weekend day); Monday to Friday without one.
    """
    kinds = {} if calendar is None else {pd.Timestamp(date): kind for date, kind in zip(calendar["date"], calendar["kind"]) if kind in ("holiday", "make_up")}
    while count > 0:
        day += pd.Timedelta(days=1)
        kind = kinds.get(day, "")
        count -= kind == "make_up" or (kind != "holiday" and day.weekday() < 5)
    return day


class References:
    """The forecasts for one series. rows: of observed.Observed up to the origin; control: None where there is none by then."""

    def __init__(self, rows, origin: pd.Period, control: Control | None):
        self.origin = origin
        self.rows = [row for row in rows if row.last <= origin]
        self.single = {row.first: row.tonnes for row in self.rows if row.first == row.last}
        self.control = control if control and control.begins <= origin.end_time else None
        before = self.control.begins.to_period("M") - 1 if self.control else origin
        self.before = [row for row in self.rows if row.last <= before]

    def forecast(self, name: str, months) -> float:
        """The sum over some months of a forecast of NAMES [t]."""
        return float(sum(getattr(self, f"_{name}")(month) for month in months))

    def _last(self, month):
        return self.single[max(self.single)] if self.single else np.nan

    def _season(self, month):
        while month > self.origin:
            month -= 12
        return self.single.get(month, np.nan)

    def _drift(self, month):
        changes = [value - self.single[at - 12] for at, value in sorted(self.single.items()) if at - 12 in self.single]
        years = -(-(month - self.origin).n // 12)
        return self._season(month) + years * np.mean(changes[-12:]) if changes else np.nan

    def _year(self, month):
        year = self.origin.year - 1
        rows = [row for row in self.rows if row.first.year == row.last.year == year]
        months = sum(len(row.months) for row in rows)
        return sum(row.tonnes for row in rows) / 12 if months == 12 else np.nan

    def base(self) -> float:
        """The mean month before the control [t]."""
        months = sum(len(row.months) for row in self.before)
        return sum(row.tonnes for row in self.before) / months if months else np.nan

    def _trend(self, month):
        points = {row.first: row.tonnes for row in self.before if row.first == row.last}
        if len(points) < LINE:
            return self.base()
        ordinals = np.array([at.ordinal for at in points])
        slope, level = np.polyfit(ordinals - ordinals.mean(), list(points.values()), 1)
        return max(0.0, level + slope * (month.ordinal - ordinals.mean()))

    def _lag(self, month):
        if self.control is None:
            return self.base()
        days = pd.date_range(month.start_time, periods=month.days_in_month)
        return self.base() * np.mean((days < self.control.begins) | (days >= self.control.opens))

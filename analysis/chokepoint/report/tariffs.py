"""Duties by date, and what was paid."""

import re

import numpy as np
import pandas as pd

from .. import words
from ..fan import fan
from ..result import Result
from . import marks as policy
from .html import Column, figure, paragraph, section, short_date, table
from .shortfall import STEP

CHANGE = re.compile(r"rate ([\d.e+]+) % becomes ([\d.e+]+) %")
LAYER = re.compile(r"tariffs\.(\w+)\.layers\.(\w+)\.rate")
MOST = 5


def tariffs(result: Result, prefix: str) -> str:
    """Timeline of duties, the sum of the layers of each tariff, and duty paid in the region that pays most."""
    rates = rates_by_date(result)
    parts = [_timeline(result, rates, prefix), _paid(result, prefix)]
    return section(prefix, "duties", "Duties", f'<div class="grid two">{"".join(parts)}</div>')


def rates_by_date(result: Result) -> pd.DataFrame:
    """Sum of the layers of each tariff that changes [%]: index date, from the start on; columns tariff ids.

    Layers that apply to some materials only are added like the others. What happened in fewer than half
    of the members is left out.
    """
    layers = {match.groups(): float(value.split()[0]) for key, value in result.leaves.items()
              if (match := LAYER.fullmatch(key)) and value.endswith("%")}  # fmt: skip
    events = result.events
    events = events[(events["kind"] == "duty") & (2 * events["members"] >= result.members_done)]
    rows = {}
    changed = set()
    for _, event in events.sort_values("date", kind="stable").iterrows():
        match, parts = CHANGE.fullmatch(event["text"]), tuple(event["subject"].split("."))
        if not match or len(parts) != 2:
            continue
        if not rows:
            rows[result.start] = layers.copy()
        layers[parts] = float(match[2])
        rows[event["date"]] = layers.copy()
        changed.add(parts[0])
    return pd.DataFrame({date: {name: sum(rate for (tariff, _), rate in of.items() if tariff == name) for name in sorted(changed)}
                         for date, of in rows.items()}).T  # fmt: skip


def _timeline(result, rates, prefix):
    if rates.empty:
        return paragraph("No duty changes in this run.")
    order = rates.max().sort_values(ascending=False).index[:MOST]
    titles = {name: result.leaves.get(f"tariffs.{name}.title", name) for name in order}
    columns = [Column("From", is_text=True), *(Column(titles[name], "%") for name in order)]
    rows = [(f"{date:%Y-%m-%d}", *row) for date, row in zip(rates.index, rates[order].to_numpy())]
    rows.append((f"{result.labels('time')[-1]:%Y-%m-%d}", *rates[order].iloc[-1]))
    top = rates[order[0]]
    takeaway = f"{titles[order[0]]}: up to {words.number(top.max(), 4)} % from {short_date(top.idxmax())}, {words.number(top.iloc[-1])} % at the end"
    caption = "Sum of the layers of each tariff, % of value, those for some materials only included. The last row is the end of the run."
    return figure(f"{prefix}duty", "steps", takeaway, caption, table(f"{prefix}duty-table", "Duties by date", columns, rows), {"unit": "%"})


def _paid(result, prefix):
    totals = result["duty_paid_region"].read()[result.done]  # [member, region] USD
    if not totals.any():
        return paragraph("No duty is paid in this run.")
    at = int(np.argmax(np.median(totals, axis=0)))
    region, title = result.labels("region")[at], result["region_title"].read()[at]
    data = fan(result, "duty_q", region=region).droplevel("unit").iloc[::STEP]
    columns = [Column("Date", is_text=True), *(Column(f"{100 * q:g} %", "USD/d") for q in data.columns)]
    rows = [(f"{day:%Y-%m-%d}", *values) for day, values in zip(data.index, data.to_numpy())]
    low, middle, high = np.quantile(totals[:, at], [0.05, 0.5, 0.95]) / 1e6
    takeaway = f"{title} collects {words.number(middle)} million USD (90 % of members {words.number(low)} to {words.number(high)})"
    return figure(f"{prefix}paid", "fan", takeaway, "Duty paid a day in the region that collects most; every seventh day is drawn.",
                  table(f"{prefix}paid-table", f"Duty paid in {title}", columns, rows),
                  {"unit": "USD/d", "marks": policy.as_options(policy.marks(result))})  # fmt: skip

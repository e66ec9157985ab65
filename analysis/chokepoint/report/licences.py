"""The licence queue: what became of applications, and how long a decision took."""

import re

import numpy as np

from .. import words
from ..result import Result
from .html import Column, figure, paragraph, section, table
from .scenario_text import leaves

FATES = ("filed", "granted", "refused", "returned", "voided")
MOST = 12


def licences(result: Result, prefix: str) -> str:
    """Funnel by destination and waiting times against the deadline."""
    part, title = "licences", "Licences"
    if "files_filed" not in result or not result["files_filed"].read()[result.done].any():
        return section(prefix, part, title, paragraph("No licence was applied for in this run."))
    parts = []
    for control in result.labels("control"):
        parts += [_funnel(result, control, prefix), _waits(result, control, prefix)]
    return section(prefix, part, title, f'<div class="grid two">{"".join(parts)}</div>')


def _funnel(result, control, prefix):
    done = result.done
    counts = {fate: np.median(result[f"files_{fate}"].read(control=control)[done], axis=0) for fate in FATES}
    last = result["files_in_review_q"].read(control=control, quantile=0.5, time=result.labels("time")[-1])
    regions, titles = result.labels("destination"), result.text("region_title")
    order = [i for i in np.argsort(-counts["filed"], kind="stable") if counts["filed"][i] > 0][:MOST]
    rows = [(titles[regions[i]], *(counts[fate][i] for fate in FATES), last[i]) for i in order]
    columns = [Column("Destination", is_text=True), *(Column(fate) for fate in FATES), Column("in review at the end")]
    filed, granted = counts["filed"].sum(), counts["granted"].sum()
    takeaway = f"{100 * granted / filed:.0f} % of {words.number(filed)} applications were granted"
    return figure(f"{prefix}funnel-{control}", "funnel", takeaway,
                  "Applications by destination, medians over members. Bars add what was granted, refused and still in review at the end.",
                  table(f"{prefix}funnel-{control}-table", f"Licence applications: {control}", columns, rows),
                  {"stack": ["granted", "refused", "in review at the end"], "unit": "applications"})  # fmt: skip


def deadline(result: Result, control: str) -> tuple[float, str]:
    """Statutory deadline in calendar days (a week has five working days) and as written; (NaN, "") without one."""
    written = leaves(result.scenario_text).get(f"licensing.{control}.deadline", "")
    match = re.fullmatch(r"([\d.]+) (wd|d)", written)
    if not match:
        return np.nan, ""
    return float(match[1]) * (7 / 5 if match[2] == "wd" else 1), written


def _waits(result, control, prefix):
    waits = [result[f"wait_p{p}"].read(control=control)[result.done] for p in (10, 50, 90)]  # [member, destination, end use]
    with np.errstate(all="ignore"):
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a class without decisions has no median
            medians = [np.nanmedian(one, axis=0) for one in waits]
    regions, uses, titles = result.labels("destination"), result.labels("end_use"), result.text("region_title")
    cells = [(i, j) for i in range(len(regions)) for j in range(len(uses)) if not np.isnan(medians[1][i, j])]
    cells = sorted(cells, key=lambda at: -medians[2][at])[:MOST]
    if not cells:
        return paragraph("No application was decided in any member.", "note")
    rows = [(f"{titles[regions[i]]}, {uses[j]}", *(one[i, j] for one in medians)) for i, j in cells]
    columns = [Column("Destination and end use", is_text=True), Column("a tenth within", "d"), Column("median", "d"),
               Column("nine tenths within", "d")]  # fmt: skip
    limit, written = deadline(result, control)
    late = sum(medians[2][at] > limit for at in cells)
    takeaway = (f"In {late} of {len(cells)} classes over a tenth of the files waited beyond the deadline" if written
                else "How long a decision took")  # fmt: skip
    caption = "Days from submission to decision of decided files, medians over members, the longest first: dot, the median file; bar, first to last tenth."
    options = {"unit": "d"}
    if written:
        caption += f" Dashed: the deadline of {written}, about {limit:.0f} calendar days before holidays and stopped clocks."
        options["limit"] = {"value": round(limit, 1), "label": f"deadline {written}"}
    return figure(f"{prefix}waits-{control}", "ranges", takeaway, caption,
                  table(f"{prefix}waits-{control}-table", f"Waiting times: {control}", columns, rows), options)  # fmt: skip

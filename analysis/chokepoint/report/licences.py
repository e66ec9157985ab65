"""The licence queue: what became of applications, and how long a decision took."""

import re
import warnings

import numpy as np

from .. import words
from ..result import Result
from ..scenario_text import title
from .html import Column, figure, folded, paragraph, section, shown_of, table

FATES = ("granted and kept", "granted, lapsed", "refused", "returned", "withdrawn", "in review at the end")
MOST = 12


def licences(result: Result, prefix: str) -> str:
    """Funnel by destination and waiting times against the deadline."""
    part, head = "licences", "Licences"
    if "files_filed" not in result or not result["files_filed"].read()[result.done].any():
        return section(prefix, part, head, paragraph("No licence was applied for in this run."))
    parts = []
    for control in result.labels("control"):
        parts += [_funnel(result, control, prefix), _waits(result, control, prefix)]
    return section(prefix, part, head, f'<div class="grid two">{"".join(parts)}</div>')


def fates(result: Result, control: str) -> dict[str, np.ndarray]:
    """{fate: [destination]}, means over members: what became of applications. The fates add up to those filed.

    A licence that lapsed was granted, and ran out unused in part or whole, or was revoked. Withdrawn: still open when no
    licence was needed any more. What is none of these was in review when the run ended.
    """
    counts = {name: result[f"files_{name}"].read(control=control)[result.done].astype(float)
              for name in ("filed", "granted", "refused", "returned", "voided")}  # fmt: skip
    lapsed = np.minimum(result["licences_lapsed"].read(control=control)[result.done], counts["granted"])
    review = counts["filed"] - sum(counts[name] for name in ("granted", "refused", "returned", "voided"))
    found = dict(zip(FATES, (counts["granted"] - lapsed, lapsed, counts["refused"], counts["returned"], counts["voided"], review)))
    return {"filed": counts["filed"].mean(0)} | {name: one.mean(0) for name, one in found.items()}


def _funnel(result, control, prefix):
    counts = fates(result, control)
    regions, titles = result.labels("destination"), result.text("region_title")
    order = [i for i in np.argsort(-counts["filed"], kind="stable") if counts["filed"][i] > 0]
    rows = [(titles[regions[i]], *(count[i] for count in counts.values())) for i in order]
    columns = [Column("Destination", is_text=True), *(Column(name) for name in counts)]
    filed, granted = counts["filed"].sum(), counts[FATES[0]].sum() + counts[FATES[1]].sum()
    name = title(result.leaves, f"licensing.{control}")
    refused, returned = counts["refused"].sum(), counts["returned"].sum()
    decided = f"{100 * granted / (granted + refused):.0f} % of the applications decided under {name} were granted" if granted + refused > 0 else f"No application was decided under {name}"
    takeaway = f"{decided}; of {words.number(filed)} filed, {100 * returned / filed:.0f} % came back for documents first"
    rest = _rest(f"{prefix}funnel-{control}-rest", "Other destinations", name, columns, rows)
    return figure(f"{prefix}funnel-{control}", "funnel", takeaway,
                  "What became of the applications by destination, means over members: the parts of a bar add up to all that were filed. Lapsed: granted, "
                  "then not used in time or revoked. Withdrawn: no licence was needed any more. Returned: sent back for documents; what an exporter "
                  "files again counts anew." + shown_of(len(rows[:MOST]), len(rows), "of other destinations"),
                  table(f"{prefix}funnel-{control}-table", f"Licence applications: {name}", columns, rows[:MOST]),
                  {"stack": list(FATES), "unit": "applications"}, more=rest)  # fmt: skip


def _rest(identity, what, name, columns, rows):
    """The rows a chart does not draw, folded."""
    return folded(f"{what} ({len(rows) - MOST})", table(f"{identity}-table", f"{what}: {name}", columns, rows[MOST:])) if len(rows) > MOST else ""


def deadline(result: Result, control: str) -> tuple[float, str]:
    """Statutory deadline in calendar days where no holiday falls into it, and as written; (NaN, "") without one.

    A working day is any day where the authority's region has no calendar.
    """
    written = result.leaves.get(f"licensing.{control}.deadline", "")
    match = re.fullmatch(r"([\d.]+) (wd|d)", written)
    if not match or result.leaves.get(f"licensing.{control}.deadline_mode") == "none":
        return np.nan, ""
    weekends = match[2] == "wd" and f"regions.{result.text('control_region')[control]}.calendar" in result.leaves
    return float(match[1]) * (7 / 5 if weekends else 1), written


def late(result: Result, control: str) -> np.ndarray:
    """[destination, end use] share of decided files that came after the deadline, by the authority's own working days: median
    over members; NaN where nothing was decided, there is no deadline, or the file is of a program that did not count them."""  # fmt: skip
    if "files_late" not in result:
        return np.full((len(result.labels("destination")), len(result.labels("end_use"))), np.nan)
    counts = {name: result[f"files_{name}"].read(control=control)[result.done].astype(float) for name in ("late", "decided")}
    with np.errstate(invalid="ignore"):
        return _median(counts["late"] / counts["decided"])


def _median(values):
    """Over members, of those in which there is a value."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a class without decisions has no median
        return np.nanmedian(values, axis=0)


def _waits(result, control, prefix):
    waits = [result[f"wait_p{p}"].read(control=control)[result.done] for p in (10, 50, 90)]  # [member, destination, end use]
    medians, beyond = [_median(one) for one in waits], late(result, control)
    regions, uses, titles = result.labels("destination"), result.labels("end_use"), result.text("region_title")
    cells = [(i, j) for i in range(len(regions)) for j in range(len(uses)) if not np.isnan(medians[1][i, j])]
    cells = sorted(cells, key=lambda at: -medians[2][at])
    if not cells:
        return paragraph("No application was decided in any member.", "note")
    name = title(result.leaves, f"licensing.{control}")
    rows = [(f"{titles[regions[i]]}, {uses[j]}", *(one[i, j] for one in medians), 100 * beyond[i, j]) for i, j in cells]
    columns = [Column("Destination and end use", is_text=True), Column("a tenth within", "d"), Column("median", "d"),
               Column("nine tenths within", "d"), Column("decided after the deadline", "%", digits=3)]  # fmt: skip
    limit, written = deadline(result, control)
    known = [at for at in cells if not np.isnan(beyond[at])]
    takeaway = "How long a decision took"
    if written and known:
        takeaway = f"In {sum(beyond[at] > 0.1 for at in known)} of {len(known)} classes over a tenth of the decisions came after the deadline"
    caption = "Days from submission to decision, of decided applications, medians over members, the longest first: dot, the median application; bar, first to last tenth."
    options = {"unit": "d"}
    if written:
        caption += (f" Dashed: the deadline of {written}, {limit:.0f} calendar days where no holiday falls into it. Which decisions came after it is counted by "
                    "the working days of the authority from submission, as if no question had stopped the clock.")  # fmt: skip
        options["limit"] = {"value": round(limit, 1), "label": f"deadline {written}"}
    rest = _rest(f"{prefix}waits-{control}-rest", "Other classes", name, columns, rows)
    return figure(f"{prefix}waits-{control}", "ranges", takeaway, caption + shown_of(len(rows[:MOST]), len(rows), "of other classes"),
                  table(f"{prefix}waits-{control}-table", f"Waiting times: {name}", columns, rows[:MOST]), options, more=rest)  # fmt: skip

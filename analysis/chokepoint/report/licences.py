"""The licence queue: what became of applications, and how long a decision took."""

import re

import numpy as np

from .. import words
from ..result import Result
from ..scenario_text import title
from .html import Column, figure, paragraph, section, table

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
    order = [i for i in np.argsort(-counts["filed"], kind="stable") if counts["filed"][i] > 0][:MOST]
    rows = [(titles[regions[i]], *(count[i] for count in counts.values())) for i in order]
    columns = [Column("Destination", is_text=True), *(Column(name) for name in counts)]
    filed, granted = counts["filed"].sum(), counts[FATES[0]].sum() + counts[FATES[1]].sum()
    name = title(result.leaves, f"licensing.{control}")
    takeaway = f"{100 * granted / filed:.0f} % of {words.number(filed)} applications under {name} were granted"
    return figure(f"{prefix}funnel-{control}", "funnel", takeaway,
                  "What became of the applications by destination, means over members: the parts of a bar add up to all that were filed. Lapsed: granted, "
                  "then not used in time or revoked. Withdrawn: no licence was needed any more. Returned: sent back for documents; what an exporter "
                  "files again counts anew.",
                  table(f"{prefix}funnel-{control}-table", f"Licence applications: {name}", columns, rows),
                  {"stack": list(FATES), "unit": "applications"})  # fmt: skip


def deadline(result: Result, control: str) -> tuple[float, str]:
    """Statutory deadline in calendar days (a week has five working days) and as written; (NaN, "") without one."""
    written = result.leaves.get(f"licensing.{control}.deadline", "")
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
                  table(f"{prefix}waits-{control}-table", f"Waiting times: {title(result.leaves, f'licensing.{control}')}", columns, rows), options)  # fmt: skip

"""B minus A, paired by member, or in red that they are not."""

from .. import words
from ..compare import Comparison, NotPaired, compare
from ..measures import MEASURES
from ..pairing import horizon_problem
from .html import Column, figure, folded, paragraph, section, table, text

MOST = 15


def differences(a, b, prefix: str) -> str:
    """The part of the page on one B against A."""
    title = f"Difference: {b.scenario} minus {a.scenario}"
    if horizon_problem(a, b):
        return section(prefix, "difference", title, _warning(f"These results cannot be compared: {horizon_problem(a, b)}."))
    try:
        comparison = compare(a, b, unpaired=True)
    except NotPaired as error:
        return section(prefix, "difference", title, _warning(str(error)))
    warning = "" if comparison.paired else _warning(words.unpaired_warning(comparison) + ".")
    notes = "".join(paragraph(f"Note: {note}.", "note") for note in comparison.notes)
    lines = "".join(f"<li>{text(line)}</li>" for line in words.summary(comparison))
    others = "".join(folded(f"By {by}", _table(compare(a, b, by, unpaired=True), f"{prefix}difference-{by}"))
                     for by in ("sector", "region", "product"))  # fmt: skip
    return section(prefix, "difference", title, warning, notes, f"<ul class=lede>{lines}</ul>", _chart(comparison, prefix), others)


def _warning(words_of_it: str) -> str:
    return f'<p class="warning" role="alert">{text(words_of_it)}</p>'


def _chart(comparison: Comparison, prefix):
    rows = words.largest(comparison).head(MOST)
    if not len(rows):
        return paragraph("Unmet need is the same in every member.")
    columns = [Column("Buyer group", is_text=True), Column("low", "t"), Column("mean", "t"), Column("high", "t"), Column(f"mean in {comparison.a}", "t"),
               Column(f"mean in {comparison.b}", "t"), Column("median", "t"), Column("members worse", "%"), Column("variance saved by pairing", "%")]  # fmt: skip
    cells = [(comparison.titles[label], row["low"], row["mean"], row["high"], row["mean_a"], row["mean_b"], row["median"],
              100 * row["worse"], 100 * row["saved"]) for label, row in rows.iterrows()]  # fmt: skip
    first = rows.index[0]
    takeaway = f"{comparison.titles[first]} changes most: {words.change(rows.loc[first, 'mean'], 't')} of unmet need"
    how = "paired by member" if comparison.paired else "NOT PAIRED"
    return figure(f"{prefix}delta", "ranges", takeaway,
                  f"Unmet need, {comparison.b} minus {comparison.a}, {how}: dot, the mean; bar, its 90 % interval (bootstrap over {comparison.members} members).",
                  table(f"{prefix}delta-table", "Differences of unmet need by buyer group", columns, cells), {"unit": "t", "zero": True})  # fmt: skip


def _table(comparison: Comparison, identity):
    columns = [Column(comparison.by.capitalize(), is_text=True), Column("What", is_text=True), Column(comparison.a, is_text=True),
               Column(comparison.b, is_text=True), Column("Mean difference", is_text=True), Column("90 % interval", is_text=True),
               Column("Members worse", "%")]  # fmt: skip
    rows = []
    for measure in ("shortfall", "share"):
        for label, row in comparison.of(measure).iterrows():
            unit = row["unit"]
            rows.append((comparison.titles[label], MEASURES[measure].words, words.quantity(row["mean_a"], unit), words.quantity(row["mean_b"], unit),
                         words.change(row["mean"], unit), words.interval(row["low"], row["high"], unit), 100 * row["worse"]))  # fmt: skip
    return table(f"{identity}-table", f"Differences by {comparison.by}", columns, rows)

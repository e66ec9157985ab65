"""B minus A, paired by member, or in red that they are not."""

from .. import words
from ..compare import Comparison, NotPaired, compare
from ..measures import MEASURES
from ..pairing import horizon_problem
from .html import Column, figure, folded, paragraph, section, table, text

MOST = 15


def differences(a, b, prefix: str, called: tuple[str, str]) -> str:
    """The part of the page on one B against A; called: their names."""
    title = f"Difference: {called[1]} minus {called[0]}"
    if horizon_problem(a, b):
        return section(prefix, "difference", title, _warning(f"These results cannot be compared: {horizon_problem(a, b)}."))
    try:
        comparison = compare(a, b, unpaired=True, called=called)
    except NotPaired as error:
        return section(prefix, "difference", title, _warning(str(error)))
    warning = "" if comparison.paired else _warning(words.unpaired_warning(comparison) + ".")
    notes = "".join(paragraph(f"Note: {note}.", "note") for note in comparison.notes)
    lines = "".join(f"<li>{text(line)}</li>" for line in words.summary(comparison))
    others = "".join(folded(f"By {by}", _table(compare(a, b, by, unpaired=True, called=called), f"{prefix}difference-{by}"))
                     for by in ("sector", "region", "product")) + _all(a, b, prefix, called)  # fmt: skip
    return section(prefix, "difference", title, warning, notes, f"<ul class=lede>{lines}</ul>", _chart(comparison, prefix), others)


def _warning(words_of_it: str) -> str:
    return f'<p class="warning" role="alert">{text(words_of_it)}</p>'


def _chart(comparison: Comparison, prefix):
    rows = words.largest(comparison).head(MOST)
    if not len(rows):
        return paragraph("The need lost is the same in every member.")
    columns = [Column("Buyer group", is_text=True), Column("low", "t"), Column("mean", "t"), Column("high", "t"), Column(f"mean in {comparison.a}", "t"),
               Column(f"mean in {comparison.b}", "t"), Column("median", "t"), Column("members worse", "%"), Column("members better", "%"), Column("variance saved by pairing", "%")]  # fmt: skip
    cells = [(comparison.titles[label], row["low"], row["mean"], row["high"], row["mean_a"], row["mean_b"], row["median"],
              100 * row["worse"], 100 * row["better"], 100 * row["saved"]) for label, row in rows.iterrows()]  # fmt: skip
    first = rows.index[0]
    takeaway = f"{comparison.titles[first]} changes most: {words.change(rows.loc[first, 'mean'], 't')} of need lost"
    how = "paired by member" if comparison.paired else "NOT PAIRED"
    return figure(f"{prefix}delta", "ranges", takeaway,
                  f"Need lost (not delivered and given up), {comparison.b} minus {comparison.a}, {how}: dot, the mean; bar, its 90 % interval "
                  f"(bootstrap over {comparison.members} members). Single members lie wider apart.",
                  table(f"{prefix}delta-table", "Differences of need lost by buyer group", columns, cells), {"unit": f"t (to the right: more in {comparison.b})", "zero": True})  # fmt: skip


def _all(a, b, prefix, called) -> str:
    """What can be added over all buyers, and the lost output of each, which cannot."""
    columns = [Column("What", is_text=True), Column("Unit", is_text=True), *_sides(called), Column("Difference"), Column("low"), Column("high"),
               Column("Members worse", "%")]  # fmt: skip
    everyone, by_buyer = (compare(a, b, by, unpaired=True, called=called) for by in ("all", "buyer"))
    rows = [_row(MEASURES[measure].words.capitalize(), row) for measure in MEASURES if measure in everyone.frame.index.get_level_values("measure")
            for _, row in everyone.of(measure).iterrows()]  # fmt: skip
    lost = [_row(f"{by_buyer.titles[label]}: {MEASURES[measure].words}", row) for measure in ("output_lost", "output_stopped", "output_given_up", "output_lost_value")
            if measure in by_buyer.frame.index.get_level_values("measure") for label, row in largest_first(by_buyer, measure)]  # fmt: skip
    parts = [folded("All buyers, every measure", table(f"{prefix}difference-all-table", "Differences of all buyers", columns, rows))]
    if lost:
        columns[0] = Column("Buyer group", is_text=True)
        parts.append(folded("Lost output", table(f"{prefix}difference-lost-table", "Differences of lost output by buyer group", columns, lost)))
    return "".join(parts)


def largest_first(comparison: Comparison, measure: str):
    """(label, row) of a measure that differs, the largest difference first."""
    return words.largest(comparison, measure).iterrows()


def _sides(called):
    return [Column(f"mean in {called[0]}"), Column(f"mean in {called[1]}")]


def _row(name, row):
    factor, unit = (100, "%, pp") if row["unit"] == "1" else (1, row["unit"])
    return (name, unit, *(factor * row[key] for key in ("mean_a", "mean_b", "mean", "low", "high")), 100 * row["worse"])


def _table(comparison: Comparison, identity):
    """Need lost by each division in t, and what its share of the full need changed by."""
    heads = ((f"mean in {comparison.a}", "t"), (f"mean in {comparison.b}", "t"), ("Difference", "t"), ("low", "t"), ("high", "t"),
             ("Share of need, difference", "pp"), ("low", "pp"), ("high", "pp"), ("Members worse", "%"))  # fmt: skip
    columns = [Column(comparison.by.capitalize(), is_text=True), *(Column(head, unit, digits=3) for head, unit in heads)]
    share = comparison.of("share")
    rows = [(comparison.titles[label], *row[["mean_a", "mean_b", "mean", "low", "high"]], *(100 * share.loc[label, ["mean", "low", "high"]]),
             100 * row["worse"]) for label, row in comparison.of("lost").iterrows()]  # fmt: skip
    return table(f"{identity}-table", f"Differences of need lost by {comparison.by}: low and high end the 90 % interval of the mean", columns, rows)

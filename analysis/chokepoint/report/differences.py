"""B minus A, paired by member, or in red that they are not."""

from .. import words
from ..compare import Comparison, NotPaired, compare
from ..measures import MEASURES
from ..pairing import horizon_problem
from .html import Column, figure, folded, paragraph, section, shown_of, table, text

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
    notes = "".join(paragraph(f"Note: {note}.", "note") for note in [*comparison.notes, *filter(None, [words.caution(comparison)]), *comparison.cautions("lost"), *comparison.cautions("output_lost")])
    lines = "".join(f"<li>{text(line)}</li>" for line in words.summary(comparison))
    others = "".join(folded(f"By {by}", _table(compare(a, b, by, unpaired=True, called=called), f"{prefix}difference-{by}"))
                     for by in ("sector", "region", "product")) + _all(a, b, prefix, called)  # fmt: skip
    return section(prefix, "difference", title, warning, notes, f"<ul class=lede>{lines}</ul>", _chart(comparison, prefix), _one_side(comparison, prefix), others)


def _warning(words_of_it: str) -> str:
    return f'<p class="warning" role="alert">{text(words_of_it)}</p>'


def _chart(comparison: Comparison, prefix):
    rows = words.largest(comparison)
    if not len(rows):
        return paragraph("The need lost is the same in every member.")
    first, last = comparison.ends
    columns = [Column("Buyer group", is_text=True), *(Column(head, "t") for head in _heads(comparison)), Column(f"mean in {comparison.a}", "t"),
               Column(f"mean in {comparison.b}", "t"), Column("median difference", "t"), Column("members worse", "%"), Column("members better", "%"), Column("variance saved by pairing", "%")]  # fmt: skip
    cells = [(comparison.titles[label], row[first], row["mean"], row[last], row["mean_a"], row["mean_b"], row["median"],
              100 * row["worse"], 100 * row["better"], 100 * row["saved"]) for label, row in rows.iterrows()]  # fmt: skip
    top = rows.index[0]
    takeaway = f"{comparison.titles[top]} changes most: {words.change(rows.loc[top, 'mean'], 't')} of need lost on average"
    bar = words.ends_named(comparison) + ("" if comparison.ends == ("least", "most") or comparison.members == 1 else
                                          f" (bootstrap over {comparison.members} members); single members lie wider apart")  # fmt: skip
    rest = _rest(columns, cells, comparison, prefix)
    how = "paired by member" if comparison.paired else "NOT PAIRED"
    return figure(f"{prefix}delta", "ranges", takeaway,
                  f"Need lost (not delivered and given up), {comparison.b} minus {comparison.a}, {how}: dot, the mean; bar, {bar}."
                  + shown_of(len(cells[:MOST]), len(cells), "of other groups"),
                  table(f"{prefix}delta-table", "Differences of need lost by buyer group", columns, cells[:MOST]),
                  {"unit": f"t (to the right: more in {comparison.b})", "zero": True}, more=rest)  # fmt: skip


def _heads(comparison) -> tuple[str, str, str]:
    """Heads of the ends of a difference and of its mean, in the order of a chart: what the ends are is said in each."""
    if comparison.ends == ("least", "most"):
        return "lowest pair", "mean difference", "highest pair"
    return "low end of 90 %", "mean difference", "high end of 90 %"


def _rest(columns, cells, comparison, prefix):
    """The groups the chart leaves out, folded."""
    if len(cells) <= MOST:
        return ""
    return folded(f"Other groups ({len(cells) - MOST})", table(f"{prefix}delta-rest-table", "Differences of need lost of other buyer groups", columns, cells[MOST:]))


ALONE = (("lost", "Need lost", "t", 1), ("share", "Share of need", "%", 100), ("lost_value", "Worth at the prices of day 0", "million USD", 1e-6),
         ("output_lost_days", "Lost output", "days", 1), ("output_lost_value", "Value added lost", "million USD", 1e-6), ("duty_paid", "Duty paid", "million USD", 1e-6))  # fmt: skip


def _one_side(comparison, prefix) -> str:
    """Levels of the groups that one result alone has; they have no difference."""
    if not len(comparison.alone):
        return ""
    levels = comparison.alone.droplevel("unit")
    columns = [Column("Buyer group", is_text=True), Column("Only in", is_text=True), *(Column(f"{head}, mean", unit) for _, head, unit, _ in ALONE)]
    rows = []
    for label in dict.fromkeys(levels.index.get_level_values(0)):
        mine = levels.loc[label]
        cells = (factor * mine.loc[measure, "mean"] if measure in mine.index else float("nan") for measure, _, _, factor in ALONE)
        rows.append((comparison.titles[label], comparison.a if mine["side"].iloc[0] == "a" else comparison.b, *cells))
    return table(f"{prefix}alone-table", "Buyer groups of one result only: means over its members; a dash is what is not counted or not stated", columns, rows)


def _all(a, b, prefix, called) -> str:
    """What can be added over all buyers, and the lost output of each, which cannot."""
    columns = [Column("What", is_text=True), Column("Unit", is_text=True), *_sides(called)]
    everyone, by_buyer = (compare(a, b, by, unpaired=True, called=called) for by in ("all", "buyer"))
    low, mean, high = _heads(by_buyer)
    columns += [Column(mean), Column(low), Column(high), Column("Members worse", "%")]
    ends = by_buyer.ends
    rows = [_row(ends, MEASURES[measure].words.capitalize(), row) for measure in MEASURES if measure in everyone.frame.index.get_level_values("measure")
            for _, row in everyone.of(measure).iterrows()]  # fmt: skip
    lost = [_row(ends, f"{by_buyer.titles[label]}: {MEASURES[measure].words}", row) for measure in ("output_lost", "output_stopped", "output_given_up", "output_lost_value", "output_stopped_value", "output_given_up_value")
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


def _row(ends, name, row):
    factor, unit = (100, "%, pp") if row["unit"] == "1" else (1, row["unit"])
    return (name, unit, *(factor * row[key] for key in ("mean_a", "mean_b", "mean", *ends)), 100 * row["worse"])


def _table(comparison: Comparison, identity):
    """Need lost by each division in t, and what its share of the full need changed by."""
    low, mean, high = _heads(comparison)
    heads = ((f"mean in {comparison.a}", "t"), (f"mean in {comparison.b}", "t"), (mean, "t"), (low, "t"), (high, "t"),
             ("Share of need, mean difference", "pp"), (low, "pp"), (high, "pp"), ("Members worse", "%"))  # fmt: skip
    columns = [Column(comparison.by.capitalize(), is_text=True), *(Column(head, unit, digits=3) for head, unit in heads)]
    share = comparison.of("share")
    rows = [(comparison.titles[label], *row[["mean_a", "mean_b", "mean", *comparison.ends]], *(100 * share.loc[label, ["mean", *comparison.ends]]),
             100 * row["worse"]) for label, row in comparison.of("lost").iterrows()]  # fmt: skip
    return table(f"{identity}-table", f"Differences of need lost by {comparison.by}, with the {words.ends_named(comparison)}", columns, rows)

"""chokepoint compare A B...: B minus A, paired by member, with intervals and in words."""

import argparse
import json
import sys

import pandas as pd

from .. import condition, words
from ..compare import compare
from ..measures import BY, MEASURES, OUTPUT
from ..result import open as open_result
from .table import aligned

HELP = "differences between results, member by member, with 90 % intervals of the mean; below 20 pairs the lowest and the highest"
FOOTER = """exit codes: 0 done, 2 usage, 4 cannot read, 6 a --fail-if condition held or files cannot be compared

lost is need not delivered (shortfall) and need given up for its cost (given_up) together. A sector, a material and all
buyers are those outside the countries that control exports. Means are over members; of fewer than 20 pairs the lowest and the
highest difference stand in place of the interval. What is on one side only has the mean of that side.

A condition reads [median|mean|pNN] MEASURE(WHO) > VALUE UNIT. A bare value is a level in B, one with its
sign a change, B minus A (shares: % for a level, pp for a change):
  --fail-if "lost(auto_usa) > 5 %"         --fail-if "mean lost(sector:defense) > +2 pp"
  --fail-if "given_up(auto_usa) > 1 %"     --fail-if "shortfall(auto_usa) > 20 t"
  --fail-if "first_short_day(auto_usa) < 2025-06-01"    --fail-if "p95 output_lost_days(auto_deu) > 20 d"
"""


def declare(parser: argparse.ArgumentParser):
    """Adds the arguments of the command."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="results: A, then each B that is set against it")
    parser.add_argument("--by", choices=BY, default="buyer", help="division (buyer)")
    parser.add_argument("--measure", choices=MEASURES, default="lost", help="what the words and the table are of (lost)")
    parser.add_argument("--all", action="store_true", help="also a row for those without a difference")
    parser.add_argument("--draws", type=_count, default=2000, metavar="N", help="draws of the bootstrap (2000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="seed of the bootstrap (1)")
    parser.add_argument("--unpaired", action="store_true", help="compare files that are not paired, as independent samples")
    parser.add_argument("--fail-if", action="append", default=[], metavar="CONDITION", help="exit 6 when it holds; may be repeated")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print as JSON: every measure")
    form.add_argument("--csv", action="store_true", help="print as CSV: every measure")


def _count(text: str) -> int:
    value = int(text)
    if value < 100:
        raise argparse.ArgumentTypeError("at least 100 draws")
    return value


def act(arguments) -> int:
    """Prints what was asked for; the exit code."""
    if len(arguments.files) < 2:
        raise condition.BadCondition("give at least two results: A, then each B that is set against it")
    conditions = [condition.read(text) for text in arguments.fail_if]
    with open_result(arguments.files[0]) as a:
        comparisons, held = [], False
        for path in arguments.files[1:]:
            with open_result(path) as b:
                comparison = compare(a, b, arguments.by, draws=arguments.draws, seed=arguments.seed, unpaired=arguments.unpaired)
                comparisons.append(comparison)
                verdicts = [one.holds(a, b) for one in conditions]  # first: who names nobody gets no table to read past
                if not (arguments.json or arguments.csv):
                    _print(comparison, arguments)
                elif not comparison.paired:
                    print(f"chokepoint: {words.unpaired_warning(comparison)}", file=sys.stderr)
                for one, (holds, found) in zip(conditions, verdicts):
                    _say(one, holds, found, comparison)
                    held |= holds
    if arguments.json:
        print(json.dumps({"comparisons": [_as_json(one) for one in comparisons]}, indent=2, ensure_ascii=False))
    if arguments.csv:
        _as_csv(comparisons).to_csv(sys.stdout, lineterminator="\n")
    return 6 if held else 0


def _say(one, holds, found, comparison):
    """Says whether a condition held, on standard error."""
    unit = one.unit if MEASURES[one.measure].unit == OUTPUT else MEASURES[one.measure].unit
    said = (words.change if one.is_change else words.quantity)(found, unit)
    what = f"{one.statistic} over members, {comparison.b}" + (f" minus {comparison.a}" if one.is_change else "")
    print(f"chokepoint: {one.text}: {'HOLDS' if holds else 'does not hold'}, {said} ({what})", file=sys.stderr)


def _print(comparison, arguments):
    if arguments.measure not in comparison.frame.index.get_level_values("measure"):
        raise condition.BadCondition(f"{arguments.measure} is not counted by {comparison.by} in both results; try --by buyer, or run the scenarios again")
    print(f"{comparison.b} minus {comparison.a}: {MEASURES[arguments.measure].words} by {comparison.by}, "
          f"{_members(comparison)}")  # fmt: skip
    if not comparison.paired:
        print(words.unpaired_warning(comparison))
    for note in [*comparison.notes, *filter(None, [words.caution(comparison)]), *comparison.cautions(arguments.measure)]:
        print(f"Note: {note}.")
    print()
    for line in words.summary(comparison, arguments.measure):
        print(line)
    rows = words.largest(comparison, arguments.measure)
    if arguments.all:
        table = comparison.of(arguments.measure)
        rows = pd.concat([rows, table.drop(rows.index)])
    if len(rows):
        print(f"\n{_table(comparison, rows)}")
    print()


def _members(comparison) -> str:
    one = comparison.members == 1
    if not comparison.paired:
        return "1 member" if one else f"{comparison.members} members"
    return "1 pair of members" if one else f"{comparison.members} pairs of members"


def _table(comparison, rows) -> str:
    first, last = comparison.ends
    head = [comparison.by, f"mean in {comparison.a}", f"mean in {comparison.b}", "mean difference", words.ends_named(comparison), "median difference",
            "worse in", "better in", "variance saved"]  # fmt: skip
    out = []
    for label, row in rows.iterrows():
        unit = row["unit"]
        out.append([comparison.titles[label], words.quantity(row["mean_a"], unit), words.quantity(row["mean_b"], unit),
                    words.change(row["mean"], unit), words.interval(row[first], row[last], unit),
                    words.change(row["median"], unit), _percent(row["worse"]), _percent(row["better"]), _percent(row["saved"])])  # fmt: skip
    return aligned(head, out)


def _percent(share) -> str:
    return "-" if pd.isna(share) else f"{100 * share:.0f} %"


def _as_json(comparison) -> dict:
    rows = []
    for (label, measure, unit), row in comparison.frame.iterrows():
        values = {key: None if pd.isna(value) else float(value) for key, value in row.items()}
        rows.append({comparison.by: label, "title": comparison.titles[label], "measure": measure, "unit": unit, **values})
    rows += [{comparison.by: label, "title": comparison.titles[label], "measure": measure, "unit": unit, f"mean_{row['side']}": float(row["mean"])}
             for (label, measure, unit), row in comparison.alone.iterrows()]  # fmt: skip
    return {"a": comparison.a, "b": comparison.b, "by": comparison.by, "members": comparison.members, "paired": comparison.paired,
            "only_in_a": comparison.only_a, "only_in_b": comparison.only_b, "problems": comparison.problems, "notes": comparison.notes, "rows": rows}  # fmt: skip


def _as_csv(comparisons) -> pd.DataFrame:
    frames = {(one.a, one.b, one.paired): pd.concat([one.frame, *(one.alone.loc[one.alone["side"] == side, ["mean"]].rename(columns={"mean": f"mean_{side}"})
              for side in "ab" if len(one.alone))]) for one in comparisons}  # fmt: skip
    return pd.concat(frames, names=["a", "b", "paired"])

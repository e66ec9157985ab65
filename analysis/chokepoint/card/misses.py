"""Known misses: what the scenarios themselves say is wrong with their figures, and the months a history is furthest off."""

from .. import words
from ..scoring.program import effective
from .hindcasts import history_lines
from .markdown import listed, table

FIRST = "geneva_truce"  # where variants say the same, the scenario they come from
SECTION = """## Known misses

What `run`, `compare` and `report` print beside the figure, in the words of the scenarios.

"""
WORST = """### Months furthest off

Of every series above its worst month, where the median of the run is outside two thirds to one and a half of what was published.

"""
OFF = 1.5  # times too much or too little


def caveats(scenarios) -> dict[str, dict[str, list[str]]]:
    """{scenario: {figure: [text]}} of every shipped scenario that has any."""
    out = {}
    for path in sorted(scenarios.glob("*.yaml")):
        if path.name == "defaults.yaml":
            continue
        for one in effective(path).get("caveats", {}).values():
            out.setdefault(path.stem, {}).setdefault(one["figure"], []).append(" ".join(one["text"].split()))
    return out


def caveat_table(scenarios) -> str:
    """Caveats by figure; those of variants that say the same once, with all their names; and who has none."""
    by_text, found = {}, caveats(scenarios)
    for name, figures in found.items():
        for figure, texts in figures.items():
            for text in texts:
                by_text.setdefault((figure, text), []).append(name)
    rows = []
    for (figure, text), names in by_text.items():
        first = FIRST if FIRST in names else names[0]
        others = [name for name in names if name != first]
        rows.append([f"`{first}`" + (f" and its variants ({len(others)})" if others else ""), figure, text])
    variants = sorted({name for names in by_text.values() if FIRST in names for name in names} - {FIRST})
    silent = [path.stem for path in sorted(scenarios.glob("*.yaml")) if path.name != "defaults.yaml" and path.stem not in found]
    said = f"Variants of `{FIRST}`, which say the same: {listed(f'`{name}`' for name in variants)}.\n\n" if variants else ""
    said += f"No caution stands beside the figures of {listed(f'`{name}`' for name in silent)}.\n\n" if silent else ""
    return SECTION + table(["scenario", "figure", "what is wrong with it"], rows) + said


def worst_table(runs, data) -> str:
    """The worst month of every series that is far off, the furthest first."""
    rows, cautioned, silent = [], caveats(runs.scenarios), []
    for history, _, lines in history_lines(runs, data):
        for line in lines:
            row = line.worst_row
            if row is not None and not 1 / OFF <= row["ratio"] <= OFF:
                far = max(row["ratio"], 1 / row["ratio"])
                band = f"{words.number(row['median'])} t ({words.number(row['low90'])} to {words.number(row['high90'])})"
                silent += [history.scenario] if history.scenario not in cautioned else []
                rows.append((far, [line.what, line.series, row["period"], f"{words.number(row['observed'])} t", band, f"{row['ratio']:.2f}"]))
    rows.sort(key=lambda one: -one[0])
    said = f"This far off and without a caution beside their figures: {listed(f'`{name}`' for name in dict.fromkeys(silent))}.\n\n" if silent else ""
    return WORST + said + table(["history", "series", "month", "published", "median and 90 % band", "ratio"], [row for _, row in rows])


def section(runs, data) -> str:
    """Both."""
    return caveat_table(runs.scenarios) + worst_table(runs, data)

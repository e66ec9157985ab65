"""A fit in plain English, as a scenario fragment, and as JSON."""

import numpy as np

from ..cli.table import aligned
from ..scoring.overlay import Dotted, yaml
from ..scoring.tell import wrapped
from ..words import number
from . import abc
from .fit import Fit
from .vary import short

TIED = 0.5  # correlation told
PARTS = 5


def told(found: Fit, about: dict) -> str:
    """The whole answer. about: draws, members, seed, until, as the command gave them."""
    return "\n\n".join(part for part in (wrapped(sentence(found, about)), wrapped(quality(found, about["error"])), values(found), ties(found), profiles(found), misfits(found), legend(found)) if part)


def sentence(found: Fit, about: dict) -> str:
    """How much was learnt."""
    names, learnt = short([one.key for one in found.ranges]), found.learnt()
    listed = {word: [names[one.key] for one, said in zip(found.ranges, learnt) if said == word] for word in ("identified", "weakly", "not")}
    first = f"{len(found.ranges)} value{'s' * (len(found.ranges) > 1)}, {about['draws']} draws of {about['members']} members against {len(found.wanted)} observations until {about['until']}: "
    parts = [f"{len(some)} {word}{f' ({chr(44).join(some).replace(chr(44), chr(44) + chr(32))})' if some else ''}"
             for word, some in (("identified", listed["identified"]), ("weakly identified", listed["weakly"]), ("not identified", listed["not"]))]  # fmt: skip
    return first + "; ".join(parts) + "."


def quality(found: Fit, error: str) -> str:
    """How near the runs come; error: the share of a published value, as text."""
    out = (f"Misfit (root mean square of median less published, in errors of {error} of the published value): "
           f"{number(found.misfit(found.as_written))} as the scenario is, {number(found.misfit(found.middle))} at the median of the posterior, "
           f"{number(found.posterior.distance.min())} in the best draw, {number(float(np.median(found.posterior.distance)))} in the median draw.")  # fmt: skip
    if found.posterior.beyond > abc.FAR:
        out += (f" The record lies {number(found.posterior.beyond)} standard deviations from what these ranges can give: "
                "the posterior leans on an end of a range; widen it, or mend what the misfit below shows.")  # fmt: skip
    if found.misfit(found.middle) > found.posterior.distance.min() * 1.5:
        out += " The median of the posterior fits worse than the best draw: values act on each other, or draws are too few; give more --draws."
    return out


def values(found: Fit) -> str:
    """The table of values."""
    names = short([one.key for one in found.ranges])
    rows = []
    for one, points, width, word in zip(found.ranges, found.posterior.quantiles(), found.posterior.widths(), found.learnt()):
        low, middle, high = (f"{one.value(point):.3g}" for point in points)
        rows.append([names[one.key], f"{one.low:g} to {one.high:g} {one.unit}".strip(), low, middle, high, f"{100 * width:.0f} %", word])
    return aligned(["value", "range", "5 %", "median", "95 %", "width", "identified"], rows)


def ties(found: Fit) -> str:
    """Pairs of values that the record knows together only."""
    names, tied = short([one.key for one in found.ranges]), found.posterior.correlations()
    pairs = sorted(((tied[i, j], names[found.ranges[i].key], names[found.ranges[j].key]) for i in range(len(tied)) for j in range(i)), key=lambda pair: -abs(pair[0]))
    said = [f"{a} and {b} {value:+.2f}" for value, a, b in pairs if abs(value) > TIED]
    return wrapped(f"Known together rather than each alone (correlation): {'; '.join(said)}." if said else f"No two values are tied by a correlation over {TIED}.")


def profiles(found: Fit) -> str:
    """Least misfit by part of each range."""
    names = short([one.key for one in found.ranges])
    rows = [[names[one.key], *("-" if np.isnan(value) else number(value) for value in row)]
            for one, row in zip(found.ranges, abc.profile(found.shares, found.posterior.distance, PARTS))]  # fmt: skip
    return "Least misfit of a draw by fifth of the range, from low to high\n" + aligned(["value", *(f"{at + 1}" for at in range(PARTS))], rows)


def misfits(found: Fit) -> str:
    """Where the median of the posterior misses, by series."""
    rows, series = [], np.array(found.series)
    for name in dict.fromkeys(found.series):
        inside = series == name
        observed = found.observed[inside].sum()
        ratios = [np.median(run[:, inside].sum(1)) / observed if observed else np.nan for run in (found.as_written, found.middle)]
        off = [np.sqrt((((np.median(run, 0) - found.observed) / found.error)[inside] ** 2).mean()) for run in (found.as_written, found.middle)]
        rows.append([name, str(inside.sum()), *(f"{one:.2f}" for one in ratios), *(number(one) for one in off)])
    return ("Result over published, summed over the months, and misfit in errors\n"
            + aligned(["series", "months", "as is", "fitted", "misfit as is", "misfit fitted"], rows))  # fmt: skip


def legend(found: Fit) -> str:
    """What the columns mean, and what was left out."""
    lines = [f"width: from 5 to 95 % of the posterior over that of the range drawn evenly; identified below 50 %, weakly below {100 * min(found.posterior.chance, 1):.0f} %, under which "
             f"one in twenty values without any effect come out by the chance of few draws ({found.posterior.used} of {len(found.shares)} draws are near the record). Draws share one seed. An interval holds for the error stated and for this model: it does not count what the model lacks.",
             *(f"Note: {note}." for note in found.notes)]  # fmt: skip
    return "\n".join(map(wrapped, lines))


def fragment(found: Fit, about: dict) -> str:
    """The posterior as a scenario that extends the one fitted, each value drawn from a beta distribution of its mean and spread."""
    mean, variance = found.posterior.moments()
    vary, kinds = {}, about["drawn_as"]
    for one, points, m, v in zip(found.ranges, found.posterior.quantiles(), mean, variance):
        size = max(m * (1 - m) / max(v, 1e-9) - 1, 0.1)
        old = {kind: None for kind in kinds.get(one.key, ()) if kind != "beta"}
        inner = {} if "beta" not in kinds.get(one.key, ()) else {name: None for name in ("mode",) if name in kinds[one.key]["beta"]}
        vary[Dotted(one.key)] = old | {"beta": inner | {"low": one.text(one.low), "high": one.text(one.high), "alpha": f"{m * size:.4g}", "beta": f"{(1 - m) * size:.4g}"}}
    lines = [f"# Posterior of {about['scenario']}, made by:", f"#   {about['command']}",
             f"# Observations: {about['observed']} (SHA-256 {about['sha256'][:16]}), {len(found.wanted)} from {about['from']} to {about['until']}.",
             f"# Sources of them: {', '.join(about['sources']) or 'none stated'}.",
             f"# {about['draws']} draws of {about['members']} members on seed {about['seed']}; {len(found.posterior.weights)} records kept; error {about['error']}; made on {about['date']}.",
             f"# Misfit {found.misfit(found.as_written):.3g} as the scenario was, {found.misfit(found.middle):.3g} at the medians. 5, 50 and 95 % of each value:",
             *(f"#   {one.key}: {', '.join(one.text(one.value(point), 3) for point in points)}; {word} identified, width {100 * width:.0f} % of {one.low:g} to {one.high:g} {one.unit}".replace("identified identified", "identified").rstrip()
               for one, points, width, word in zip(found.ranges, found.posterior.quantiles(), found.posterior.widths(), found.learnt())),
             "# Correlations between values are not drawn; those above 0.5:", *(f"#   {line}" for line in _tied(found))]  # fmt: skip
    head = {"chokepoint": 1, "extends": about["extends"], "name": about["name"], "question": f"What do the published months until {about['until']} say of the values of {about['extends'].removesuffix('.yaml')}?"}
    if about["known_sources"]:
        head["sources"] = about["known_sources"]
    return "\n".join([*lines, yaml(head | {"ensemble": {"vary": vary}}), ""])


def _tied(found) -> list[str]:
    tied = found.posterior.correlations()
    out = [f"{found.ranges[j].key} and {found.ranges[i].key}: {tied[i, j]:+.2f}" for i in range(len(tied)) for j in range(i) if abs(tied[i, j]) > TIED]
    return out or ["none"]


def as_json(found: Fit, about: dict) -> dict:
    """Every figure, for scripts."""
    points, widths, words = found.posterior.quantiles(), found.posterior.widths(), found.learnt()
    kept = {key: about[key] for key in ("scenario", "observed", "sha256", "from", "until", "draws", "members", "seed", "error", "command")}
    rows = [{"key": one.key, "unit": one.unit, "low": one.low, "high": one.high, **{name: one.value(point) for name, point in zip(("p05", "median", "p95"), at)},
             "width": float(width), "identified": word, "profile": [None if np.isnan(value) else float(value) for value in row]}
            for one, at, width, word, row in zip(found.ranges, points, widths, words, abc.profile(found.shares, found.posterior.distance, PARTS))]  # fmt: skip
    return kept | {"said": sentence(found, about), "values": rows, "correlations": found.posterior.correlations().tolist(), "beyond": found.posterior.beyond,
                   "misfit": {"as_written": found.misfit(found.as_written), "fitted": found.misfit(found.middle), "best": float(found.posterior.distance.min())},
                   "observations": [{"series": name, "period": row.name, "published": row.tonnes, "as_written": float(before), "fitted": float(after)}
                                    for name, (_, row), before, after in zip(found.series, found.wanted, np.median(found.as_written, 0), np.median(found.middle, 0))],
                   "notes": found.notes}  # fmt: skip

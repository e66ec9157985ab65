"""B minus A, member by member: common random numbers make the difference sharper than either side."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .collection import names
from .measures import FIGURES, MEASURES, OUTPUT, NotCounted, Reader, controlling, figure_of, groups
from .pairing import NotPaired, horizon_problem, notes, problems
from .result import Result

INTERVAL = (0.05, 0.95)
FEW = 20  # pairs: of fewer the bootstrap gives intervals that are too short
COLUMNS = ("mean_a", "mean_b", "mean", "median", "low", "high", "p05", "p95", "least", "most", "worse", "better", "saved", "unpaired_low", "unpaired_high")


@dataclass
class Comparison:
    """What compare() found.

    frame: index (by, measure, unit); columns
      mean_a, mean_b          means over members
      mean, median            of B minus A over members
      low, high               90 % interval of the mean difference, bootstrap over members (NaN of one member)
      p05, p95                5 % and 95 % of the members' differences (of paired results, else NaN)
      least, most             the smallest and the largest of them (of paired results, else NaN)
      worse, better           share of members in which B is worse, and better (of paired results, else NaN)
      saved                   share of the variance of the difference that pairing saves (NaN where none differs)
      unpaired_low, -_high    the interval had the members not been paired
    a, b: ids, or file names where the ids are equal (collection.names); paired; problems (why not paired) and notes, as
    text; members (pairs); titles {label: text}. only_a, only_b: titles of what exists on one side alone, and has no difference.
    caveats: {figure of measures.FIGURES: what the scenarios say of it}.
    alone: their levels, index (by, measure, unit), columns side ("a" or "b"), mean, low, high (5 % and 95 % of members).
    """

    frame: pd.DataFrame
    a: str
    b: str
    by: str
    members: int
    paired: bool
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    only_a: list[str] = field(default_factory=list)
    only_b: list[str] = field(default_factory=list)
    alone: pd.DataFrame = field(default_factory=pd.DataFrame)
    caveats: dict[str, list[str]] = field(default_factory=dict)

    def cautions(self, measure: str) -> list[str]:
        """What either scenario says of the figure a measure belongs to, where it gets it wrong."""
        return [f"a caution on {MEASURES[figure_of(measure)].words.split(' at ')[0]}: {one}" for one in self.caveats.get(figure_of(measure), [])]

    @property
    def few(self) -> bool:
        """Whether there are too few members for an interval of the mean that can be relied on."""
        return 1 < self.members < FEW

    @property
    def ends(self) -> tuple[str, str]:
        """Columns of frame that say how far the difference may be off: the interval of the mean, of few pairs the extremes."""
        return ("least", "most") if self.few and self.paired else ("low", "high")

    def of(self, measure: str) -> pd.DataFrame:
        """The rows of one measure: index label, the columns of frame."""
        rows = self.frame.xs(measure, level="measure")
        return rows.reset_index("unit")


def compare(a: Result, b: Result, by: str = "buyer", measures=None, draws: int = 2000, seed: int = 1,
            unpaired: bool = False, called: tuple[str, str] | None = None,
            without: frozenset[str] | None = None) -> Comparison:  # fmt: skip
    """B minus A by buyer, sector, region, product or all.

    measures: names out of measures.MEASURES (all that can be had by default). draws, seed: of the bootstrap;
    the same seed gives the same interval. NotPaired when the two differ in seed, members, horizon, data or
    version of the program; with unpaired=True they are compared as independent samples, unless in horizon.
    A short day that never came counts as the end of the run. called: names of the two, instead of ids.
    without: regions left out of groups that span several, by default those that control exports in either (measures.groups).
    """
    why = problems(a, b)
    if why and (not unpaired or horizon_problem(a, b)):
        raise NotPaired(f"{a.path} and {b.path} are not paired: {'; '.join(why)}")
    sides = _Sides(a, b, paired=not why, draws=draws, seed=seed)
    without = controlling(a) | controlling(b) if without is None else without
    rows, titles, in_a, in_b = [], {}, groups(a, by, without), groups(b, by, without)
    units = a.text("buyer_unit")
    for label, group in in_a.items():
        if label not in in_b:
            continue
        titles[label] = group.title
        for name in measures or MEASURES:
            try:
                row = sides.row(name, group, in_b[label])
            except NotCounted:
                if measures:
                    raise
                continue
            if row is not None:
                unit = units.get(label, "1") if MEASURES[name].unit == OUTPUT else MEASURES[name].unit
                rows.append((label, name, unit, *row))
    if not titles:
        raise NotPaired(f"{a.path} and {b.path} have no {by} in common")
    frame = pd.DataFrame(rows, columns=[by, "measure", "unit", *COLUMNS]).set_index([by, "measure", "unit"])
    lone = [{label: group for label, group in one.items() if label not in other} for one, other in ((in_a, in_b), (in_b, in_a))]
    titles |= {label: group.title for side in lone for label, group in side.items()}
    levels = [row for side, reader, one, of in (("a", sides.a, lone[0], a), ("b", sides.b, lone[1], b))
              for label, group in one.items() for row in _levels(label, group, reader, of, side, measures or MEASURES)]  # fmt: skip
    alone = pd.DataFrame(levels, columns=[by, "measure", "unit", "side", "mean", "low", "high"]).set_index([by, "measure", "unit"])
    return Comparison(frame, *(called or names([a, b])), by, sides.members, not why, why, notes(a, b), titles,
                      *([group.title for group in one.values()] for one in lone), alone,
                      {figure: list(dict.fromkeys([*a.caveats(figure), *b.caveats(figure)])) for figure in FIGURES})  # fmt: skip


def _levels(label, group, reader, result, side, measures):
    """Rows of `alone` of one group: what is counted of it."""
    for name in measures:
        try:
            values = reader.values(name, group)
        except NotCounted:
            continue
        if not np.isnan(values).any():
            unit = result.text("buyer_unit").get(label, "1") if MEASURES[name].unit == OUTPUT else MEASURES[name].unit
            yield (label, name, unit, side, values.mean(), *np.quantile(values, INTERVAL))


class _Sides:
    """Both results, the rows of the members compared, and the weights of the bootstrap, drawn once."""

    def __init__(self, a, b, paired, draws, seed):
        self.a, self.b, self.paired = Reader(a, a.days), Reader(b, b.days), paired
        if paired:
            both = np.flatnonzero(a.done & b.done)
            self.rows = np.searchsorted(self.a.members, both), np.searchsorted(self.b.members, both)
        else:
            self.rows = np.arange(len(self.a.members)), np.arange(len(self.b.members))
        self.members = min(map(len, self.rows))
        if self.members == 0:
            raise NotPaired("no member is done in both")
        random = np.random.default_rng(seed)
        self.weights = tuple(random.multinomial(len(r), np.full(len(r), 1 / len(r)), draws) / len(r) for r in self.rows)

    def _interval(self, draws):
        """Both ends of the interval; NaN of one member, which says nothing of the others."""
        return np.quantile(draws, INTERVAL) if self.members > 1 else np.full(2, np.nan)

    def row(self, name, group_a, group_b):
        x, y = self.a.values(name, group_a)[self.rows[0]], self.b.values(name, group_b)[self.rows[1]]
        if np.isnan(x).any() or np.isnan(y).any():  # no need, or output not counted
            return None
        apart = self._interval(self.weights[1] @ y - self.weights[0] @ x)
        if not self.paired:
            return (x.mean(), y.mean(), y.mean() - x.mean(), np.median(y) - np.median(x), *apart,
                    *np.full(7, np.nan), *apart)  # fmt: skip
        difference = y - x
        # Weights that sum to 1 only up to rounding must not give equal members an interval.
        low, high = self._interval(self.weights[0] @ (difference - difference[0])) + difference[0]
        spread = x.var() + y.var()
        saved = 1 - difference.var() / spread if spread > 0 else np.nan
        worse, better = ((sign * difference * MEASURES[name].worse > 0).mean() for sign in (1, -1))
        return (x.mean(), y.mean(), difference.mean(), np.median(difference), low, high,
                *np.quantile(difference, INTERVAL), difference.min(), difference.max(), worse, better, saved, *apart)  # fmt: skip

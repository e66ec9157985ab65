"""What is said of a run in one number a member, and for whom: the base of headline, compare and fail-if.

Need lost is what was not delivered and what was given up for its cost, together; each can be had alone. Shares are of the full
need: what need would be without any answer to duty, price or shortage.
"""

import re
from typing import NamedTuple

import numpy as np

from .result import Result, suggestion


class NotCounted(ValueError):
    """The measure is not counted in this division."""


class Measure(NamedTuple):
    """A number a member: variable(s) it comes from, unit, what is worse (+1 more, -1 less), words."""

    variable: str
    unit: str
    worse: int
    words: str
    axes: tuple[str, ...]


BUYER_PRODUCT, BUYER = ("buyer", "product"), ("buyer",)
OUTPUT = "output"  # as a unit: that of the output of the buyer group


def _need(variable: str, words: str, name: str, share: str) -> dict[str, Measure]:
    """A part of need in t and as a share of the full need."""
    return {name: Measure(variable, "t", +1, words, BUYER_PRODUCT), share: Measure(variable, "1", +1, f"share of {words}", BUYER_PRODUCT)}


def _worth(name: str, words: str) -> dict[str, Measure]:
    """A part of need in money, at the price of each material at its origin on day 0."""
    return {f"{name}_value": Measure(f"{name}_value", "USD", +1, f"{words} at the prices of day 0", BUYER_PRODUCT)}


def _output(variable: str, words: str) -> dict[str, Measure]:
    """A loss of output in its unit, in money and in days of base output."""
    return {variable: Measure(variable, OUTPUT, +1, words, BUYER), f"{variable}_value": Measure(f"{variable}_value", "USD", +1, f"value added of {words}", BUYER),
            f"{variable}_days": Measure(f"{variable}_days", "d", +1, f"{words} in days of base output", BUYER)}  # fmt: skip


MEASURES = {
    **_need("lost_total", "need lost", "lost", "share"),
    **_worth("lost", "need lost"),
    **_need("shortfall_total", "need not delivered", "shortfall", "shortfall_share"),
    **_worth("shortfall", "need not delivered"),
    **_need("given_up_total", "need given up", "given_up", "given_up_share"),
    **_worth("given_up", "need given up"),
    **_need("lacked_total", "need that was not there", "lacked", "lacked_share"),
    "first_short_day": Measure("first_short_day", "d", -1, "first short day", BUYER_PRODUCT),
    "longest_short_run": Measure("longest_short_run", "d", +1, "longest run of short days", BUYER_PRODUCT),
    "worst_week": Measure("worst_week", "1", +1, "share of need lost in the worst week", BUYER),
    **_output("output_lost", "lost output"),
    **_output("output_stopped", "output stopped for lack of an input"),
    **_output("output_given_up", "output given up for its cost"),
    "duty_paid": Measure("duty_paid", "USD", +1, "duty paid at customs by the buyers themselves", BUYER),
}
SINCE_1_2 = ("lost_value", "shortfall_value", "given_up_value", "worst_week")  # not in results of earlier schemas
FIGURES = ("lost", "output_lost", "duty_paid")  # that a scenario may say a caution of
NOTABLE = 0.01  # share of full need: who loses less is not told as one that loses
BY = ("buyer", "sector", "region", "product", "all")
AUTHORITY = re.compile(r"licensing\.([^.]+)\.authority")


def figure_of(measure: str) -> str:
    """The figure of FIGURES a measure is a part or a share of."""
    return "output_lost" if measure.startswith("output_") else "duty_paid" if measure == "duty_paid" else "lost"


def controlling(result: Result) -> frozenset[str]:
    """Ids of the regions whose authority controls exports in the scenario, and which have buyers of their own."""
    scenario = result.leaves
    found = {value for key, value in scenario.items() if (match := AUTHORITY.fullmatch(key))
             and scenario.get(f"licensing.{match[1]}.from") != "never"}  # fmt: skip
    return frozenset(found & set(result["buyer_region"].read()))


class Group(NamedTuple):
    """Some buyers and materials: title for people, masks [buyer] and [product]."""

    title: str
    buyers: np.ndarray
    products: np.ndarray


def groups(result: Result, by: str, without: frozenset[str] | None = None) -> dict[str, Group]:
    """{label: Group} of a division: buyer, sector, region (of the buyer), product, or all.

    without: regions left out where a group spans several (sector, product, all), by default those of controlling():
    their buyers need no licence, and a share of need with theirs in it would say little of the others. Titles say so.
    """
    if by not in BY:
        raise ValueError(f"cannot divide by {by!r}; {suggestion(by, BY)}")
    buyers, products = result.labels("buyer"), result.labels("product")
    everyone, everything = np.ones(len(buyers), bool), np.ones(len(products), bool)
    if by == "buyer":
        titles = result.text("buyer_title")
        return {name: Group(titles[name], buyers == name, everything) for name in buyers}
    regions = result["buyer_region"].read()
    if by == "region":
        titles = result.text("region_title")
        return {name: Group(titles[name], regions == name, everything) for name in dict.fromkeys(regions)}  # in the order of buyers
    abroad, where = _abroad(result, regions, controlling(result) if without is None else without)
    if by == "all":
        return {"all": Group(f"All buyers{where}", abroad, everything)}
    if by == "product":
        titles = result.text("product_title")
        return {name: Group(titles[name] + where, abroad, products == name) for name in products}
    sectors = result["buyer_sector"].read()
    return {name: Group(name.replace("_", " ").capitalize() + where, abroad & (sectors == name), everything)
            for name in dict.fromkeys(sectors[abroad])}  # fmt: skip


def _abroad(result, regions, without) -> tuple[np.ndarray, str]:
    """Mask of the buyers outside some regions, and how to say it; everyone where no buyer is in them, or all are."""
    abroad = ~np.isin(regions, list(without))
    if abroad.all() or not abroad.any():
        return np.ones(len(regions), bool), ""
    titles = result.text("region_title")
    return abroad, " outside " + " and ".join(titles[name] for name in sorted(set(regions[~abroad])))


def group_named(result: Result, name: str, without: frozenset[str] | None = None) -> Group:
    """The group of a buyer, sector, region or product, written `auto_usa` or `sector:automotive`; KeyError else."""
    kind, _, label = name.rpartition(":")
    if kind and kind not in BY:
        raise KeyError(f"no division {kind}; {suggestion(kind, BY)}")
    found = {by: divided[label] for by in ([kind] if kind else BY) if label in (divided := groups(result, by, without))}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise KeyError(f"{label} is a {' and a '.join(found)}; write {next(iter(found))}:{label}")
    known = [label for by in ([kind] if kind else BY) for label in groups(result, by, without)]
    raise KeyError(f"no buyer, sector, region or product {label}; {suggestion(label, known)}")


class Reader:
    """Measures of one result; each variable is read once.

    never: what stands for "no short day": NaN, or the days of the run when differences are taken.
    """

    def __init__(self, result: Result, never: float = np.nan):
        self.result, self.never, self._arrays = result, never, {}
        self.members = np.flatnonzero(result.done)

    def array(self, variable: str) -> np.ndarray:
        """Values of the members that are done [done member, ...]."""
        if variable not in self._arrays:
            self._arrays[variable] = self.result.loss(variable)[self.members].astype(float)
        return self._arrays[variable]

    def values(self, measure: str, group: Group) -> np.ndarray:
        """[done member] of the measure over the group; NaN where it needs nothing. NotCounted in another division."""
        if measure not in MEASURES:
            raise KeyError(f"no measure {measure}; {suggestion(measure, MEASURES)}")
        spec = MEASURES[measure]
        if spec.variable in SINCE_1_2 and spec.variable not in self.result:
            raise NotCounted(f"{self.result.path}: made by a program that did not record {spec.variable} yet; run the scenario again")
        data = self.array(spec.variable)[:, group.buyers]
        if spec.axes == BUYER:
            if not group.products.all():
                raise NotCounted(f"{measure} is not counted by material")
            if spec.unit != "USD" and group.buyers.sum() > 1:
                raise NotCounted(f"{measure} cannot be added over buyers; ask for one")
            return np.where(np.isnan(data).all(1), np.nan, np.nansum(data, 1))  # of the buyers it is counted for
        need = self.array("full_need_total")[:, group.buyers][..., group.products]
        used = data[..., group.products]
        with np.errstate(invalid="ignore", divide="ignore"):
            if spec.unit == "1":
                return np.nansum(used, (1, 2)) / np.nansum(need, (1, 2))
        if spec.unit in ("t", "USD"):
            return np.where(np.nansum(need, (1, 2)) > 0, np.nansum(used, (1, 2)), np.nan)
        if measure == "first_short_day":
            first = np.where(used < 0, np.inf, used).min((1, 2), initial=np.inf)
            return np.where(np.isinf(first), self.never, first)
        return used.max((1, 2), initial=0)

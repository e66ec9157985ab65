"""The values a fit may vary: KEY=LOW..HIGH with units as in scenarios, or KEY alone for the range the scenario varies it in."""

import re
import warnings
from dataclasses import dataclass

import numpy as np

from ..condition import BadCondition

QUANTITY = re.compile(r"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(?P<unit>\D.*)?")
BOUNDS = {"uniform": (0, -1), "triangular": (0, -1)}


@dataclass(frozen=True)
class Range:
    """A key, its bounds and their unit ("" for a bare number); whole: whether only whole numbers are taken. The prior is uniform between them."""

    key: str
    low: float
    high: float
    unit: str
    whole: bool = False

    def value(self, share: float) -> float:
        """The value at a share of the range; of whole numbers each has an equal part of it."""
        if self.whole:
            return min(self.high, self.low + int(share * (self.high - self.low + 1)))
        return self.low + share * (self.high - self.low)

    def text(self, value: float, digits: int = 6) -> str:
        """A value with the unit, as scenarios write it."""
        return f"{value:.{digits}g} {self.unit}".strip()


def quantity(text: str) -> tuple[float, str]:
    """Number and unit; ValueError for anything else."""
    match = QUANTITY.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    return float(match["number"]), (match["unit"] or "").strip()


def read(text: str, effective: dict) -> Range:
    """A Range from what stands behind --vary; effective: the scenario as JSON. BadCondition says how to write it."""
    key, sign, span = text.partition("=")
    if not sign:
        return _drawn(key, effective)
    low, dots, high = span.partition("..")
    try:
        (first, of_first), (last, of_last) = quantity(low), quantity(high)
    except ValueError:
        raise BadCondition(f'--vary "{text}" is no range; write KEY=LOW..HIGH with units, such as {key or "KEY"}=85 %..110 %') from None
    if of_first and of_last and of_first != of_last:
        raise BadCondition(f'--vary "{text}": {of_first} and {of_last} are two units; give both ends in one')
    if not first < last:
        raise BadCondition(f'--vary "{text}": the lower end comes first')
    return Range(key, first, last, of_first or of_last)


def _drawn(key, effective) -> Range:
    """The range the scenario itself draws a key from."""
    varied = effective.get("ensemble", {}).get("vary", {})
    if key not in varied:
        raise BadCondition(f"--vary {key}: the scenario draws no {key}, so give a range: --vary {key}=LOW..HIGH")
    for kind, (first, last) in BOUNDS.items():
        if kind in varied[key]:
            ends = [quantity(str(varied[key][kind][at])) for at in (first, last)]
            return Range(key, ends[0][0], ends[1][0], ends[0][1])
    raise BadCondition(f"--vary {key}: the scenario draws it from {', '.join(varied[key])}, which has no ends; give a range: --vary {key}=LOW..HIGH")


def short(keys: list[str]) -> dict[str, str]:
    """{key: its last parts, as many as tell it from the others, two at least}."""
    out = {}
    for key in keys:
        parts = key.split(".")
        depth = next(n for n in range(min(2, len(parts)), len(parts) + 1)
                     if n == len(parts) or sum(("." + other).endswith("." + ".".join(parts[-n:])) for other in keys) == 1)  # fmt: skip
        out[key] = ".".join(parts[-depth:])
    return out


def design(draws: int, ranges: list[Range], seed: int) -> np.ndarray:
    """Shares of the ranges [draw, range]: a scrambled Sobol sequence, so that more draws of a seed go on where fewer ended."""
    from scipy.stats import qmc

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # any number of points will do: no integral is taken
        return qmc.Sobol(len(ranges), scramble=True, seed=seed).random(draws)

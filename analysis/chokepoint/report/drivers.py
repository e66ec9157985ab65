"""What drives the spread: rank correlation of drawn values with the need lost by each member."""

import numpy as np
import pandas as pd

from ..measures import Reader, groups
from ..result import Result
from .html import Column, figure, paragraph, section, table

FEWEST, MOST = 10, 15
SHUFFLES, SEED, CHANCE = 1000, 1, 0.05  # the bound is what chance passes in CHANCE of the cases
NONE = "No single assumption explains the spread"


def correlations(result: Result, measure: str = "lost") -> tuple[pd.Series, float]:
    """rank_correlations() of each drawn value with a measure of all buyers, over members that are done."""
    parameters = result.parameters[result.done].reset_index(drop=True)
    return rank_correlations(parameters, Reader(result).values(measure, groups(result, "all")["all"]))


def rank_correlations(parameters: pd.DataFrame, outcome) -> tuple[pd.Series, float]:
    """Spearman's rho of each parameter with an outcome a member, the largest in size first, and the bound that tells it from chance.

    The bound: of parameters that have nothing to do with the outcome the largest correlation of all stays within it in
    19 of 20 cases. It comes from shuffling the outcome (seeded), so that it holds for as many parameters, members and
    ties as there are. Parameters that do not vary are left out; empty when the outcome does not vary.
    """
    parameters = parameters.loc[:, parameters.nunique() > 1]
    ranks = _scores(pd.DataFrame({"outcome": np.asarray(outcome)}))[:, 0]
    if parameters.empty or not ranks.any():
        return pd.Series(dtype=float), np.nan
    scores = _scores(parameters)
    rho = pd.Series(scores.T @ ranks, index=parameters.columns)
    random = np.random.default_rng(SEED)
    shuffled = random.permuted(np.tile(ranks, (SHUFFLES, 1)), axis=1)
    bound = float(np.quantile(np.abs(shuffled @ scores).max(axis=1), 1 - CHANCE))
    return rho.reindex(rho.abs().sort_values(ascending=False, kind="stable").index), bound


def _scores(values: pd.DataFrame) -> np.ndarray:
    """Ranks of each column, centred and of length 1 (0 where nothing varies), so that a product is a correlation."""
    ranks = values.rank().to_numpy()
    ranks = ranks - ranks.mean(axis=0)
    length = np.sqrt((ranks**2).sum(axis=0))
    return np.divide(ranks, length, out=np.zeros_like(ranks), where=length > 0)


def drivers(result: Result, prefix: str) -> str:
    """The chart of rank correlations, and what of it is chance."""
    part, title = "drivers", "What drives the spread"
    count = int(result.done.sum())
    if count < FEWEST:
        return section(prefix, part, title, paragraph(f"With {count} members nothing can be said of assumptions; run at least {FEWEST}."))
    rho, bound = correlations(result)
    if rho.empty:
        return section(prefix, part, title, paragraph("No assumption varies between members, or all members lose the same."))
    titles = result.parameter_titles
    clear = int((rho.abs() > bound).sum())
    shown = rho.head(MOST)
    caption = (f"Rank correlation of each drawn value with the need lost by all buyers over {count} members, the {len(shown)} largest of {len(rho)}. "
               f"Were all {len(rho)} unrelated to it, the largest would stay between the dashed lines (±{bound:.2f}) in 19 of 20 such runs; "
               f"{clear or 'none'} {'lies' if clear == 1 else 'lie'} outside. Correlation says which draws go along with the outcome, not "
               "what would happen if one were changed.")  # fmt: skip
    columns = [Column("Assumption", is_text=True), Column("rank correlation", digits=3), Column("Key", is_text=True)]
    rows = [(titles[key], value, key) for key, value in shown.items()]
    return section(prefix, part, title, figure(f"{prefix}rho", "bars", _heading(titles, rho, bound), caption,
                                           table(f"{prefix}rho-table", "Rank correlations", columns, rows),
                                           {"unit": "", "noise": round(bound, 3)}))  # fmt: skip


def _heading(titles, rho, bound) -> str:
    key, first = rho.index[0], rho.iloc[0]
    if abs(first) <= bound:
        return NONE
    return f"{titles[key]}: higher values go with {'more' if first > 0 else 'less'} need lost"

"""What drives the spread: rank correlation of drawn parameters with the shortfall of each member."""

import numpy as np
import pandas as pd

from ..measures import Reader, groups
from ..result import Result
from .html import Column, figure, paragraph, section, table

FEWEST, MOST = 10, 15


def correlations(result: Result) -> pd.DataFrame:
    """Spearman's rho of each drawn parameter with total unmet need over members that are done.

    Index parameter, column rho, the largest in size first. Parameters that do not vary are left out; empty
    when the shortfall does not vary.
    """
    parameters = result.parameters[result.done].reset_index(drop=True)
    total = pd.Series(Reader(result).values("shortfall", groups(result, "all")["all"])).rank()
    parameters = parameters.loc[:, parameters.nunique() > 1]
    rho = parameters.rank().corrwith(total).dropna() if total.nunique() > 1 else pd.Series(dtype=float)
    return rho.reindex(rho.abs().sort_values(ascending=False, kind="stable").index).to_frame("rho")


def drivers(result: Result, prefix: str) -> str:
    """The chart of rank correlations, and what of it is chance."""
    part, title = "drivers", "What drives the spread"
    count = int(result.done.sum())
    rho = correlations(result)
    if count < FEWEST or rho.empty:
        few = f"With {count} members nothing can be said of parameters; run at least {FEWEST}." if count < FEWEST else "Nothing varies."
        return section(prefix, part, title, paragraph(few))
    noise = 1.645 / np.sqrt(count - 1)  # 90 % of rank correlations of unrelated draws lie within
    rows = [(name, value) for name, value in rho["rho"].head(MOST).items()]
    name, first = rows[0]
    way = "more" if first > 0 else "less"
    clear = sum(abs(value) > noise for _, value in rows)
    takeaway = (f"More of {name} goes with {way} unmet need" if abs(first) > noise else "No single parameter stands out of the noise")  # fmt: skip
    caption = (f"Rank correlation of each drawn value with the unmet need of all buyers over {count} members, the {len(rows)} largest. "
               f"Between the dashed lines (±{noise:.2f}) lie nine tenths of what unrelated draws would show; {clear} lie outside. Correlation "
               "says which draws go along with the outcome, not what would happen if one were changed.")  # fmt: skip
    columns = [Column("Parameter", is_text=True), Column("rank correlation", digits=3)]
    return section(prefix, part, title, figure(f"{prefix}rho", "bars", takeaway, caption,
                                           table(f"{prefix}rho-table", "Rank correlations", columns, rows),
                                           {"unit": "", "noise": round(noise, 3)}))  # fmt: skip

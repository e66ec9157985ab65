"""Tables and figures as the card writes them."""

import numpy as np

from .. import words


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(["| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads), *rows]]) + "\n\n"


def share(value: float) -> str:
    """A share in whole per cent."""
    return "-" if np.isnan(value) else f"{100 * value:.0f} %"


def tonnes(value: float) -> str:
    """A quantity [t]."""
    return "-" if np.isnan(value) else f"{words.number(value)} t"


def ends(values: np.ndarray, digits: str = ",.0f") -> str:
    """The middle of some members and where nine tenths of them lie."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return f"{middle:{digits}} ({low:{digits}} to {high:{digits}})"


def listed(items) -> str:
    """a, b and c."""
    items = list(items)
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)

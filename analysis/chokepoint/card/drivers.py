"""What the spread of the headline figures hangs on."""

import numpy as np

from .. import words
from ..measures import Reader, groups
from ..report.drivers import FEWEST, rank_correlations
from .markdown import ends, table

SCENARIO, MOST = "geneva_truce", 3
SECTION = """## What the headline hangs on

Rank correlation of drawn values with a figure over {members} members of `{scenario}`, all buyers outside China, the {most} largest beyond chance. Were all of
them unrelated to it, the largest would stay within the bound in 19 of 20 such runs. Correlation says which draws go along with the figure.

"""


def figures(result) -> dict[str, np.ndarray]:
    """{figure with its unit: values by member} of the headline."""
    reader, every = Reader(result), groups(result, "all")["all"]
    units, buyers = result.text("buyer_unit"), groups(result, "buyer")
    cars = [name for at, name in enumerate(result.labels("buyer")) if units[name] == "vehicle" and every.buyers[at]]
    return {
        "need lost, t": reader.values("lost", every),
        "vehicles not made, million": sum(reader.values("output_lost", buyers[name]) for name in cars) / 1e6,
        "value added lost, billion USD": reader.values("output_lost_value", every) / 1e9,
        "duty paid, million USD": reader.values("duty_paid", every) / 1e6,
    }


def _named(titles, key: str) -> str:
    return f"{titles[key]}, `{key}`"


def section(runs) -> str:
    """The drivers of each figure."""
    rows = []
    with runs.result(SCENARIO) as result:
        titles, parameters = result.parameter_titles, result.parameters[result.done].reset_index(drop=True)
        for name, values in figures(result).items():
            shown = ends(values, ",.2f" if np.median(values) < 100 else ",.0f")
            rho, bound = rank_correlations(parameters, values)
            clear = [(_named(titles, key), value) for key, value in rho.items() if abs(value) > bound][:MOST]
            if not clear:
                clear = [(f"none beyond chance; the largest: {_named(titles, rho.index[0])}", rho.iloc[0])] if len(rho) else [("nothing is drawn", np.nan)]
            rows += [[name if at == 0 else "", shown if at == 0 else "", title, f"{value:+.2f}", words.number(bound)] for at, (title, value) in enumerate(clear)]
    few = f"**Fewer than {FEWEST} members tell nothing.**\n\n" if runs.members < FEWEST else ""
    return SECTION.format(scenario=SCENARIO, members=runs.members, most=MOST) + few + table(["figure", "median (5 to 95 % of members)", "assumption", "correlation", "bound"], rows)

"""Results of chokepoint: read, compare, plot, export, report.

    import chokepoint
    with chokepoint.open("geneva_truce.h5") as result:
        print(chokepoint.headline(result))
        chokepoint.plots.fan(chokepoint.fan(result, "shortfall_q", buyer="auto_usa", product="magnet_hre"))

Frames are tidy and carry the unit in their index, so that tonnes are not added to dollars. Material
is in t, money in USD, durations in d; values of members that are not done never enter a statistic.
"""

from .collection import Collection, collection
from .compare import Comparison, NotPaired, compare
from .fan import fan
from .headline import headline
from .result import NotAResult, Result, Variable, open, without
from .variables import SCHEMA_VERSION, VARIABLES

__version__ = "0.1.0"
__all__ = ["SCHEMA_VERSION", "VARIABLES", "Collection", "Comparison", "NotAResult", "NotPaired", "Result", "Variable",
           "collection", "compare", "fan", "headline", "open", "plots"]  # fmt: skip


def __getattr__(name):
    if name == "plots":  # matplotlib is not needed until something is drawn
        import importlib

        try:
            return importlib.import_module(".plots", __name__)
        except ModuleNotFoundError as error:
            raise without(error, "chokepoint.plots") from error
    raise AttributeError(f"module 'chokepoint' has no attribute {name!r}")

"""What a result says of a series of observations: monthly exports of one region, by member, to a destination."""

import fnmatch
import pathlib

import numpy as np
import pandas as pd

from ..measures import AUTHORITY
from ..result import Result, suggestion
from .observed import Observed
from .references import STATUTORY, Control, working_days_after

WORLD = "WORLD"
GROUPS = {"EU27": "EU"}  # what a table calls a group of regions of the scenario
DATA = pathlib.Path(__file__).parents[3] / "data"


class Unscorable(ValueError):
    """A result and a table do not fit, or too little is said to fit them."""


class Series:
    """Exports of a result in the divisions of a table.

    products: {value of the table's column product, "" without one: ids or patterns such as magnet*}. By default ids that begin as
    the name of the file does (magnets_monthly.csv: magnet...), or that end with the value of the column.
    """

    def __init__(self, result: Result, observed: Observed, products: dict[str, list[str]] | None = None, exporter: str = ""):
        result.require("exports_monthly")
        self.result, self.notes, self.exporter = result, [], exporter or _exporter(result)
        self.months = list(result.labels("month").to_period("M"))
        self._whole = _whole_months(result, self.months)
        self._data = result["exports_monthly"].read(origin=self.exporter)[result.done].astype(float)  # [member, month, destination, product]
        self.products = self._products(observed, products or {})
        self.destinations = self._destinations(observed)
        self.names = [name for name in observed.series if name[0] in self.destinations and name[1] in self.products]
        if not self.names:
            raise Unscorable(f"{observed.path}: no destination and material of the table is in {result.path}; {'; '.join(self.notes)}")

    def covers(self, months) -> bool:
        """Whether the result holds every one of the months to its end."""
        return all(month in self._whole for month in months)

    def members(self, name: tuple[str, str], months) -> np.ndarray:
        """[done member] t that leave over some months for a series, (destination, product)."""
        rows = [self.months.index(month) for month in months]
        ends, columns = self.destinations[name[0]], self.products[name[1]]
        return self._data[:, rows][:, :, ends][..., columns].sum((1, 2, 3))

    def title(self, name: tuple[str, str]) -> str:
        """What tables call a series."""
        return f"{name[0]} {name[1]}".strip()

    def _products(self, observed, said) -> dict[str, list[int]]:
        labels, out = list(self.result.labels("product")), {}
        wanted = dict.fromkeys(product for _, product in observed.series)
        unknown = [name for name in said if name and name not in wanted]
        if unknown:
            raise Unscorable(f"--products {unknown[0]}=...: the table has no product {unknown[0]}; {suggestion(unknown[0], wanted)}")
        for product in wanted:
            patterns = said.get(product) or ([f"*_{product}", product] if product else [f"{_stem(observed.path)}*"])
            found = [at for at, label in enumerate(labels) if any(fnmatch.fnmatchcase(label, one) for one in patterns)]
            if product in said:
                for one in patterns:
                    if not any(fnmatch.fnmatchcase(label, one) for label in labels):
                        raise Unscorable(f"--products: {self.result.path} has no product {one}; {suggestion(one, labels)}")
            if found:
                out[product] = found
            elif product:
                self.notes.append(f"{product} is left out: the result has no such product; name those it stands for: --products {product}={labels[0]}")
        if not out:
            raise Unscorable(f"{observed.path} does not say which products of the result it counts; name them: --products {','.join(labels[:3])}")
        for product, rows in out.items():
            self.notes.append(f"{product or 'counted'}: {', '.join(labels[at] for at in rows)} from {self.exporter}")
        return out

    def _destinations(self, observed) -> dict[str, list[int]]:
        labels, scenario, out = list(self.result.labels("destination")), self.result.leaves, {}
        for name in dict.fromkeys(destination for destination, _ in observed.series):
            group = scenario.get(f"region_groups.{GROUPS.get(name, name)}", "").strip("[]").split(", ")
            if name == WORLD:
                out[name] = [at for at, label in enumerate(labels) if label != self.exporter]
            elif name in labels:
                out[name] = [labels.index(name)]
            elif found := [labels.index(one) for one in group if one in labels]:
                out[name] = found
            else:
                self.notes.append(f"{name} is left out: the result has no such destination; {suggestion(name, labels)}")
        return out


def _stem(path) -> str:
    """magnet for magnets_monthly.csv."""
    return pathlib.Path(path).stem.partition("_")[0].removesuffix("s")


def _whole_months(result, months) -> set:
    """Those the run holds from the first day to the last."""
    end = result.start + pd.Timedelta(days=result.days)
    return {month for month in months if month.start_time >= result.start and month.end_time < end}


def authorities(result: Result) -> dict[str, tuple[str, pd.Timestamp]]:
    """{measure: (region, first day)} of the export controls of the effective scenario that ever begin."""
    out = {}
    for key, region in result.leaves.items():
        if match := AUTHORITY.fullmatch(key):
            begins = result.leaves.get(f"licensing.{match[1]}.from", "never")
            if begins != "never":
                out[match[1]] = (region, pd.Timestamp(begins))
    return out


def _exporter(result) -> str:
    """The region whose exports are meant where nobody says."""
    labels = list(result.labels("origin"))
    found = {region for region, _ in authorities(result).values()} & set(labels)
    if len(labels) == 1 or len(found) == 1:
        return labels[0] if len(labels) == 1 else found.pop()
    raise Unscorable(f"{result.path} holds exports of several regions; name one: --exporter {labels[0]}")


def control(result: Result, exporter: str) -> tuple[Control | None, str]:
    """The first control of a region's exports with the end of its statutory time, and a note where no calendar was found."""
    begins = [day for region, day in authorities(result).values() if region == exporter]
    if not begins:
        return None, ""
    name = result.leaves.get(f"regions.{exporter}.calendar", "")
    path = DATA / name
    calendar = pd.read_csv(path, comment="#") if name and path.is_file() else None
    opens = working_days_after(min(begins), STATUTORY, calendar)
    note = "" if calendar is not None else "no calendar of the authority is at hand: working days of the plain lag are Monday to Friday"
    return Control(min(begins), opens), note

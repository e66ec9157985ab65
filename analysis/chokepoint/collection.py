"""Many results behave like one, with the scenario as an extra level of the index."""

import pandas as pd

from .fan import fan
from .headline import headline
from .result import Result, open


class DoubledResult(ValueError):
    """One file is given twice where different results are wanted."""



def names(results: list[Result]) -> list[str]:
    """What to call each of several results; different files have different names."""
    ids, placed = [one.scenario for one in results], [one.path.resolve().with_suffix("") for one in results]
    files = set(placed)
    depth = 1
    while len({path.parts[-depth:] for path in files}) < len(files):
        depth += 1
    return [name if ids.count(name) == 1 else "/".join(path.parts[-depth:]) for name, path in zip(ids, placed)]


class Collection:
    """Results by name: the scenario's id; the file's where two results share an id; else folder/file.

    Attribute results: {name: Result}. Every frame has the level "scenario" first.
    """

    def __init__(self, results):
        results = list(results)
        for at, one in enumerate(results):
            if any(one.path.samefile(other.path) for other in results[:at]):
                raise DoubledResult(f"{one.path} is given twice; give different results")
        self.results: dict[str, Result] = dict(zip(names(results), results))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closes every file."""
        for one in self.results.values():
            one.close()

    def __len__(self):
        return len(self.results)

    def __iter__(self):
        return iter(self.results.items())

    def __getitem__(self, name: str) -> Result:
        return self.results[name]

    def _each(self, make) -> pd.DataFrame:
        return pd.concat({name: make(one) for name, one in self.results.items()}, names=["scenario"])

    def frame(self, variable: str, **selection) -> pd.DataFrame:
        """As Result.frame, of every result."""
        return self._each(lambda one: one.frame(variable, **selection))

    def headline(self, by: str = "buyer") -> pd.DataFrame:
        """As headline(), of every result."""
        return self._each(lambda one: headline(one, by))

    def fan(self, variable: str, **selection) -> pd.DataFrame:
        """As fan(), of every result."""
        return self._each(lambda one: fan(one, variable, **selection))


def collection(paths) -> Collection:
    """Opens several result files; errors as open(), and DoubledResult when one is given twice."""
    opened = []
    try:
        for path in paths:
            opened.append(open(path))
        return Collection(opened)
    except BaseException:
        for one in opened:
            one.close()
        raise

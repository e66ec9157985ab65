"""Many results behave like one, with the scenario as an extra level of the index."""

import pandas as pd

from .fan import fan
from .headline import headline
from .result import Result, open


class Collection:
    """Results by name. A name is the scenario's id, or the file's where two results share an id.

    Attribute results: {name: Result}. Every frame has the level "scenario" first.
    """

    def __init__(self, results):
        results = list(results)
        ids = [one.scenario for one in results]
        names = [one.scenario if ids.count(one.scenario) == 1 else one.path.stem for one in results]
        doubled = {name for name in names if names.count(name) > 1}
        if doubled:
            raise ValueError(f"two results are called {', '.join(sorted(doubled))}; rename a file")
        self.results: dict[str, Result] = dict(zip(names, results))

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
    """Opens several result files; errors as open(), and ValueError when two have the same name."""
    opened = []
    try:
        for path in paths:
            opened.append(open(path))
        return Collection(opened)
    except BaseException:
        for one in opened:
            one.close()
        raise

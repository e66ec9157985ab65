"""Runs of the shipped scenarios, each once."""

import pathlib
import subprocess
from contextlib import contextmanager

from ..result import open as open_result
from ..scoring.program import program


class Runs:
    """results(name, *settings): the result of a shipped scenario with the members of the card, kept in a folder."""

    def __init__(self, scenarios: pathlib.Path, folder: pathlib.Path, members: int, threads: int = 0):
        self.scenarios, self.folder, self.members, self.threads = scenarios, folder, members, threads
        self.kept: list = []  # scores of histories, worked out once (hindcasts.py)

    def path(self, name: str, *settings: str, known: str = "") -> pathlib.Path:
        """Where the result is; it is run if it is not there. known: a scenario file in place of a shipped name."""
        tag = "".join(c if c.isalnum() else "_" for c in "_".join([name, *settings]))
        path = self.folder / f"{tag}_{self.members}.h5"
        if not path.exists():
            words = [program(), "run", known or self.scenarios / f"{name}.yaml", "--members", self.members, "--reproducible", "-o", path]
            words += [word for one in settings for word in ("--set", one)] + (["-j", self.threads] if self.threads else [])
            done = subprocess.run([str(word) for word in words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
            if done.returncode != 0:
                raise RuntimeError(f"{name}: {done.stderr.strip()}")
        return path

    @contextmanager
    def result(self, name: str, *settings: str, known: str = ""):
        """The result, open."""
        with open_result(self.path(name, *settings, known=known)) as result:
            yield result

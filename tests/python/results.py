"""Small scenarios, runs and results that tests share."""

import re

import conftest

SCENARIOS = conftest.SOURCE / "tests" / "scenarios" / "run"
CALM, CONTROL = SCENARIOS / "calm.yaml", SCENARIOS / "control.yaml"
REPRODUCIBLE = ("--members", "6", "--reproducible")
LONG = ("run", CONTROL, "--members", "30", "--reproducible", "--set", "world.scale=60")  # time enough to interrupt it


def remedy(stderr):
    """What a message puts in quotes after "did you mean"."""
    return re.search(r'did you mean "([^"]+)"', stderr).group(1)


def make(run, folder, scenario, *arguments, name=None):
    """Path of the result of a scenario (path), run with the arguments."""
    path = folder / f"{name or scenario.stem}.h5"
    process = run("run", scenario, "-o", path, *arguments)
    assert process.returncode == 0, process.stderr
    return path

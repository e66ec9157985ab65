"""Small results that the tests of the Python package share."""

import conftest

SCENARIOS = conftest.SOURCE / "tests" / "scenarios" / "run"
CALM, CONTROL = SCENARIOS / "calm.yaml", SCENARIOS / "control.yaml"


def make(run, folder, scenario, *arguments, name=None):
    """Path of the result of a scenario (path), run with the arguments."""
    path = folder / f"{name or scenario.stem}.h5"
    process = run("run", scenario, "-o", path, *arguments)
    assert process.returncode == 0, process.stderr
    return path

"""What makes licences harder to get never makes the whole shortage smaller, on the shipped scenarios with all that firms learn."""

import conftest
import h5py
import numpy as np
import pytest
from variations import ALARM, WORLDS, Runner, confirm, screen, show, violations

MEMBERS = 6
# Where the lever hardly matters a member may lose less by chance: files are other files, and so are their draws. A licence of 2.2 t in
# place of 2 t, which is no lever, moves a member by 105 t (standard deviation over 32; mean -16): three of that, of 113,000 t needed
# outside China. The mean is held to its sign: a review of 15 working days loses 88 t more, with a standard error of 26 t over 32.
CHANCE = 315

LEVERS = {
    "minimum_review": ("2 wd", "15 wd"),
    "licence_lag": ("2 wd", "10 wd"),
    "returned": ("0 %", "40 %"),
    "postures.routine.approval": ("100 %", "90 %"),
    "throughput.levels.london.level": ("110 %", "85 %"),
    "throughput.levels.eu_summit.level": ("140 %", "115 %"),
}


def lost(run, source, path, key, value):
    """[member] need lost, all buyers and materials together [t]."""
    done = run("run", source / "scenarios" / "geneva_truce.yaml", "--members", MEMBERS, "--set", f"licensing.mofcom_18.{key}={value}", "-o", path)
    assert done.returncode == 0, done.stderr
    with h5py.File(path) as file:
        return np.nansum(file["lost_total"][()], axis=(1, 2))


@pytest.mark.parametrize("lever", LEVERS)
def test_a_harder_licence_never_helps(run, source, tmp_path, lever):
    """A review of 15 working days once left 1,100 t less unmet than one of 2: who was served stocked up against the wait."""
    easy, hard = (lost(run, source, tmp_path / f"{n}.h5", lever, value) for n, value in enumerate(LEVERS[lever]))
    print(lever, "easy [t]", easy.round(), "harder by [t]", (hard - easy).round())
    assert (hard - easy).mean() > 0
    assert (hard > easy - CHANCE).all()


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.scenario)
def test_an_easier_lever_never_raises_what_is_lost(source, tmp_path, world):
    """Eight variations of each world; all of them are in test_slow_monotone.py."""
    runner = Runner(conftest.PROGRAM, source, world, tmp_path)
    variations = screen(runner, points=1)
    confirmed = confirm(runner, variations, most=1, fresh=8)
    show(world, variations, confirmed)
    assert not violations(variations, confirmed, ALARM / len(WORLDS))

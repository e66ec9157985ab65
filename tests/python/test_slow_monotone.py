"""At least 300 random variations of each shipped world: an easier lever never raises what is lost in total."""

import conftest
import pytest
from variations import ALARM, PLACEBO, VARIANTS, WORLDS, Runner, confirm, screen, show, violations

POINTS = 38  # of eight variations
ALL = WORLDS + VARIANTS


@pytest.mark.parametrize("world", ALL, ids=lambda world: world.scenario)
def test_an_easier_lever_never_raises_what_is_lost(source, tmp_path, world):
    runner = Runner(conftest.PROGRAM, source, world, tmp_path)
    variations = screen(runner, POINTS)
    assert sum(row.lever != PLACEBO for row in variations) >= 300
    confirmed = confirm(runner, variations, most=8, fresh=16)
    show(world, variations, confirmed)
    assert not violations(variations, confirmed, ALARM / len(ALL))

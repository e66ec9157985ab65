"""The model card: its figures are those of the tests, the scenarios and the runs it names."""

import json
import os
import pathlib
import re
import subprocess

import pytest
from chokepoint.card import grounds
from chokepoint.card.answers import answers
from chokepoint.card.hindcasts import HISTORIES, lines, scored
from chokepoint.card.page import known_answers, misses, rests_on
from chokepoint.card.runs import Runs

BUILD = pathlib.Path(os.environ.get("CHOKEPOINT_BUILD_DIR", "build/release"))
ORACLES = BUILD / "bin" / "chokepoint_test_oracles"

FAKE = """#!/bin/sh
cat <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<Catch name="t"><Group name="t">
<TestCase name="a law holds"><Expression success="true" type="CHECK"><Original>a == Approx(b)</Original><Expanded>
          84.57 == Approx( 84.0 )
        </Expanded></Expression><Expression success="true" type="CHECK"><Original>c</Original><Expanded>7 == 7</Expanded></Expression></TestCase>
<TestCase name="a bound holds"><Expression success="true" type="CHECK"><Original>x</Original><Expanded>0.1 &lt; 0.2</Expanded></Expression></TestCase>
<TestCase name="a law fails"><Expression success="false" type="CHECK"><Original>x</Original><Expanded>1 == 2</Expanded></Expression></TestCase>
</Group></Catch>
END
"""


@pytest.fixture(scope="module")
def card(source):
    return (source / "sim" / "VALIDATION.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def members(card):
    return int(re.search(r"make_validation\.py --members (\d+) ", card)[1])


@pytest.fixture(autouse=True)
def with_program(monkeypatch):
    import conftest

    monkeypatch.setenv("CHOKEPOINT_PROGRAM", str(conftest.PROGRAM))


def test_every_oracle_is_in_the_card_with_what_it_compares(card):
    names = subprocess.run([ORACLES, "--list-test-names-only"], capture_output=True, text=True).stdout.splitlines()
    assert len(names) > 50
    for name in names:
        assert f"| {name} |" in card, name
    assert "FAILED" not in card


def test_answers_are_read_from_what_the_tests_print(tmp_path):
    fake = tmp_path / "oracles"
    fake.write_text(FAKE)
    fake.chmod(0o755)
    law, bound, fails = answers(fake)
    assert (law.sentence, law.checks, law.failed) == ("a law holds", 2, 0) and law.off == pytest.approx(0.57 / 84)
    assert bound.off is None and bound.checks == 1 and fails.failed == 1
    said = known_answers([law, bound, fails])
    assert "| a bound holds | 1 | within |" in said and "| a law fails | 1 | 1 FAILED |" in said


def test_caveats_and_what_values_rest_on_are_those_of_the_scenarios(card, source):
    assert misses(source / "scenarios").strip() in card
    assert rests_on(source / "scenarios").strip() in card


def test_things_with_sources_are_counted():
    tree = json.loads('{"a": {"source": "x", "b": {"source": ["x", "assumption"]}}, "c": [{"source": "assumption"}], "ensemble": {"vary": {"a.b": {"uniform": ["1 d", "2 d"]}}}}')
    assert grounds.counted(tree) == (1, 1, 1)
    assert grounds.drawn(tree) == {"a.b": "uniform 1 d, 2 d"}


def test_a_history_run_again_says_what_the_card_says(card, members, source, tmp_path):
    history = next(one for one in HISTORIES if one.scenario == "rare_earths_2010")
    found = lines(history, scored(Runs(source / "scenarios", tmp_path, members), history, source / "data"))
    assert len(found) == 3
    for line in found:
        assert f"| {line.what} | {line.series} | {line.months} | {line.ratio:.2f} | {line.worst} |" in card, line

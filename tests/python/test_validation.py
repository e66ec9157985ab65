"""The model card: its figures are those of the tests, the scenarios and the runs it names."""

import importlib.util
import json
import os
import pathlib
import re
import subprocess
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from chokepoint.card import facts, grounds, hindcasts, misses
from chokepoint.card.answers import answers, section
from chokepoint.card.markdown import listed, table
from chokepoint.card.page import SECTIONS
from chokepoint.card.runs import Runs
from chokepoint.scoring.program import effective

BUILD = pathlib.Path(os.environ.get("CHOKEPOINT_BUILD_DIR", "build/release"))
ORACLES = BUILD / "bin" / "chokepoint_test_oracles"

FAKE = """#!/bin/sh
cat <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<Catch name="t"><Group name="t">
<TestCase name="a law holds" filename="../tests/oracles/some_law.test.cpp"><Expression success="true" type="CHECK"><Original>a == Approx(b)</Original><Expanded>
          84.57 == Approx( 84.0 )
        </Expanded></Expression><Expression success="true" type="CHECK"><Original>c</Original><Expanded>7 == 7</Expanded></Expression><OverallResult success="true"/></TestCase>
<TestCase name="a count holds"><Expression success="true" type="CHECK"><Original>x</Original><Expanded>1200 (0x4b0) == 1200 (0x4b0)</Expanded></Expression><OverallResult success="true"/></TestCase>
<TestCase name="a bound holds"><Expression success="true" type="CHECK"><Original>x</Original><Expanded>0.1 &lt; 0.2</Expanded></Expression><OverallResult success="true"/></TestCase>
<TestCase name="a law fails"><Expression success="false" type="CHECK"><Original>x</Original><Expanded>1 == 2</Expanded></Expression><OverallResult success="false"/></TestCase>
<TestCase name="a law throws"><Exception filename="x">no such key</Exception><OverallResult success="false"/></TestCase>
<TestCase name="a law throws late"><Expression success="true" type="CHECK"><Original>x</Original><Expanded>1 == 1</Expanded></Expression><Exception filename="x">no</Exception><OverallResult success="false"/></TestCase>
<TestCase name="a law says nothing"><OverallResult success="true"/></TestCase>
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


@pytest.fixture
def fake(tmp_path):
    path = tmp_path / "oracles"
    path.write_text(FAKE)
    path.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def make(source):
    """analysis/make_validation.py as a module."""
    spec = importlib.util.spec_from_file_location("make_validation", source / "analysis" / "make_validation.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def skeleton(text):
    """{heading: heads of its tables} of a page."""
    out, heading = {}, ""
    lines = text.splitlines()
    for line, after in zip(lines, [*lines[1:], ""]):
        if line.startswith("#"):
            heading = line
            out[heading] = []
        elif after.startswith("| ---"):
            out[heading].append(line)
    return out


def test_every_oracle_is_in_the_card_with_what_it_compares(card):
    names = subprocess.run([ORACLES, "--list-test-names-only"], capture_output=True, text=True).stdout.splitlines()
    assert len(names) > 50
    for name in names:
        assert f"| {name} |" in card, name


def test_every_known_answer_of_the_card_holds(card):
    """A card made with tests older than the scenarios says STOPPED: build them and make it again."""
    assert not re.findall(r"^\| (.*) \| (?:STOPPED.*|\d+ FAILED|NOT COMPARED) \|", card, re.MULTILINE)


def test_answers_are_read_from_what_the_tests_print(fake):
    law, count, bound, fails, throws, late, silent = answers(fake)
    assert (law.sentence, law.file, law.checks, law.failed) == ("a law holds", "some_law", 2, 0) and law.off == pytest.approx(0.57 / 84)
    assert count.off == 0 and bound.off is None and bound.checks == 1 and fails.failed == 1
    assert [one.good for one in (law, count, bound, fails, throws, late, silent)] == [True, True, True, False, False, False, False]
    said = section([law, count, bound, fails, throws, late, silent])
    assert "| a law holds | some law | 2 | 6.8e-03 | 84.57 | 84 |" in said and "| a count holds |  | 1 | exact |  |  |" in said
    assert "| a bound holds |  | 1 | within |" in said and "| a law fails |  | 1 | 1 FAILED |" in said
    assert "| a law throws |  | 0 | STOPPED by an error |" in said and "| a law throws late |  | 1 | STOPPED by an error |" in said
    assert "| a law says nothing |  | 0 | NOT COMPARED |" in said
    assert "**4 did not hold or did not come to an end: a law fails; a law throws; a law throws late; a law says nothing.**" in said


def test_a_program_that_is_no_test_is_told(tmp_path):
    with pytest.raises(RuntimeError, match="--oracles"):
        answers(tmp_path / "none")


def test_every_caveat_of_every_shipped_scenario_is_in_the_card_word_for_word(card, source):
    count = 0
    for path in sorted((source / "scenarios").glob("*.yaml")):
        if path.name != "defaults.yaml":
            said = effective(path).get("caveats", {})
            for one in said.values():
                assert f"| {one['figure']} | {' '.join(one['text'].split())} |" in card, path
            assert f"`{path.stem}`" in card, path  # with a caveat, or among those that have none
            count += len(said)
    assert count > 4
    assert misses.caveat_table(source / "scenarios").strip() in card


def test_what_values_rest_on_is_that_of_the_scenarios(card, source):
    assert grounds.counts(source / "scenarios").strip() in card
    for key, how in grounds.drawn(effective(source / "scenarios" / "geneva_truce.yaml")).items():
        assert re.search(rf"^\| `{re.escape(key)}` \| [^|]+ \| {re.escape(how)} \|", card, re.MULTILINE), key


def test_things_with_sources_are_counted():
    tree = json.loads('{"a": {"source": "x", "b": {"source": ["x", "assumption"]}}, "c": [{"source": "assumption"}], "ensemble": {"vary": {"a.b": {"uniform": ["1 d", "2 d"]}}}}')
    assert grounds.counted(tree) == (1, 1, 1)
    assert grounds.drawn(tree) == {"a.b": "uniform 1 d, 2 d"}


def test_what_a_fit_tells_apart_is_read_from_its_posterior(source):
    found = grounds.told(source / "scenarios" / "hindcast_2025.yaml")
    assert len(found) == 8 and {verdict for verdict, _ in found.values()} <= {"identified", "weakly identified", "not identified"}
    assert found["licensing.mofcom_18.throughput.levels.first_permits.level"][0] == "identified"


def test_the_command_of_the_card_is_the_one_others_are_told(card, source, make, members):
    command = make.command(make.asked(["--members", str(members)]))
    assert f"Made by `{command}`." in card
    assert f"`{command}`" in (source / "sim" / "README.md").read_text(encoding="utf-8")
    for readme in ("README.md", "analysis/README.md"):
        assert "VALIDATION.md" in (source / readme).read_text(encoding="utf-8")


def test_a_small_card_has_the_form_of_the_whole_one_and_the_same_bytes_twice(card, make, tmp_path, fake, capsys):
    words = ["--members", "2", "--results", str(tmp_path / "results"), "--oracles", str(fake)]
    words += [word for name in ("purpose", "answers", "facts", "sensitivity", "grounds") for word in ("--only", name)]
    assert make.main(words) == 1  # of the made-up answers four do not hold
    first = capsys.readouterr()
    assert "4 did not hold" in first.err and "--members 2 --only purpose" in first.out
    assert make.main(words) == 1 and capsys.readouterr().out == first.out
    whole = skeleton(card)
    small = skeleton(first.out)
    assert len(small) == 6
    for heading, heads in small.items():
        assert whole[heading] == heads, heading
    assert [heading for heading in whole if heading in small] == list(small)
    assert len(SECTIONS) == 9 and set(make.asked(words).only) < set(SECTIONS)


def test_a_history_run_again_says_what_the_card_says(card, members, source, tmp_path):
    history = next(one for one in hindcasts.HISTORIES if one.scenario == "rare_earths_2010")
    found = hindcasts.lines(history, hindcasts.scored(Runs(source / "scenarios", tmp_path, members), history, source / "data"))
    assert len(found) == 3
    for line in found:
        assert table([], [hindcasts.row(line)]).splitlines()[-2] in card, line


def line(series, months, held, ours=np.nan, plain=None, nil=0):
    return hindcasts.Line("a history", series, months, nil, held, 1.0, "", None, 1.0, ours, plain, 0.5, held / months if months else np.nan)


def test_the_verdict_says_where_bands_are_narrow_and_where_a_plain_forecast_is_better():
    some = [line("A", 10, 10, 2.0, ("persistence", 3.0)), line("B", 10, 5, 2.0, ("persistence", 1.0)), line("C", 2, 1, nil=3), line("D", 0, 0, nil=9)]
    said = hindcasts.verdict(some)
    assert said.startswith("Of 22 rows the 90 % band holds 16 (73 %), the 50 % band 50 %. ")
    assert "in 2 of 3 series, beyond what chance would do in 1: a history B. " in said
    assert said.endswith("in 1 of 2 series that have one: a history B (by persistence, 1.00 t against 2.00 t).")
    assert hindcasts.row(some[2])[2] == "2 and 3 nil"


def test_rows_of_nothing_are_no_success_of_a_band():
    months = pd.DataFrame({"series": "WORLD", "period": ["2025-04", "2025-05"], "observed": [0.0, 10.0], "median": [0.0, 5.0], "ratio": [np.nan, 0.5], "crps": [0.0, 4.0], "in50": [True, False], "in90": [True, False]})
    score = SimpleNamespace(months=months, of=lambda *_: [])
    (found,) = hindcasts.lines(hindcasts.HISTORIES[0], score)
    assert (found.months, found.nil, found.held, found.in90, found.crps, found.ratio, found.worst) == (1, 1, 0, 0, 4, 0.5, "2025-05: 0.50")


def test_months_far_off_are_listed_the_furthest_first_and_who_says_nothing_of_it(source):
    def one(what, ratio):
        row = pd.Series({"period": "2025-04", "observed": 10.0, "median": 10 * ratio, "low90": 1.0, "high90": 30.0, "ratio": ratio})
        return hindcasts.Line(what, "WORLD", 1, 0, 1, ratio, "", row, 1.0, np.nan, None, 1.0, 1.0)

    lines = {"geneva_truce": [one("near", 1.2), one("off", 0.5)], "gone_quiet": [one("far", 3.0)]}
    said = misses.worst_table(SimpleNamespace(scenarios=source / "scenarios", kept=[(SimpleNamespace(scenario=name), None, some) for name, some in lines.items()]), None)
    rows = [row.split(" | ")[0] for row in said.splitlines() if row.startswith("| ") and "---" not in row]
    assert rows == ["| history", "| far", "| off"] and "| 30.0 t (1.00 to 30.0) | 3.00 |" in said
    assert "without a caution beside their figures: `gone_quiet`." in said


def test_a_fact_is_met_by_the_median_or_not_told():
    wanted = facts.Wanted("something", 5, 9, "weeks")
    assert facts.met(wanted, np.array([4.0, 6, 20])) is True and facts.met(wanted, np.array([10.0, 11, 6])) is False
    assert facts.met(wanted, np.array([6, np.nan, np.nan])) is None
    assert facts.met(facts.Wanted("something", 5, 9, "%", "", False), np.array([6.0])) is None


def test_lists_read_as_people_write_them():
    assert (listed(["a"]), listed("ab"), listed("abc")) == ("a", "a and b", "a, b and c")

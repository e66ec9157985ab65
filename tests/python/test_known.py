"""What of a scenario was policy by a day, on small trees of keys; and the fragment as text."""

import pytest
from chokepoint.scoring.known import changes, fragment, later
from chokepoint.scoring.overlay import Dotted, nested, scalar, yaml

DAY = "2025-04-30"


def test_dated_entries_after_the_day_go_and_those_by_it_stay():
    tree = {"tariffs": {"usa": {"layers": {"one": {"changes": {"up": {"date": "2025-04-30", "change": "+1 pp"}, "down": {"date": "2025-05-01", "change": "-1 pp"}}}}}}}
    assert changes(tree, DAY) == {("tariffs", "usa", "layers", "one", "changes", "down"): None}


def test_what_was_announced_stays():
    change = {"date": "2025-06-01", "announced": "2025-04-02", "rate": "5 %"}
    tree = {"tariffs": {"usa": {"layers": {"one": {"changes": {"up": change}}}}}}
    assert changes(tree, DAY) == {} and changes(tree, "2025-04-01") != {}


def test_a_later_control_never_begins_and_its_inside_is_left():
    tree = {"licensing": {"one": {"authority": "CHN", "from": "2025-10-09", "throughput": {"levels": {"start": {"date": "2025-10-09", "level": "5 %"}}}}}}
    assert changes(tree, DAY) == {("licensing", "one", "from"): "never"}
    assert later({"licensing.one.from": "never", "licensing.one.throughput.levels.start.date": "2025-10-09"}, DAY) == []


def test_an_announced_control_keeps_its_first_throughput():
    levels = {"start": {"date": "2025-12-01"}, "more": {"date": "2026-01-01"}}
    tree = {"licensing": {"one": {"authority": "CHN", "announced": "2025-04-20", "from": "2025-12-01", "throughput": {"levels": levels}}}}
    assert changes(tree, DAY) == {("licensing", "one", "throughput", "levels", "more"): None}


def test_an_end_after_the_day_is_open_unless_decided_with_a_renewal():
    tree = {"licensing": {"one": {"from": "2025-04-04", "priorities": {"first": {"from": "2025-04-28", "until": "2025-06-26"}}}},
            "tariffs": {"usa": {"layers": {"one": {"changes": {"cut": {"date": "2025-02-01", "for": "90 d", "renewals": {
                "known": {"date": "2025-04-20", "until": "2025-08-12"}, "later": {"date": "2025-08-12", "until": "2025-11-10"}}}}}}}}}  # fmt: skip
    assert changes(tree, DAY) == {("licensing", "one", "priorities", "first", "until"): None,
                                  ("tariffs", "usa", "layers", "one", "changes", "cut", "renewals", "later"): None}  # fmt: skip


def test_rules_of_a_later_day_go_whole_and_others_stay():
    tree = {"rules": {"dated": {"when": {"flag": "a", "from": "2025-06-02"}, "then": {}}, "standing": {"when": {"tariff": "usa"}}},
            "flags": {"a": {"title": "A", "from": "2025-06-01"}}, "commitments": {"word": {"date": "2025-05-14"}}}  # fmt: skip
    assert changes(tree, DAY) == {("rules", "dated"): None, ("flags", "a", "from"): None, ("commitments", "word"): None}


def test_what_leans_on_a_removed_entry_goes_with_it():
    tree = {"enforcement": {"may": {"from": "2025-05-09", "detection": "35 %"}},
            "ensemble": {"vary": {"enforcement.may.detection": {"uniform": ["10 %", "60 %"]}, "enforcement.mayor.detection": {"uniform": ["1 %", "2 %"]}}},
            "assumptions": {"one": {"key": "enforcement.may"}, "two": {"key": "enforcement"}}}  # fmt: skip
    assert changes(tree, DAY) == {("enforcement", "may"): None, ("ensemble", "vary", "enforcement.may.detection"): None, ("assumptions", "one"): None}


def test_what_is_no_policy_has_no_later_date():
    assert later({"time.start": "2025-06-01", "buyers.one.note": "from 2025-06-01", "stockpiles.one.refill.from": "makers", "routes.one.from": "CHN"}, DAY) == []


def test_a_fragment_says_how_it_was_made():
    tree = {"name": "mine", "title": "145 %: a truce", "enforcement": {"may": {"from": "2025-05-09"}}}
    text, laid = fragment("folder/mine.yaml", tree, DAY)
    assert len(laid) == 1 and "extends: mine.yaml\nname: mine_known_2025_04_30\n" in text and text.endswith("enforcement:\n  may: null\n")
    assert "made by: chokepoint score --scenario mine.yaml --origin 2025-04-30" in text and 'title: "145 %: a truce, as known on 2025-04-30"' in text


@pytest.mark.parametrize("value, text", [(None, "null"), (3, "3"), ("16 %", "16 %"), ("-0.15", "-0.15"), ("no", '"no"'), ("a: b", '"a: b"'), ('say "so"', '"say \\"so\\""'),
                                         ("geneva_truce.yaml", "geneva_truce.yaml"), (["a", "b c"], '[a, "b c"]'), ("# x", '"# x"')])  # fmt: skip
def test_scalars(value, text):
    assert scalar(value) == text


def test_maps_nest_and_a_key_with_dots_stays_one():
    assert yaml(nested({("a", "b"): None, ("a", Dotted("c.d")): 1, ("e",): {}})) == "a:\n  b: null\n  c.d: 1\ne: {}"

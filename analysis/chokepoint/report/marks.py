"""Dated policy marks: what happened in most members, days close to each other under one letter."""

import re
from typing import NamedTuple

import pandas as pd

from ..result import Result
from .html import Column, short_date, table

KINDS = ("duty", "control", "posture", "commitment", "throughput", "rule", "list", "stockpile")
POSTURE = re.compile(r"licensing\.[^.]+\.postures\.([^.]+)\.(weight|approval|licence|banned)")
CLOSE = 10  # days within which events share a letter
WORDS = {"duty": "duty", "control": "licences", "posture": "posture", "commitment": "statement", "throughput": "reviews"}


class Mark(NamedTuple):
    """A letter, its first day, and what happened from then on, as text."""

    letter: str
    date: pd.Timestamp
    texts: list[str]


def marks(result: Result) -> list[Mark]:
    """The marks of a result in order of date; drawn values that differ by member are told once, without the value."""
    events = result.events
    events = events[events["kind"].isin(KINDS) & ~events["text"].str.contains("announced for|acts on")]
    days = []
    for (date, kind, subject), group in events.groupby(["date", "kind", "subject"], sort=True):
        if 2 * group["members"].sum() < result.members_done:
            continue
        said = group["text"].iloc[0] if len(group) == 1 else f"{kind} changes to a value that differs between members"
        days.append((date, f"{subject}: {said}"))
    out = []
    for date, said in days:
        if out and (date - out[-1].date).days <= CLOSE:
            out[-1].texts.append(f"{short_date(date)}, {said}" if date != out[-1].date else said)
        else:
            out.append(Mark(_letter(len(out)), date, [said]))
    return out


def _letter(number: int) -> str:
    return chr(65 + number) if number < 26 else f"{chr(64 + number // 26)}{chr(65 + number % 26)}"


def postures(result: Result) -> str:
    """One sentence on what a posture is and what each name of the scenario stands for; "" without a measure."""
    found = {}
    for key, value in result.leaves.items():
        if match := POSTURE.fullmatch(key):
            found.setdefault(match[1], {})[match[2]] = value
    if not found:
        return ""
    named = "; ".join(f"{name}: {_stands_for(said)}" for name, said in found.items())
    return f"A posture is how an authority treats the applications for one country, under the name the scenario gives it. {named}. Throughput is what the authority reviews in a day."


def _stands_for(said: dict) -> str:
    """What a posture does, out of its keys."""
    if said.get("licence") == "false":
        return "no licence is needed"
    if said.get("banned") == "true":
        return "its applications are refused in principle"
    weight, approval = said.get("weight", "1 x"), said.get("approval", "")
    if weight == "0 x":
        return "its applications wait"
    served = f"its applications have a weight of {weight} in the reviews"
    return served + (f", {approval} of those not refused in principle are granted" if approval else "")


def as_options(found: list[Mark]) -> list[dict]:
    """What a chart needs of them."""
    return [{"letter": one.letter, "date": f"{one.date:%Y-%m-%d}"} for one in found]


def key(identity: str, found: list[Mark]) -> str:
    """The table that says what each letter stands for."""
    columns = [Column("Mark", is_text=True), Column("From", is_text=True), Column("What policy did", is_text=True)]
    rows = [(one.letter, short_date(one.date), "; ".join(one.texts)) for one in found]
    return table(identity, "Policy marks in the charts", columns, rows, "text")

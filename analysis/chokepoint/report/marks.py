"""Dated policy marks: what happened in most members, days close to each other under one letter."""

from typing import NamedTuple

import pandas as pd

from ..result import Result
from .html import Column, short_date, table

KINDS = ("duty", "control", "posture", "commitment", "throughput", "rule", "list", "stockpile")
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
        said = group["text"].iloc[0] if len(group) == 1 else f"{kind} changes, by {len(group)} values drawn"
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


def as_options(found: list[Mark]) -> list[dict]:
    """What a chart needs of them."""
    return [{"letter": one.letter, "date": f"{one.date:%Y-%m-%d}"} for one in found]


def key(identity: str, found: list[Mark]) -> str:
    """The table that says what each letter stands for."""
    columns = [Column("Mark", is_text=True), Column("From", is_text=True), Column("What policy did", is_text=True)]
    rows = [(one.letter, short_date(one.date), "; ".join(one.texts)) for one in found]
    return table(identity, "Policy marks in the charts", columns, rows, "text")

"""What was assumed, where from, and how to make the result again."""

import itertools
import shlex

from ..result import Result
from ..scenario_text import unquoted
from .html import Column, folded, paragraph, section, table

ABOUT = ("source", "note", "title")  # keys that describe the value beside them


def assumptions(result: Result, prefix: str, base: Result | None = None) -> str:
    """Every value of the effective scenario with its source and note, by block.

    Marked: what the command line set, what varies between members, and what differs: from a base when there is one,
    else from the files the scenario extends. What it set itself has the place.
    """
    rows, fixed = _rows(result, base), ("regions", "time")
    against = f"from {base.scenario}" if base else "from the files it extends" if len(result.changes) else ""
    blocks = []
    for block, group in itertools.groupby(rows, key=lambda row: row[0].split(".")[0]):
        found = list(group)
        marked = sum(bool(row[2]) for row in found)
        name = f"{block} ({len(found)}{f', {marked} marked' if marked else ''})"
        columns = [Column(head, is_text=True) for head in ("Key", "Value", "Mark", "Set at", "Source", "Note")]
        blocks.append((block in fixed, folded(name, table(f"{prefix}assume-{block}-table", f"Assumptions: {block}", columns, found, "text"))))
    blocks.sort(key=lambda pair: pair[0])
    words = ("Every value of the scenario after merging. Source: keys of data/sources.csv; assumption where there is none; "
             "those of behaviour stand in scenarios/defaults.yaml. Marks: set (on the command line), varies (between members)"
             + (f", changed, added, removed (what differs {against}; the value there is in brackets)." if against else "."))  # fmt: skip
    return section(prefix, "assumptions", "Assumptions", paragraph(words, "note"),
                   paragraph("On paper only blocks that were open when the page was printed.", "note paper"), f'<div class="folds">{"".join(html for _, html in blocks)}</div>')  # fmt: skip


def _rows(result, base):
    values = result.leaves
    own = _own(result, values)
    before = base.leaves if base else None
    differs = _between(before, values) if base else {key: (mark, was) for key, (mark, was, _) in own.items()}
    if not base and 2 * sum(mark == "added" for mark, _ in differs.values()) > len(values):  # what it extends holds defaults only
        differs = {key: pair for key, pair in differs.items() if pair[0] != "added"}
    varied, told, out = set(result.parameters), _set_on_command_line(result), []
    for key, value in (values | {key: "–" for key, (mark, _) in differs.items() if mark == "removed"}).items():
        parts = key.split(".")
        if parts[-1] in ABOUT or parts[0] in ("chokepoint", "sources", "ensemble", "name", "question", "run_time", "seed", "caveats"):
            continue
        marks = ["set"] if key in told else []
        if any(key == name or key.startswith(name + ".") for name in varied):
            marks.append("varies")
        mark, was = differs.get(key, ("", ""))
        marks += [mark] if mark else []
        here = before if mark == "removed" and base else values
        out.append((key, f"{value} (was {was})" if was else value, ", ".join(marks), own.get(key, ("", "", ""))[2],
                    _beside(here, parts, "source"), _beside(here, parts, "note")))  # fmt: skip
    order = list(dict.fromkeys(row[0].split(".")[0] for row in out))
    return sorted(out, key=lambda row: order.index(row[0].split(".")[0]))


def _between(before, values):
    """{key: (mark, value before)} of what differs."""
    out = {key: ("changed", before[key]) if key in before else ("added", "") for key, value in values.items() if before.get(key) != value}
    return out | {key: ("removed", value) for key, value in before.items() if key not in values}


def _own(result, values):
    """{key: (mark, value it extends, file:line or option)} of what the scenario sets itself. A short form is a key of its block."""
    out = {}
    for key, row in result.changes.iterrows():
        mark = "removed" if not row["value"] else "changed" if row["was"] else "added"
        where = [key] if key in values or mark == "removed" else [long for long in values if long.startswith(key + ".")]
        out |= {long: (mark, unquoted(row["was"]), row["at"].rsplit("/", 1)[-1]) for long in where}
    return out


def _beside(values, parts, what):
    """The source or note of the nearest block that has one, up to the entry of a named thing."""
    for depth in range(len(parts) - 1, 1, -1):
        found = values.get(".".join([*parts[:depth], what]))
        if found:
            return found.strip("[]")
    return ""


def _set_on_command_line(result):
    try:
        words = shlex.split(result.provenance.get("command_line", ""))
    except ValueError:
        return set()
    return {words[at + 1].split("=", 1)[0] for at, word in enumerate(words[:-1]) if word == "--set"}


def provenance(result: Result, prefix: str) -> str:
    """Where the result came from and the command that makes it again."""
    origin = result.provenance
    facts = {"scenario": result.scenario, "run": result.run_id, "file": result.path.name, "seed": result.seed,
             "members": f"{result.members_done} of {result.members_requested} done", "program": f"chokepoint {result.version}, commit {result.commit}",
             **{key: value for key, value in origin.items() if key not in ("seed", "version", "commit", "command_line")}}  # fmt: skip
    listed = table(f"{prefix}facts", "Provenance", [Column("What", is_text=True), Column("Value", is_text=True)], facts.items(), "text")
    files = table(f"{prefix}inputs", "Input files", [Column("File", is_text=True), Column("SHA-256", is_text=True)], result.inputs.items(), "text")
    command = paragraph(origin.get("command_line", "The command was not recorded."), "command")
    return section(prefix, "origin", "Provenance", paragraph("The command that makes this result again:"), command, listed,
                   folded(f"Input files ({len(result.inputs)})", files))  # fmt: skip

"""What was assumed, where from, and how to make the result again."""

import itertools
import shlex

from ..result import Result
from .html import Column, folded, paragraph, section, table
from .scenario_text import leaves

ABOUT = ("source", "note", "title")  # keys that describe the value beside them


def assumptions(result: Result, prefix: str, base: Result | None = None) -> str:
    """Every value of the effective scenario with its source and note, by block.

    Marked: what the command line set, what varies between members, and with a base what differs from it or is gone.
    """
    rows, fixed = _rows(result, base), ("regions", "time")
    blocks = []
    for block, group in itertools.groupby(rows, key=lambda row: row[0].split(".")[0]):
        found = list(group)
        marked = sum(bool(row[2]) for row in found)
        name = f"{block} ({len(found)}{f', {marked} marked' if marked else ''})"
        columns = [Column("Key", is_text=True), Column("Value", is_text=True), Column("Mark", is_text=True),
                   Column("Source", is_text=True), Column("Note", is_text=True)]  # fmt: skip
        blocks.append((block in fixed, folded(name, table(f"{prefix}assume-{block}-table", f"Assumptions: {block}", columns, found, "text"))))
    blocks.sort(key=lambda pair: pair[0])
    words = ("Every value of the scenario after merging. Source: keys of data/sources.csv; assumption where there is none; "
             "those of behaviour stand in scenarios/defaults.yaml. "
             "Marks: set (on the command line), varies (between members)"
             + (f", changed, added or removed (against {base.scenario}, whose value is in brackets)." if base else "."))  # fmt: skip
    return section(prefix, "assumptions", "Assumptions", paragraph(words, "note"),
                   paragraph("On paper only blocks that were open when the page was printed.", "note paper"), f'<div class="folds">{"".join(html for _, html in blocks)}</div>')  # fmt: skip


def _rows(result, base):
    values = leaves(result.scenario_text)
    before = leaves(base.scenario_text) if base else None
    order = list(dict.fromkeys(key.split(".")[0] for key in [*values, *(before or {})]))
    varied, told = set(result.parameters), _set_on_command_line(result)
    out = []
    for key, value in (values | {key: "–" for key in before or {} if key not in values}).items():
        parts = key.split(".")
        if parts[-1] in ABOUT or parts[0] in ("chokepoint", "sources", "ensemble", "name", "question", "run_time", "seed"):
            continue
        marks = []
        if key in told:
            marks.append("set")
        if any(key == name or key.startswith(name + ".") for name in varied):
            marks.append("varies")
        if before is not None and before.get(key) != value:
            marks.append("removed" if key not in values else "changed" if key in before else "added")
            value += f" (was {before[key]})" if key in before else ""
        here = values if key in values else before
        out.append((key, value, ", ".join(marks), _beside(here, parts, "source"), _beside(here, parts, "note")))
    return sorted(out, key=lambda row: order.index(row[0].split(".")[0]))


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

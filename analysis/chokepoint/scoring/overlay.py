"""A scenario fragment as text: keys laid over a parent, `null` where one is removed."""

import re

PLAIN = re.compile(r"[A-Za-z_][\w.%+/-]*|[+-]?\d[\w.%+/ -]*")
TRICKY = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


class Dotted(str):
    """A key with dots that is one key, as those of ensemble.vary."""


def nested(changes: dict) -> dict:
    """{(part, ...): value} as maps in maps, in order."""
    out = {}
    for parts, value in changes.items():
        here = out
        for part in parts[:-1]:
            here = here.setdefault(part, {})
        here[parts[-1]] = value
    return out


def yaml(content: dict, depth: int = 0) -> str:
    """Maps, lists of scalars, and scalars; None is null."""
    lines = []
    for key, value in content.items():
        lead = "  " * depth + f"{key}:"
        if isinstance(value, dict) and value:
            lines += [lead, yaml(value, depth + 1)]
        elif isinstance(value, dict):
            lines.append(f"{lead} {{}}")
        else:
            lines.append(f"{lead} {scalar(value)}")
    return "\n".join(lines)


def scalar(value) -> str:
    """A value as YAML of scenarios takes it: text in quotes unless it reads as itself."""
    if value is None:
        return "null"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(scalar, value))}]"
    text = str(value)
    if isinstance(value, (int, float)) or (PLAIN.fullmatch(text) and text.lower() not in TRICKY):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

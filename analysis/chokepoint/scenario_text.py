"""The effective scenario of a result as key paths and text.

The program writes it in one plain form: two spaces a level, `key: value` or `key:` on a line, lists in
brackets. Only this form is read, so that no value changes its type: NO stays NO. The program's own
`show` is the reader of scenarios as people write them.
"""

import re

LINE = re.compile(r'(?P<indent> *)(?P<key>"(?:\\.|[^"\\])*"|[^\s:#"][^:]*):(?: (?P<value>.*))?')
ESCAPES = {"n": "\n", "r": "\r"}


def leaves(scenario: str) -> dict[str, str]:
    """{key path: value as written, without quotes}, in the order of the file. ValueError for another form."""
    out, path = {}, []
    for number, line in enumerate(scenario.splitlines(), 1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line)
        if not match or len(match["indent"]) % 2 or len(match["indent"]) // 2 > len(path):
            raise ValueError(f"line {number} of the scenario in the result is not in the form the program writes: {line}")
        del path[len(match["indent"]) // 2 :]
        path.append(unquoted(match["key"]))
        if match["value"]:
            out[".".join(path)] = unquoted(match["value"].strip())
    return out


def title(scenario: dict[str, str], path: str) -> str:
    """What people call the block at a path, out of leaves(): its title, else its id."""
    return scenario.get(f"{path}.title") or path.rsplit(".", 1)[-1].replace("_", " ")


def unquoted(value: str) -> str:
    """A value without the quotes it is written in."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), value[1:-1])
    return value

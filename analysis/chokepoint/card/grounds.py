"""What the values of a scenario rest on: sources, assumptions, draws."""

from ..scoring.program import effective


def counted(tree) -> tuple[int, int, int]:
    """(things with a source alone, with a source and an assumption, with an assumption alone) of a merged scenario."""
    known = mixed = assumed = 0
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            source = node.get("source")
            if source:
                said = source if isinstance(source, list) else [source]
                has = "assumption" in said
                known += not has
                mixed += has and len(said) > 1
                assumed += has and len(said) == 1
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return known, mixed, assumed


def drawn(tree) -> dict[str, str]:
    """{key: how it is drawn} of a merged scenario."""
    out = {}
    for key, shape in tree.get("ensemble", {}).get("vary", {}).items():
        (kind, values), = shape.items()
        words = ", ".join(map(str, values)) if isinstance(values, list) else ", ".join(f"{name} {value}" for name, value in values.items())
        out[key] = f"{kind} {words}"
    return out


def caveats(scenarios) -> dict[str, dict[str, list[str]]]:
    """{scenario: {figure: [text]}} of every shipped scenario that has any."""
    out = {}
    for path in sorted(scenarios.glob("*.yaml")):
        if path.name == "defaults.yaml":
            continue
        for one in effective(path).get("caveats", {}).values():
            out.setdefault(path.stem, {}).setdefault(one["figure"], []).append(" ".join(one["text"].split()))
    return out

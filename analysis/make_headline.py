"""Makes headline.svg, the picture of the README, from what a run prints: its head and the rows of defense and of cars.

    ./chokepoint run scenarios/geneva_truce.yaml | python3 analysis/make_headline.py > analysis/headline.svg
"""

import html
import sys

COMMAND = "$ ./chokepoint run scenarios/geneva_truce.yaml"
ROWS = ("Defense, ", "Cars, ")
LEFT, TOP, LINE, ADVANCE = 16, 26, 17, 7.22  # px; the advance of one letter at 12 px


def shown(printed: list[str]) -> list[str]:
    """The command, what is printed down to the rule below the heads, and the rows shown."""
    rule = next(at for at, line in enumerate(printed) if line.startswith("-----"))
    return [COMMAND, *printed[: rule + 1], *(line for line in printed[rule + 1 :] if line.startswith(ROWS))]


def picture(printed: str) -> str:
    lines = shown(printed.splitlines())
    width = 2 * LEFT + round(ADVANCE * max(map(len, lines)))
    height = TOP + LINE * len(lines)
    label = f"Headline table of geneva_truce.yaml, {lines[3].split(',')[0]}"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{label}">',
        f'<rect width="{width}" height="{height}" rx="8" fill="#10151c"/>',
        '<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="12" fill="#dde3ea">',
    ]
    colours = {0: ' fill="#8fd0ff"', 1: ' fill="#ffffff" font-weight="bold"'}
    for at, line in enumerate(lines):
        if line:  # each text says itself that its spaces count: browsers do not take that from the group any more
            out.append(f'<text x="{LEFT}" y="{TOP + LINE * at}" textLength="{round(ADVANCE * len(line))}" lengthAdjust="spacingAndGlyphs"'
                       f' xml:space="preserve"{colours.get(at, "")}>{html.escape(line)}</text>')  # fmt: skip
    return "\n".join([*out, "</g></svg>", ""])


if __name__ == "__main__":
    sys.stdout.write(picture(sys.stdin.read()))

"""Scores as a picture: observed months as dots over the median and the 50 and 90 % bands of a result, a panel a series.

SVG without style sheet or script, so that it can stand in a page under a strict policy, in a README or by itself.
"""

import html

import numpy as np

from ..words import number
from .score import Score

WIDTH, HIGH, LEFT, RIGHT, TOP, BOTTOM, COLUMNS = 360, 190, 52, 12, 30, 26, 2  # px of a panel
INK, PALE, BAND, LINE, DOT, MARK = "#222222", "#888888", "#0072B2", "#0072B2", "#D55E00", "#BBBBBB"


def picture(found: Score) -> str:
    """The SVG of every series of a score."""
    rows = -(-len(found.series) // COLUMNS)
    width, height = COLUMNS * WIDTH, rows * HIGH + 24
    said = f"Observed months and the bands of {found.members} members: " + ", ".join(found.series)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
           f'aria-label="{html.escape(said)}" font-family="DejaVu Sans, Arial, sans-serif" font-size="11" fill="{INK}">',
           f'<rect width="{width}" height="{height}" fill="#ffffff"/>']  # fmt: skip
    for at, name in enumerate(found.series):
        out.append(f'<g transform="translate({at % COLUMNS * WIDTH},{at // COLUMNS * HIGH})">{_panel(found, name)}</g>')
    return "\n".join([*out, _key(height - 8), "</svg>"])


def _panel(found, name) -> str:
    fans, seen = found.fans[found.fans["series"] == name], found.months[found.months["series"] == name]
    first, last = fans["month"].min(), fans["month"].max()
    top = max(fans["high90"].max(), seen["observed"].max()) * 1.08 or 1.0
    months = max(1, (last - first).n)
    x = lambda month: LEFT + (WIDTH - LEFT - RIGHT) * (month - first).n / months  # noqa: E731
    y = lambda tonnes: TOP + (HIGH - TOP - BOTTOM) * (1 - tonnes / top)  # noqa: E731
    out = [f'<text x="{LEFT}" y="{TOP - 12}" font-weight="bold">{html.escape(name)}, t a month</text>']
    half = (x(last) - x(first)) / months / 2  # an origin is the end of its month
    out += [f'<line x1="{x(origin) + half:.1f}" x2="{x(origin) + half:.1f}" y1="{TOP}" y2="{HIGH - BOTTOM}" stroke="{MARK}" stroke-dasharray="2 3"/>'
            for origin in found.origins if first <= origin < last]  # fmt: skip
    for share in (0, 0.5, 1):
        level = share * top / 1.08
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(level):.1f}" y2="{y(level):.1f}" stroke="#E5E5E5"/>'
                   f'<text x="{LEFT - 5}" y="{y(level) + 4:.1f}" text-anchor="end" fill="{PALE}">{number(level, 2)}</text>')  # fmt: skip
    for low, high, opacity in (("low90", "high90", 0.18), ("low50", "high50", 0.32)):
        edge = [(x(m), y(v)) for m, v in zip(fans["month"], fans[low])] + [(x(m), y(v)) for m, v in reversed(list(zip(fans["month"], fans[high])))]
        out.append(f'<polygon points="{_points(edge)}" fill="{BAND}" fill-opacity="{opacity}"/>')
    out.append(f'<polyline points="{_points((x(m), y(v)) for m, v in zip(fans["month"], fans["median"]))}" fill="none" stroke="{LINE}" stroke-width="1.6"/>')
    for _, row in seen.iterrows():
        months_of = row["months"]
        middle = np.mean([x(row["last"]), x(row["last"] - months_of + 1)])
        out.append(f'<circle cx="{middle:.1f}" cy="{y(row["observed"] / months_of):.1f}" r="3" fill="{DOT}"/>')
    step = -(-months // 4)
    for month in list(fans["month"])[::step]:
        near_edge = x(month) > WIDTH - RIGHT - 25
        out.append(f'<text x="{WIDTH - RIGHT if near_edge else x(month):.1f}" y="{HIGH - 9}" text-anchor="{"end" if near_edge else "middle"}" '
                   f'fill="{PALE}">{month.strftime("%b %Y")}</text>')  # fmt: skip
    return "".join(out)


def _points(places) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _key(at) -> str:
    return (f'<g><circle cx="60" cy="{at - 4}" r="3" fill="{DOT}"/><text x="70" y="{at}">published</text>'
            f'<line x1="150" x2="172" y1="{at - 4}" y2="{at - 4}" stroke="{LINE}" stroke-width="1.6"/><text x="178" y="{at}">median</text>'
            f'<rect x="245" y="{at - 10}" width="22" height="12" fill="{BAND}" fill-opacity="0.5"/><text x="273" y="{at}">half of members</text>'
            f'<rect x="385" y="{at - 10}" width="22" height="12" fill="{BAND}" fill-opacity="0.18"/><text x="413" y="{at}">nine tenths</text>'
            f'<line x1="500" x2="500" y1="{at - 11}" y2="{at + 3}" stroke="{MARK}" stroke-dasharray="2 3"/><text x="508" y="{at}">origin of a forecast</text></g>')  # fmt: skip

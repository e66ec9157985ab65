"""Pieces of HTML: everything that comes from a user goes through text() here, and nowhere else."""

import html
import json
import math
import re
from typing import NamedTuple

import pandas as pd


DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Column(NamedTuple):
    """A column of a table: head, unit, whether it is text, digits of a number, whether a chart draws it."""

    head: str
    unit: str = ""
    is_text: bool = False
    digits: int = 4


def text(value) -> str:
    """Text made safe for elements and quoted attributes."""
    return html.escape(str(value), quote=True)


def anchor(name: str) -> str:
    """An id for an element out of the name of a result or a part: no blank, no slash."""
    return re.sub(r"[^\w.-]", "_", name)


def breakable(safe: str) -> str:
    """Safe text that may break after the dots and low lines of a key path."""
    return re.sub(r"(?<=[a-z])([._])(?=[a-z])", r"\1<wbr>", safe)


def number(value, digits: int = 4) -> str:
    """What stands in a cell and what a chart plots: significant digits, at most six decimals; a dash for NaN."""
    value = float(value)
    if math.isnan(value):
        return "–"
    if value == 0:
        return "0"
    places = min(6, digits - 1 - math.floor(math.log10(abs(value))))
    rounded = round(value, places)
    if rounded == 0:
        return "0"
    out = f"{rounded:,.{max(0, places)}f}"
    return out.rstrip("0").rstrip(".") if "." in out else out


def date(value) -> str:
    """A day as people write it: 4 April 2025."""
    moment = pd.Timestamp(value)
    return f"{moment.day} {moment:%B %Y}"


def short_date(value) -> str:
    """A day in few letters: 4 Apr 2025."""
    moment = pd.Timestamp(value)
    return f"{moment.day} {moment:%b %Y}"


def table(identity: str, caption: str, columns: list[Column], rows, classes: str = "") -> str:
    """A table whose first column heads its rows. Cells of text columns are text, others numbers."""
    head = "".join(f'<th scope="col"{"" if c.is_text else " class=n"}>{text(c.head)}'
                   f'{f" <span class=unit>[{text(c.unit)}]</span>" if c.unit else ""}</th>' for c in columns)  # fmt: skip
    body = []
    for row in rows:
        cells = []
        for at, (column, value) in enumerate(zip(columns, row)):
            shown = text(value) if column.is_text else number(value, column.digits)
            if at == 0:
                cells.append(f'<th scope="row">{shown}</th>')
            else:
                day = ' class="day"' if DAY.fullmatch(shown) else ""
                cells.append(f"<td{day}>{shown}</td>" if column.is_text else f"<td class=n>{shown}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (f'<div class="scroll" tabindex="0" role="group" aria-label="{text(caption)}">'
            f'<table id="{anchor(identity)}" class="{classes}"><caption>{text(caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>")  # fmt: skip


def folded(summary: str, content: str, classes: str = "") -> str:
    """What opens on demand; open until a script closes it, so that without scripts all numbers are in sight.

    classes: "printed" for what is on paper also when it is closed.
    """
    return f'<details{f" class={classes}" if classes else ""} open><summary>{text(summary)}</summary>{content}</details>'


def figure(identity: str, kind: str, takeaway: str, caption: str, numbers: str, options: dict | None = None,
           classes: str = "", level: int = 3, more: str = "") -> str:  # fmt: skip
    """A chart: takeaway as its heading, the place it is drawn in, caption, and the table it is drawn from.

    numbers: a table with the id identity + "-table". options: what the script needs beyond the table. more: what follows it.
    """
    data = text(json.dumps(options or {}, ensure_ascii=False))
    return (f'<figure id="{anchor(identity)}" class="chart {classes}"><h{level} id="{anchor(identity)}-title">{breakable(text(takeaway))}</h{level}>'
            f'<div class="plot {text(kind)}" data-kind="{text(kind)}" data-options="{data}" role="img" '
            f'aria-label="{text(takeaway)} The numbers are in the table below."></div>'
            f"<figcaption>{text(caption)}</figcaption>{folded('Numbers', numbers)}{more}</figure>")  # fmt: skip


def section(prefix: str, part: str, title: str, *parts: str) -> str:
    """A part of the page with its heading; prefix is "" for a single result, else its name and a dash."""
    identity, heading = anchor(prefix + part), text(f"{title}: {prefix[:-1]}" if prefix and part != "difference" else title)
    return (f'<section id="{identity}" aria-labelledby="{identity}-head"><h2 id="{identity}-head">{heading}</h2>{"".join(parts)}</section>')


def shown_of(shown: int, total: int, where: str) -> str:
    """What to say below a chart that draws some of its rows: how many are left out, and where they are; "" of all."""
    left = total - shown
    return f" {left} of {total} {'is' if left == 1 else 'are'} not drawn and {'stands' if left == 1 else 'stand'} in the table {where}." if left > 0 else ""


def paragraph(words: str, classes: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{classes}">{text(words)}</p>' if classes else f"<p>{text(words)}</p>"

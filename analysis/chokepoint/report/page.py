"""The whole page: one file, nothing from elsewhere, under a content-security policy that says so."""

import base64
import hashlib
import pathlib

from ..collection import Collection
from ..compare import FEW
from ..result import ONLY_DELIVERY, Result
from ..scoring.score import Score
from . import bundle
from .differences import differences
from .drivers import drivers
from .flows import cover, flows
from .html import anchor, date, paragraph, section, text
from .licences import licences
from .origin import assumptions, provenance
from .record import record
from .shortfall import Shortfall, buyers, fans, key_figures, sentences
from .tariffs import tariffs

STYLE = pathlib.Path(__file__).with_name("assets") / "report.css"
NOTHING = "No buyer group runs short, or loses over 1 % of its need, in any member."
NOT_A_FORECAST = "A projection under the assumptions listed below, not a forecast."


def page(results: Collection, scores: dict[str, Score] | None = None) -> str:
    """The HTML of a report on one or several results; the first is A, which the others are set against.

    scores: {name of a result: what score() found of it}, shown beside it.
    """
    style, script = STYLE.read_text(encoding="utf-8"), bundle.script()
    named = list(results)
    prefixes = ["" if len(named) == 1 else f"{name}-" for name, _ in named]
    chapters = [_parts(result, prefix, named[0][1] if at else None) for at, ((_, result), prefix) in enumerate(zip(named, prefixes))]
    for (name, _), prefix, parts in zip(named, prefixes, chapters):
        if scores and name in scores:
            parts["record"] = record(scores[name], name, prefix)
    chapters = [{part: parts[part] for part, _ in PARTS if part in parts} for parts in chapters]
    bodies = [_chapter(name, result, prefix, parts, len(named) > 1) for (name, result), prefix, parts in zip(named, prefixes, chapters)]
    compared = [differences(named[0][1], result, f"{name}-", (named[0][0], name)) for name, result in named[1:]]
    title = named[0][1].title if len(named) == 1 else _against(named)
    sources = [f"script-src {_hash(script)}" if script else "script-src 'none'", f"style-src {_hash(style)}"]
    policy = "; ".join(["default-src 'none'", *sources, "img-src data:", "base-uri 'none'", "form-action 'none'"])
    parts = [_chapter_head(named), *compared, *bodies]  # the finding of a comparison comes first
    return (f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{text(policy)}">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
            f"<title>{text(title)}</title><style>{style}</style></head><body>"
            f'<a class="skip" href="#main">Skip to the report</a>{_head(named)}'
            f'<div class="columns">{_contents(named, chapters)}<main id="main" tabindex="-1">{"".join(parts)}</main></div>{_foot(named)}'
            + (f"<script>{script}</script>" if script else "") + "</body></html>\n")  # fmt: skip


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _against(named) -> str:
    """What the page sets against what: the others against A."""
    return f"{' and '.join(name for name, _ in named[1:])} against {named[0][0]}"


def _head(named) -> str:
    if len(named) == 1:
        result = named[0][1]
        return (f'<header><p class="kind">chokepoint report</p><h1>{text(result.title)}</h1><p class="question">{text(result.question)}</p>'
                f'<p class="meta">{text(_span(result))}</p><p class="forecast">{NOT_A_FORECAST}</p></header>')  # fmt: skip
    listed = "".join(f"<li><b>{text(name)}</b>: {text(result.title)}. {text(result.question)}</li>" for name, result in named)
    return (f'<header><p class="kind">chokepoint report</p><h1>{text(_against(named))}</h1>'
            f'<ul class="questions">{listed}</ul><p class="meta">{text(_span(named[0][1]))}</p>'
            f'<p class="forecast">{NOT_A_FORECAST}</p></header>')  # fmt: skip


def _span(result: Result) -> str:
    return f"{date(result.start)} to {date(result.labels('time')[-1])}, {result.members_done} of {result.members_requested} member{'s' * (result.members_requested != 1)}"


def _chapter_head(named) -> str:
    missing = [f"{name}: {result.members_requested - result.members_done} of {result.members_requested} members not done; they enter no figure"
               for name, result in named if result.members_done < result.members_requested]  # fmt: skip
    few = [f"{name}: {_count(result.members_done)}, run at least {FEW}"
           for name, result in named if result.members_done < FEW]  # fmt: skip
    old = [f"{name}: {ONLY_DELIVERY}; run the scenario again" for name, result in named if not result.tells_given_up]
    return "".join(f'<p class="warning" role="alert">{text(line)}.</p>' for line in missing + few + old)


def _count(members: int) -> str:
    return "one member only, which has no interval" if members == 1 else f"{members} members only; every interval is rough"


PARTS = (("headline", "Headline"), ("who", "Who loses need"), ("when", "When"), ("record", "Against the record"), ("licences", "Licences"), ("flows", "Flows"),
         ("cover", "Days of cover"), ("duties", "Duties"), ("drivers", "What drives the spread"), ("assumptions", "Assumptions"),
         ("origin", "Provenance"))  # fmt: skip


def _parts(result, prefix, base) -> dict[str, str]:
    """{part: its HTML} of a result in the order of PARTS; parts with nothing to show are left out."""
    short = Shortfall(result)
    if len(short.order):
        who = {"headline": section(prefix, "headline", "Headline", key_figures(result, short), sentences(result, short)),
               "who": buyers(result, short, prefix), "when": fans(result, short, prefix), "cover": cover(result, short, prefix),
               "drivers": drivers(result, prefix)}  # fmt: skip
    else:
        who = {"headline": section(prefix, "headline", "Headline", paragraph(NOTHING, "lede"))}
    found = who | {"licences": licences(result, prefix), "flows": flows(result, prefix), "duties": tariffs(result, prefix),
                   "assumptions": assumptions(result, prefix, base), "origin": provenance(result, prefix)}  # fmt: skip
    return {part: found[part] for part, _ in PARTS if found.get(part)}


def _chapter(name, result, prefix, parts, titled) -> str:
    head = f'<h2 class="chapter" id="{anchor(prefix)}chapter">{text(name)}</h2>{paragraph(result.title, "lede")}' if titled else ""
    return head + "".join(parts.values())


def _contents(named, chapters) -> str:
    out, compared = [], []
    for at, ((name, _), parts) in enumerate(zip(named, chapters)):
        prefix = "" if len(named) == 1 else f"{name}-"
        links = "".join(f'<li><a href="#{anchor(prefix)}{part}">{title}</a></li>' for part, title in PARTS if part in parts)
        if at:
            compared.append(f'<li><a href="#{anchor(prefix)}difference">Difference: {text(name)}</a></li>')
        out.append(f'<li>{f"<b>{text(name)}</b>" if prefix else ""}<ul>{links}</ul></li>')
    return f'<nav aria-label="Contents"><ul>{"".join(compared + out)}</ul></nav>'


def _foot(named) -> str:
    runs = ", ".join(result.run_id for _, result in named)
    return (f'<footer><p>Made by chokepoint {text(named[0][1].version)} from {text(runs)}. Material in tonnes, money in US dollars. '
            "Charts are drawn with Apache ECharts (Apache-2.0).</p>"
            "<noscript><p>Charts need scripts; every number stands in the tables.</p></noscript></footer>")  # fmt: skip

"""Duties by date, and what was paid."""

import re

import numpy as np
import pandas as pd

from .. import words
from ..fan import fan
from ..result import Result
from . import marks as policy
from .html import Column, figure, folded, number, paragraph, section, short_date, table
from .shortfall import STEP

CHANGE = re.compile(r"rate ([\d.e+]+) % becomes ([\d.e+]+) %(?: for (.+))?")
LAYER = re.compile(r"tariffs\.(\w+)\.layers\.(\w+)\.(?:rate|products|changes\..+)")
MOST = 5


def tariffs(result: Result, prefix: str) -> str:
    """Timeline of duties by tariff and goods, the layers of the highest, and duty paid in the region that pays most."""
    layers = layers_by_date(result)
    parts = [_timeline(result, layers, prefix), _paid(result, prefix)]
    return section(prefix, "duties", "Duties", f'<div class="grid two">{"".join(parts)}</div>')


def layers_by_date(result: Result) -> pd.DataFrame:
    """Rate of each layer [%] on each product it is charged on: index date, from the start on and where a duty changes;
    columns (tariff, product, layer), of tariffs that change.

    A tariff that adds to others has its layers in theirs, since that is what a good pays, and columns of its own only where it is
    charged on some of their origins alone. What happened in fewer than half of the members is left out.
    """
    texts = result.leaves
    named = dict.fromkeys(match.groups() for match in map(LAYER.fullmatch, texts) if match)
    goods = {one: _goods(texts, "tariffs.{}.layers.{}.products".format(*one), result) for one in named}
    added, within = _added(texts, list(dict.fromkeys(tariff for tariff, _ in named)))
    source = {(tariff, product, layer): (tariff, layer) for tariff, layer in named if tariff not in within for product in goods[tariff, layer]}
    for tariff, of in added.items():
        own = {layer for one, layer in named if one == tariff}
        source |= {(tariff, product, f"{other} {layer}" if layer in own else layer): (other, layer)
                   for other, layer in named if other in of for product in goods[other, layer]}  # fmt: skip
    now = {key: _rate(texts.get("tariffs.{}.layers.{}.rate".format(*own), "0 %")) for key, own in source.items()}
    events = result.events
    events = events[(events["kind"] == "duty") & (2 * events["members"] >= result.members_done)]
    rows, changed = {result.start: now.copy()}, set()
    for _, event in events.sort_values("date", kind="stable").iterrows():
        match, parts = CHANGE.fullmatch(event["text"]), tuple(event["subject"].split("."))
        if not match or len(parts) != 2:
            continue
        of = match[3].split(", ") if match[3] else None
        now |= {key: float(match[2]) for key in now if source[key] == parts and (of is None or key[1] in of)}
        rows[event["date"]] = now.copy()
        changed |= {key[0] for key in now if source[key] == parts}
    return pd.DataFrame({date: {key: rate for key, rate in of.items() if key[0] in changed} for date, of in rows.items()}).T


def _added(texts, tariffs):
    """{tariff: tariffs charged on top of it, on all of its lanes}, and the tariffs that are so on every lane of theirs."""
    lanes = {one: {(importer, origin) for importer in _regions(texts, f"tariffs.{one}.importer") for origin in _regions(texts, f"tariffs.{one}.origin")}
             for one in tariffs}  # fmt: skip
    added, within = {}, set()
    for other in tariffs:
        under = [one for one in _listed(texts, f"tariffs.{other}.adds_to") if one in tariffs and lanes[one] <= lanes[other]]
        for one in under:
            added.setdefault(one, []).append(other)
        if under and set().union(*(lanes[one] for one in under)) >= lanes[other]:
            within.add(other)
    return added, within


def _listed(texts, key):
    return texts[key].strip("[]").split(", ") if key in texts else []


def _regions(texts, key):
    """Region ids of a list of regions and groups of them."""
    return [region for name in _listed(texts, key) for region in _listed(texts, f"region_groups.{name}") or [name]]


def _rate(text):
    return float(text.split()[0]) if text.endswith("%") else 0.0


def _members(texts, name):
    """Product ids of a family; of anything else itself."""
    return [texts[key] for part in ("controlled", "look_alike") if (key := f"families.{name}.{part}") in texts] or [name]


def _goods(texts, key, result):
    """Product ids that a layer names; all of them where it names none."""
    names = texts[key].strip("[]").split(", ") if key in texts else result.labels("product")
    return [product for name in names for product in _members(texts, name)]


def rates_by_date(result: Result, layers: pd.DataFrame | None = None) -> pd.DataFrame:
    """Duty [%] by date: columns (tariff, products), together where products of a tariff pay the same all along."""
    layers = layers_by_date(result) if layers is None else layers
    if layers.empty:
        return pd.DataFrame()
    sums = layers.T.groupby(level=[0, 1], sort=False).sum().T.round(6)
    together = {}
    for tariff, product in sums.columns:
        together.setdefault((tariff, tuple(sums[tariff, product])), []).append(product)
    return pd.DataFrame({(tariff, ", ".join(products)): rates for (tariff, rates), products in together.items()}, index=sums.index)


def _titles(result, rates):
    """Of the columns: the tariff, and its goods where they differ."""
    texts, products = result.leaves, result.text("product_title")
    ids = [match[1] for key in texts if (match := re.fullmatch(r"families\.(\w+)\.controlled", key))]
    families = {frozenset(_members(texts, name)): texts.get(f"families.{name}.title", name) for name in ids}
    out = {}
    for tariff, goods in rates.columns:
        title = texts.get(f"tariffs.{tariff}.title", tariff)
        if sum(tariff == other for other, _ in rates.columns) > 1:
            of = goods.split(", ")
            title += ": " + (families.get(frozenset(of)) or ", ".join(products[one] for one in of))
        out[tariff, goods] = title
    return out


def _where_it_changes(frame):
    return frame[(frame != frame.shift()).any(axis=1)]


def _timeline(result, layers, prefix):
    rates = rates_by_date(result, layers)
    if rates.empty:
        return paragraph("No duty changes in this run.")
    highest = rates.max().sort_values(ascending=False, kind="stable")
    order = highest.index[:MOST]
    titles = _titles(result, rates)
    columns = [Column("From", is_text=True), *(Column(titles[name], "%") for name in order)]
    drawn = _where_it_changes(rates[order])
    rows = [(f"{date:%Y-%m-%d}", *row) for date, row in zip(drawn.index, drawn.to_numpy())]
    rows.append((f"{result.labels('time')[-1]:%Y-%m-%d}", *drawn.iloc[-1]))
    top = rates[order[0]]
    takeaway = f"{titles[order[0]]}: up to {words.number(top.max(), 4)} % from {short_date(top.idxmax())}, {words.number(top.iloc[-1])} % at the end"
    caption = "Sum of the layers that each good pays, % of value; goods that pay the same stand together. The last row is the end of the run."
    if len(highest) > MOST:
        caption += f" Not drawn: {'; '.join(_not_drawn(result, titles, highest[MOST:], order))}."
    chart = figure(f"{prefix}duty", "steps", takeaway, caption, table(f"{prefix}duty-table", "Duties by date", columns, rows), {"unit": "%"})
    return f"<div>{chart}{_stack(layers, order[0], titles[order[0]], prefix)}</div>"


def _not_drawn(result, titles, rest, order) -> dict:
    """What the chart leaves out, each tariff once unless some of its goods are drawn."""
    drawn = {tariff for tariff, _ in order}
    whole = {name: titles[name] if name[0] in drawn else result.leaves.get(f"tariffs.{name[0]}.title", name[0]) for name in rest.index}
    tops = {}
    for name, top in rest.items():  # the highest first
        tops.setdefault(whole[name], top)
    return {f"{title}, up to {number(top)} %": top for title, top in tops.items()}


def _stack(layers, name, title, prefix):
    """The layers of one column of the timeline, where any of them changes."""
    tariff, goods = name
    mine = _where_it_changes(layers[tariff][goods.split(", ")[0]])
    columns = [Column("From", is_text=True), Column("together", "%"), *(Column(layer.replace("_", " "), "%") for layer in mine.columns)]
    rows = [(f"{date:%Y-%m-%d}", sum(row), *row) for date, row in zip(mine.index, mine.to_numpy())]
    return folded(f"Its layers: {title}", table(f"{prefix}stack-table", f"Layers of duty: {title}", columns, rows))


def _paid(result, prefix):
    totals = result["duty_paid_region"].read()[result.done]  # [member, region] USD
    if not totals.any():
        return paragraph("No duty is paid in this run.")
    at = int(np.argmax(np.median(totals, axis=0)))
    region, title = result.labels("region")[at], result["region_title"].read()[at]
    data = fan(result, "duty_q", region=region).droplevel("unit").iloc[::STEP]
    columns = [Column("Date", is_text=True), *(Column(f"{100 * q:g} %", "USD/d") for q in data.columns)]
    rows = [(f"{day:%Y-%m-%d}", *values) for day, values in zip(data.index, data.to_numpy())]
    low, middle, high = np.quantile(totals[:, at], [0.05, 0.5, 0.95]) / 1e6
    takeaway = f"{title} collects {words.number(middle)} million USD (90 % of members {words.number(low)} to {words.number(high)})"
    return figure(f"{prefix}paid", "fan", takeaway, "Duty paid a day in the region that collects most; every seventh day is drawn.",
                  table(f"{prefix}paid-table", f"Duty paid in {title}", columns, rows),
                  {"unit": "USD/d", "marks": policy.as_options(policy.marks(result))})  # fmt: skip

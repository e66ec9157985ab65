"""Where the goods went, declared and covert, and how many days of cover were left."""

import numpy as np

from .. import words
from ..result import Result
from .html import Column, figure, number, paragraph, section, short_date, table
from .shortfall import Shortfall, season

COVER_BUYERS, COVER_STEP = 24, 2  # rows, weeks between columns
COVER_BOUNDS = (3, 7, 14, 30, 60)  # d


def flows(result: Result, prefix: str) -> str:
    """Exports of the run as a sankey; covert routes are named so and drawn apart."""
    links = _declared(result) + _covert(result)
    links = [link for link in links if link[3] > 0]
    if not links:
        return section(prefix, "flows", "Flows", paragraph("Nothing crossed a border in this run."))
    columns = [Column("From", is_text=True), Column("To", is_text=True), Column("Kind", is_text=True), Column("median", "t"),
               Column("5 %", "t"), Column("95 %", "t")]  # fmt: skip
    total = sum(link[3] for link in links if link[2] == "declared")
    hidden = sum(link[3] for link in links if link[2] == "covert, sent")
    origins = " and ".join(sorted({link[0] for link in links if link[2] == "declared"}))
    takeaway = f"{words.number(total)} t left {origins} declared" + (f", {words.number(hidden)} t by covert routes" if hidden else "")
    caption = ("All materials, tonnes over the run: medians over members, which need not add up. Covert routes, what is sent, received "
               "and seized, are named so and drawn in orange.")  # fmt: skip
    return section(prefix, "flows", "Flows",
                   figure(f"{prefix}sankey", "sankey", takeaway, caption,
                          table(f"{prefix}sankey-table", "Flows over the run", columns, links)))  # fmt: skip


def _declared(result):
    totals = result["exports_monthly"].read()[result.done].sum((1, 4))  # [member, origin, destination]
    titles, out = result.text("region_title"), []
    for i, origin in enumerate(result.labels("origin")):
        for j, to in enumerate(result.labels("destination")):
            low, middle, high = np.quantile(totals[:, i, j], [0.05, 0.5, 0.95])
            out.append((titles[origin], f"to {titles[to]}", "declared", middle, low, high))
    return sorted(out, key=lambda link: -link[3])


def _covert(result):
    if "route_shipped" not in result:
        return []
    scenario, titles, regions, out = result.leaves, result.text("route_title"), result.text("region_title"), []
    arrays = {kind: result[f"route_{kind}"].read()[result.done].sum(2) for kind in ("shipped", "arrived", "seized")}
    for at, route in enumerate(result.labels("route")):
        origin = scenario.get(f"routes.{route}.from", "")
        users = scenario.get(f"routes.{route}.to", "").strip("[]").split(", ")
        target = f"to {regions.get(users[0], users[0])}" if len(users) == 1 and users[0] else "to several countries"
        spread = {kind: np.quantile(array[:, at], [0.5, 0.05, 0.95]) for kind, array in arrays.items()}
        name = f"covert: {titles[route]}"
        out += [(regions.get(origin, origin or "origin"), name, "covert, sent", *spread["shipped"]),
                (name, target, "covert, received", *spread["arrived"]), (name, "seized", "covert, seized", *spread["seized"])]  # fmt: skip
    return out


def cover(result: Result, short: Shortfall, prefix: str) -> str:
    """Days of cover by buyer and week as a heat map."""
    chosen = list(short.order[:COVER_BUYERS])
    if not chosen:
        return ""
    week = (result.labels("week") - result.start).days.to_numpy()
    days = np.minimum(week[::COVER_STEP] + 6, result.days - 1)  # the last day of each week drawn
    products = {buyer: short.scarcest(buyer) for buyer in chosen}
    stock, need = (result[name].read(quantile=0.5)[days] for name in ("stock_q", "need_q"))  # [day, buyer, product]
    where = {buyer: (list(result.labels("buyer")).index(buyer), list(result.labels("product")).index(products[buyer])) for buyer in chosen}
    with np.errstate(invalid="ignore", divide="ignore"):
        values = {buyer: stock[(slice(None), *at)] / need[(slice(None), *at)] for buyer, at in where.items()}
    dates = [f"{result.labels('time')[day]:%Y-%m-%d}" for day in days]
    columns = [Column("Buyer group", is_text=True), *(Column(day, digits=3) for day in dates)]
    rows = [(short.titles[buyer], *np.where(np.isfinite(values[buyer]), values[buyer], np.nan)) for buyer in chosen]
    lowest = min(chosen, key=lambda buyer: np.nanmin(np.append(values[buyer], np.inf)))
    least = int(np.nanargmin(values[lowest]))
    left = values[lowest][least]
    material = short.materials[products[lowest]]
    what = f"holds none of {material}" if left < 0.1 else f"falls to {number(left, 2)} days of cover in {material}"
    ordinary = season(result)
    takeaway = f"{short.titles[lowest]} {what} around {short_date(dates[least])}{', season included' if ordinary else ''}"
    caption = ("Days of cover: median stock over median need of the material the group is most short of, at the end of every second week. Darker is less. "
               "A group holds what its firms hold together: some may be empty while others are not." + ordinary)  # fmt: skip
    return section(prefix, "cover", "Days of cover",
                   figure(f"{prefix}heat", "heat", takeaway, caption + (f" {len(short.order) - len(chosen)} groups that lose less are left out." if len(short.order) > len(chosen) else ""),
                          table(f"{prefix}heat-table", "Days of cover", columns, rows, "wide"), {"bounds": COVER_BOUNDS, "unit": "d"}))  # fmt: skip

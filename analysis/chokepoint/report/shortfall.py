"""Who loses need: key figures, sentences, the table by buyer, and fans over time."""

import numpy as np
import pandas as pd

from .. import words
from ..fan import fan
from ..headline import headline
from ..measures import Reader, controlling, groups
from ..result import Result
from . import marks as policy
from .html import Column, date, figure, folded, number, paragraph, section, short_date, shown_of, table, text

FANS, RANGES = 9, 15  # charts, rows
STEP = 7              # days between plotted points of a daily series
NO_VALUE = "no value stated"
TOLD = 0.0005         # share of need: less is not told in a sentence  # fmt: skip


class Shortfall:
    """The figures of one result that several parts of the page need."""

    def __init__(self, result: Result):
        self.result = result
        self.titles = result.text("buyer_title")
        self.materials = result.text("product_title")
        result.require("buyer_scarcest")
        self.scarcest_of = result.text("buyer_scarcest")
        table = headline(result)
        wide = table.droplevel("unit").unstack("measure")
        self.rows = wide  # index buyer; columns (statistic, measure)
        self.units = result.text("buyer_unit")
        share = wide[("median", "share")]
        loses = (wide[("chance", "lost")] > 0) | (wide[("chance", "first_short_day")] > 0)  # as the table of `run` has it
        self.order = share[loses].sort_values(ascending=False, kind="stable").index
        self.gives_up = (wide[("high", "given_up_share")] >= TOLD) & loses
        self.never = [buyer for buyer in wide.index if buyer not in set(self.order)]

    def of(self, buyer, measure, statistic="median") -> float:
        """A figure of a buyer; NaN where the file does not hold it."""
        return self.rows.loc[buyer, (statistic, measure)] if (statistic, measure) in self.rows else np.nan

    def scarcest(self, buyer) -> str:
        """The material the group is most short of, as the program found it; where nothing lacked, the one of which most is lost."""
        if self.scarcest_of[buyer]:
            return self.scarcest_of[buyer]
        at = list(self.result.labels("buyer")).index(buyer)
        missing = np.nanmax(self.result.loss("lost_total")[self.result.done][:, at], axis=0)
        return self.result.labels("product")[int(np.nanargmax(missing))]

    def idle(self, buyer) -> float:
        """Part of the group's full need that lay idle, the median over members [1]."""
        reader, group = Reader(self.result), groups(self.result, "buyer")[buyer]
        return float(np.median(reader.values("shortfall_share", group) - reader.values("lacked_share", group)))


def key_figures(result: Result, short: Shortfall) -> str:
    """Four large numbers: need lost, groups that lose, vehicles (or output) lost, duty paid."""
    everyone = headline(result, "all").loc["all"].droplevel("unit")
    who = groups(result, "all")["all"].title
    total, share, unmet, given_up = (everyone.loc[name] for name in ("lost", "share", "shortfall", "given_up"))
    region, without = result.text("buyer_region"), controlling(result)
    outside = [buyer for buyer in short.rows.index if region[buyer] not in without]
    likely = sum(short.rows.loc[outside, ("chance", "lost")] > 0.5)
    cards = [(f"{words.number(total['median'])} t", f"need lost by {who[0].lower()}{who[1:]}",
              f"{words.number(total['low'])} to {words.number(total['high'])} t; {words.quantity(share['median'], '1')} of their need; "
              f"{words.number(unmet['median'])} t not delivered, {words.number(given_up['median'])} t given up for its cost{_worth(everyone)}", result.caveats("lost")),
             (f"{likely} of {len(outside)}", f"buyer groups{who.removeprefix('All buyers')} lose over 1 % of their need", "in most members", [])]  # fmt: skip
    lost, unit = _lost_output(result)
    if unit:
        low, middle, high = np.quantile(lost, [0.05, 0.5, 0.95])
        cards.append((words.large(middle), f"{unit}s not made", f"{words.large(low)} to {words.large(high)}; for lack of an input or given up for its cost; {_value(result)}", result.caveats("output_lost") if high > 0 else []))
    duty = result["duty_paid_region"].read()[result.done]
    low, middle, high = np.quantile(duty.sum(1), [0.05, 0.5, 0.95]) / 1e6
    titles = list(result.text("region_title").values())
    payers = [titles[at] for at in np.flatnonzero(duty.max(0) > 0)]  # the others have no duty in the scenario, which is not to say none in life
    if payers:
        cards.append((f"{words.number(middle)} million", f"USD of import duty paid: {_listed(payers)}", f"{words.number(low)} to {words.number(high)} million; other countries have no duty in the scenario", result.caveats("duty_paid")))
    return '<dl class="cards">' + "".join(
        f'<div><dt>{text(what)}</dt><dd><span class="big">{text(value)}</span><span class="small">{text(detail)}{_cautions(known)}</span></dd></div>'
        for value, what, detail, known in cards) + "</dl>"  # fmt: skip


def _cautions(known) -> str:
    """What the scenario says of a figure it gets wrong, under the figure."""
    return "".join(f'<br><b>Caution:</b> {text(one)}.' for one in known)


def _worth(everyone) -> str:
    """What the need lost by all would have cost."""
    return f"; worth {words.quantity(everyone.loc['lost_value', 'median'], 'USD')} at the prices of day 0" if "lost_value" in everyone.index else ""


def _value(result) -> str:
    """The value added of all lost output of groups that state one."""
    lost = result["output_lost_value"].read()[result.done]
    counted = ~np.isnan(lost).all(0)
    if not counted.any():
        return NO_VALUE
    low, middle, high = np.quantile(lost[:, counted].sum(1), [0.05, 0.5, 0.95])
    return f"value added {words.quantity(middle, 'USD')} ({words.number(low / 1e6)} to {words.quantity(high, 'USD')})"


def _lost_output(result):
    """[member] output lost in the unit most buyers count in, and the unit; "" when none counts."""
    units = list(result["buyer_unit"].read())
    counted = [unit for unit in units if unit]
    if not counted:
        return None, ""
    unit = max(set(counted), key=counted.count)
    rows = [i for i, one in enumerate(units) if one == unit]
    return np.nansum(result["output_lost"].read()[result.done][:, rows], axis=1), unit


def _listed(names) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def sentences(result: Result, short: Shortfall) -> str:
    """The headline in words, each with the interval that holds 90 % of members."""
    out = []
    for buyer in short.order[:3]:
        out.append(f"{short.titles[buyer]} loses {_of(short, buyer, 'share', '1')} of its need, {_first(short, buyer)}.{_given_up(short, buyer)}{_lacking(short, buyer)}")
    reader = Reader(result)
    sectors = {name: (reader.values("share", group), group) for name, group in groups(result, "sector").items()}
    sectors = {name: pair for name, pair in sectors.items() if np.median(pair[0]) >= 0.005}  # never where it is NaN
    for sector, (share, group) in sorted(sectors.items(), key=lambda item: -np.median(item[1][0])):
        tonnes = reader.values("lost", group)
        low, middle, high = np.quantile(share, [0.05, 0.5, 0.95])
        out.append(f"{group.title} loses {words.number(np.median(tonnes))} t, {words.number(100 * middle)} % of its need "
                   f"(90 % of members {words.number(100 * low)} to {words.number(100 * high)} %).")  # fmt: skip
    if not out:
        out.append("Losses are small: see the table.")
    note = paragraph("Every figure is the median over members unless an interval is named; medians of parts need not add up to that of the whole.", "note")
    return "<ul class=lede>" + "".join(f"<li>{text(line)}</li>" for line in out) + "</ul>" + note


def _given_up(short, buyer):
    if not short.gives_up[buyer]:
        return ""
    return f" {words.quantity(short.of(buyer, 'given_up_share'), '1')} is given up for its cost, {words.quantity(short.of(buyer, 'shortfall_share'), '1')} not delivered."


def _lacking(short, buyer):
    lacked, idle = short.of(buyer, "lacked_share"), short.idle(buyer)
    if not short.scarcest_of[buyer] or idle < TOLD:
        return ""
    return (f" {words.quantity(lacked, '1')} was not there, for its own need most {short.materials[short.scarcest(buyer)]}; "
            f"{words.quantity(idle, '1')} lay idle while lines stood.")  # fmt: skip


def _of(short, buyer, measure, unit):
    low, high = short.of(buyer, measure, "low"), short.of(buyer, measure, "high")
    middle = words.quantity(short.of(buyer, measure), unit)
    ends = f"{words.quantity(low, unit).split(' ')[0]} to {words.quantity(high, unit)}"
    return f"{middle} (90 % of members {ends})"


def _first(short, buyer):
    first = short.of(buyer, "first_short_day")
    chance = short.of(buyer, "first_short_day", "chance")
    if np.isnan(first):
        return "never short five days in a row"
    middle, low, high = (date(day_of(short, buyer, statistic)) for statistic in ("median", "low", "high"))
    spread = "" if low == high else f" (90 % of {'members' if chance == 1 else 'them'} {low} to {high})"
    if chance == 1:
        return f"short from {middle} in the median member{spread}"
    return f"short five days in a row in {100 * chance:.0f} % of members, from {middle} in the median of those{spread}"


def day_of(short, buyer, statistic) -> pd.Timestamp:
    """The first short day at a statistic over the members that have one, a part of a day left out as the program does."""
    return short.result.start + pd.Timedelta(days=int(short.of(buyer, "first_short_day", statistic)))


def _first_cell(short, buyer) -> str:
    """The first short day as tables have it: median, and 5 to 95 % of the members that have one."""
    if np.isnan(short.of(buyer, "first_short_day")):
        return "–"
    middle, low, high = (str(day_of(short, buyer, statistic).date()) for statistic in ("median", "low", "high"))
    return middle if low == high else f"{middle} ({low} to {high})"


def season(result: Result) -> str:
    """What a reader must know of dates and of days of cover where the world has a season; "" where it has none."""
    region = result.leaves.get("behaviour.season.region")
    if not region:
        return ""
    return (f" The ordinary season is included: what {result.text('region_title').get(region, region)} makes and ships, and what its buyers abroad need "
            "of it, changes around the lunar new year and in October, whatever the policy.")  # fmt: skip


def buyers(result: Result, short: Shortfall, prefix: str) -> str:
    """The table by buyer, and the chart of the largest shares."""
    columns = [Column("Buyer group", is_text=True), Column("Lost, median", "t", digits=3), Column("5 %", "t", digits=3),
               Column("95 %", "t", digits=3), Column("Worth", "million USD", digits=3), Column("Share of need", "%", digits=3), Column("given up", "%", digits=3), Column("not there", "%", digits=3),
               Column("Most short of", is_text=True), Column("First short day", is_text=True),
               Column("Worst week", "%", digits=3), Column("Longest run", "d", digits=3), Column("Chance", "%", digits=3)]  # fmt: skip
    rows = []
    for buyer in short.order:
        rows.append((short.titles[buyer], *(short.of(buyer, "lost", s) for s in ("median", "low", "high")), short.of(buyer, "lost_value") / 1e6,
                     *(100 * short.of(buyer, part) for part in ("share", "given_up_share", "lacked_share")),
                     short.materials.get(short.scarcest_of[buyer], "–"),
                     _first_cell(short, buyer), 100 * short.of(buyer, "worst_week"),
                     short.of(buyer, "longest_short_run"), 100 * short.of(buyer, "first_short_day", "chance")))  # fmt: skip
    listed = table(f"{prefix}buyers-table", "Need lost by buyer group: medians over members, 5 and 95 % where named", columns, rows,
                   "sortable")  # fmt: skip
    after = paragraph("No shortfall and no loss over 1 % of need in any member: " + "; ".join(short.titles[b] for b in short.never) + ".", "note") if short.never else ""
    note = paragraph("A short day leaves over 1 % of a need unmet; a shortfall is five in a row, and Chance is that of one; the date is that of the "
                     "first: the median, and in brackets 5 to 95 %, of members that have one. Worst week: the largest part of a week's full need that was lost. Lost: "
                     "what was not delivered (need less use of all materials) and what was given up because duty or price made it cost more. Worth: what it would have cost at the origin on day 0, which is not the damage done. "
                     "Not "
                     "there: part of what was not delivered; the rest lay in stock while lines stood for want of another material. Most short "
                     "of: the material of which the largest share of need was not there.", "note")  # fmt: skip
    return section(prefix, "who", "Who loses need", _ranges(short, prefix), listed, note, after, _output(short, prefix))


def _output(short, prefix):
    """Lost output in its unit, in days, and in money where the scenario says what a unit is worth."""
    if not len(short.order):
        return ""
    columns = [Column("Buyer group", is_text=True), Column("Lost output", is_text=True), Column("in days of base output", "d", digits=3),
               Column("Value added lost", is_text=True)]  # fmt: skip
    rows = [(short.titles[buyer], _units(short, buyer), short.of(buyer, "output_lost_days"), _money(short, buyer)) for buyer in short.order]
    return table(f"{prefix}output-table", "Output lost for lack of an input or given up for its cost: medians over members", columns, rows)


def _units(short, buyer):
    unit, value = short.units.get(buyer, ""), short.of(buyer, "output_lost")
    return f"{number(value, 3)} {unit}s" if unit and not np.isnan(value) else "not counted"


def _money(short, buyer):
    worth = short.of(buyer, "output_lost_value")
    return NO_VALUE if np.isnan(worth) else f"{number(worth / 1e6, 3)} million USD{_parts(short, buyer)}"


def _parts(short, buyer):
    """Of the value of lost output what was given up, where it is told."""
    given_up = short.of(buyer, "output_given_up_value")
    return "" if np.isnan(given_up) or round(given_up / 1e6, 3) == 0 else f", of it {number(given_up / 1e6, 3)} given up"


def _ranges(short, prefix):
    chosen = short.order[:RANGES]
    if not len(chosen):
        return ""
    rows = [(short.titles[b], *(100 * short.of(b, "share", s) for s in ("low", "median", "high"))) for b in chosen]
    columns = [Column("Buyer group", is_text=True), Column("5 %", "%"), Column("median", "%"), Column("95 %", "%")]
    first = chosen[0]
    takeaway = f"{short.titles[first]} loses the largest share of its need: {words.quantity(short.of(first, 'share'), '1')}"
    return figure(f"{prefix}share", "ranges", takeaway, "Need lost, not delivered and given up, as a share of need over the run: dot, the median; bar, 5 to 95 % of members."
                  + shown_of(len(chosen), len(short.order), "by buyer group"),
                  table(f"{prefix}share-table", takeaway, columns, rows), {"unit": "% of need"})  # fmt: skip


def fans(result: Result, short: Shortfall, prefix: str) -> str:
    """Need lost over time by the groups that lose most, with the marks of policy."""
    found = policy.marks(result)
    charts = [chart for buyer in short.order[:FANS] if (chart := _fan(result, short, buyer, found, prefix))]
    if not charts:
        return ""
    rest = len(short.order) - len(charts)
    left = paragraph(f"{rest} of {len(short.order)} groups that lose have no chart here, since they lose a smaller share or in few members; the table of buyer groups has them.", "note") if rest else ""
    levels = [100 * level for level in result.labels("quantile")]
    bands = [f"{low:g} to {high:g} %" for low, high in zip(levels, reversed(levels)) if low < 50 < high]
    held = f" Band{'s' * (len(bands) > 1)}: {' and '.join(reversed(bands))} of members." if bands else ""
    note = paragraph(f"Line: the median of members on each day.{held} Every seventh day is drawn. "
                     "Each chart is of the material the group is most short of, or loses most of where none is short. Letters mark policy." + season(result), "note")  # fmt: skip
    key = folded("What the letters stand for", policy.key(f"{prefix}marks", found) + (paragraph(said, "note") if (said := policy.postures(result)) else ""), "printed") if found else ""
    return section(prefix, "when", "When", note, key, f'<div class="grid">{"".join(charts)}</div>', left)


def _fan(result, short, buyer, found, prefix):
    product = short.scarcest(buyer)
    data = fan(result, "lost_q" if result.tells_given_up else "shortfall_q", buyer=buyer, product=product).droplevel("unit").iloc[::STEP]
    if not data.to_numpy().any():  # short in too few members for any band
        return ""
    levels = list(data.columns)
    columns = [Column("Date", is_text=True), *(Column(f"{100 * q:g} %", "t/d") for q in levels)]
    rows = [(f"{day:%Y-%m-%d}", *values) for day, values in zip(data.index, data.to_numpy())]
    middle = data[min(levels, key=lambda q: abs(q - 0.5))]
    top = middle.idxmax()
    if middle.max() <= 0:
        what = "none in the median member"
    elif top == data.index[-1]:
        what = "worst at the end of the run"
    else:
        what = f"worst around {short_date(top)}{', season included' if season(result) else ''}"
    takeaway = f"{short.titles[buyer]}: {what}"
    material = short.materials[product]
    return figure(f"{prefix}fan-{buyer}", "fan", takeaway, f"Need lost of {material}, t/d.",
                  table(f"{prefix}fan-{buyer}-table", f"Need lost of {material}: {short.titles[buyer]}", columns, rows),
                  {"unit": "t/d", "marks": policy.as_options(found)}, "small")  # fmt: skip

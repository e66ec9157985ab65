"""What easier licences and cheaper trade do to what is lost, on the same draws."""

from dataclasses import dataclass

import numpy as np

from ..measures import Reader, controlling, groups
from .markdown import listed, table

SECTION = """## Signs

Need lost outside China [t] in `{scenario}` with the first setting less that with the second, {members} members on the same draws. The first is meant to
lose more. `tests/python/test_monotone.py` does the same at random points of every world.

"""

MEASURE = "licensing.mofcom_18"
# A hard and an easy setting of one key, in words; the first is meant to lose more.
PAIRS = (
    ("review of 15 working days against 2", f"{MEASURE}.minimum_review=15 wd", f"{MEASURE}.minimum_review=2 wd"),
    ("40 % of files returned against none", f"{MEASURE}.returned=40 %", f"{MEASURE}.returned=0 %"),
    ("10 working days from grant to licence against none", f"{MEASURE}.licence_lag=10 wd", f"{MEASURE}.licence_lag=0 wd"),
    ("throughput of June 85 % against 110 %", f"{MEASURE}.throughput.levels.london.level=85 %", f"{MEASURE}.throughput.levels.london.level=110 %"),
    ("60 % of look-alike lots held in routine against none", f"{MEASURE}.postures.no_framework.hold=60 %", f"{MEASURE}.postures.no_framework.hold=0 %"),
    ("cover of American cars 21 days against 35", "buyers.auto_usa.cover.lognormal.median=21 d", "buyers.auto_usa.cover.lognormal.median=35 d"),
)
SCENARIO = "geneva_truce"
DUTY = ("American duties of April kept against cut", "duty_stays")


@dataclass
class Sign:
    """Need lost outside China with the hard setting less that with the easy one, by member [t]."""

    what: str
    more: np.ndarray


def lost(result, group: str = "") -> np.ndarray:
    """Need lost by all buyers outside the controlling country, or by those of a region [t], a member each."""
    without = controlling(result)
    found = groups(result, "region", without)[group] if group else groups(result, "all", without)["all"]
    return Reader(result).values("lost", found)


def signs(runs) -> list[Sign]:
    """Every pair, and the duty on American buyers."""
    out = []
    for what, hard, easy in PAIRS:
        with runs.result(SCENARIO, hard) as a, runs.result(SCENARIO, easy) as b:
            out.append(Sign(what, lost(a) - lost(b)))
    what, other = DUTY
    with runs.result(other) as a, runs.result(SCENARIO) as b:
        out.append(Sign(what + ", American buyers", lost(a, "USA") - lost(b, "USA")))
    return out


def section(runs) -> str:
    """Levers, and the duty."""
    found = signs(runs)
    rows = [[sign.what, f"{sign.more.mean():+,.1f} t", f"{sign.more.min():+,.1f} to {sign.more.max():+,.1f} t", f"{int((sign.more > 0).sum())} of {len(sign.more)}"] for sign in found]
    wrong = [sign.what for sign in found if sign.more.mean() <= 0]
    mixed = [f"{sign.what} ({int((sign.more < 0).sum())} of {len(sign.more)})" for sign in found if (sign.more < 0).any()]
    said = f"{'**' if wrong else ''}{len(found) - len(wrong)} of {len(found)} have the sign that is meant on average{': not ' + listed(wrong) + '**' if wrong else ''}. "
    said += f"Single members lose less with the harder setting: {listed(mixed)}." if mixed else "No member is on the other side."
    return SECTION.format(scenario=SCENARIO, members=runs.members) + said + "\n\n" + table(["setting", "more lost, mean", "lowest and highest", "members that lose more"], rows)

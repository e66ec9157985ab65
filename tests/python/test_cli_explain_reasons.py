"""What `explain --result` gives as the reason, against the numbers of the file."""

import datetime
import json
import re

import h5py
import numpy as np
import pytest
from results import CONTROL, SCENARIOS, make

START = datetime.date(2025, 1, 1)
OUTAGE = "producers.cod_mines.outages.flood: 50 % of capacity lost from 2025-03-01 until 2025-08-01."


def words(run, path, *arguments):
    answer = run("explain", "--result", path, *arguments)
    assert answer.returncode == 0, answer.stderr
    return " ".join(answer.stdout.split())


def facts(run, path, *arguments):
    return json.loads(run("explain", "--result", path, *arguments, "--json").stdout)


def number(pattern, text):
    return float(re.search(pattern, text).group(1).replace(",", ""))


def place(file, axis, name):
    return list(file[axis].asstr()).index(name)


def date_of(week):
    return (START + datetime.timedelta(days=7 * week + 3)).isoformat()


@pytest.fixture(scope="module")
def mines(run, tmp_path_factory):
    return make(run, tmp_path_factory.mktemp("mines"), SCENARIOS / "mines.yaml", "--members", 3)


@pytest.fixture(scope="module")
def stopped(run, tmp_path_factory):
    """Licences decide a drawn part of the base flow, and duty and price make need dearer."""
    return make(run, tmp_path_factory.mktemp("stopped"), CONTROL, "--members", 3, "--set", "behaviour.demand.elasticity=-0.5",
                "--set", "behaviour.demand.price=paid", "--set", "licensing.control.throughput.levels.start.level={ uniform: [2 %, 12 %] }")  # fmt: skip


def test_makers_without_inputs_name_their_outage_and_capacity(run, mines):
    week = 20
    text, answer = (one(run, mines, "--block", "cod_mines", "--date", date_of(week)) for one in (words, facts))
    with h5py.File(mines) as file:
        seller = place(file, "seller", "cod_mines")
        capacity, first = (file["seller_capacity_q"][2, w, seller] for w in (week, 0))
        owed = file["seller_owed_q"][2, week, seller]
        assert capacity == pytest.approx(first / 2, rel=1e-5) and list(file["producer_outages"].asstr()) == ["flood: 50 % from 2025-03-01 until 2025-08-01"]
        unmade, made = (file[f"seller_output{name}_q"][2, :, seller] for name in ("_short", ""))
    assert answer["capacity_in_week_t"]["median"] == capacity and f"Outage {OUTAGE}" in answer["reason"]
    assert number(r"ran at capacity, ([\d.,]+) t in the week, which is 50.0 % of that of the first week", text) == pytest.approx(capacity, rel=6e-3)
    assert number(r"owes its clients ([\d.,]+)", text) == pytest.approx(owed, rel=6e-3) and "less than its clients asked for" in text
    behind = unmade > 0.01 * (made + unmade)
    since = (datetime.date.fromisoformat(answer["behind_since"]) - START).days // 7
    assert behind[since : week + 1].all() and not behind[since - 1]
    assert "another reason" not in text


def test_a_chain_ends_at_the_outage_that_began_it_even_when_it_is_over(run, mines):
    text = words(run, mines, "--block", "industry_usa")
    assert f"It begins with the outage {OUTAGE}" in text
    answer = facts(run, mines, "--block", "industry_usa")
    assert answer["date"] > "2025-08-01"
    last = answer["materials"][0]["behind"][-1]
    assert last["block"] == "cod_mines" and [one["kind"] for one in last["measures"]] == ["outage"]


def test_a_date_without_shortage_is_one_line_that_says_when_there_was_one(run, mines):
    with h5py.File(mines) as file:
        buyer = place(file, "buyer", "industry_usa")
        short = np.flatnonzero((file["shortfall_q"][2, :, buyer] > 0.01 * file["need_q"][2, :, buyer]).any(axis=-1))
        days = file["first_short_day"][:, buyer].astype(float)
    first, last = ((START + datetime.timedelta(days=int(day))).isoformat() for day in (short[0], short[-1]))
    days[days < 0] = np.inf
    told = (START + datetime.timedelta(days=int(np.median(days.min(axis=1))))).isoformat()
    assert words(run, mines, "--block", "industry_usa", "--date", "2025-02-15") == (
        f"Industry (industry_usa) on 2025-02-15: not short of anything. In the median it is short on {len(short)} days, first on {first} and last on {last}; "
        f"the first short day that run and report give is {told}, the median over members of the first of five in a row.")
    answer = facts(run, mines, "--block", "industry_usa", "--date", "2025-02-15")
    assert answer["short_in_median"] == {"unit": "day", "count": len(short), "first": first, "last": last}
    (metal,) = answer["materials"]
    assert not metal["short"] and metal["causes"] == metal["behind"] == [] and metal["sentence"] is None
    maker = words(run, mines, "--block", "chn_refiners", "--date", "2025-02-15")
    assert maker.startswith("Refiners (chn_refiners) on 2025-02-15: not short. In the week to") and "where it stands" not in maker and "weeks, first in the week of" in maker


def test_days_of_makers_are_counted_in_need_of_the_first_week(run, mines):
    week = 30
    answer = facts(run, mines, "--block", "chn_refiners", "--date", date_of(week))
    with h5py.File(mines) as file:
        seller, product = place(file, "seller", "chn_refiners"), place(file, "product", "hydroxide")
        first, now = (file["seller_need_q"][2, w, seller, product] / 7 for w in (0, week))
        owed = file["source_owed"][week, place(file, "source", "cod_mines>chn_refiners")]
    (hydroxide,) = answer["materials"]
    assert hydroxide["need_first_week_t_per_d"] == pytest.approx(first) and now > 1.1 * first  # it works off what it owes, as far as its capacity goes
    text = words(run, mines, "--block", "chn_refiners", "--date", date_of(week))
    assert number(r"Largest cause: [\d.,]+ t \(([\d.,]+) d of first-week need\) wait at the seller", text) == pytest.approx(owed / first, rel=6e-3)


def test_a_trader_of_a_family_is_asked_by_material(run, source, tmp_path):
    """Its id in the scenario is none in the result."""
    path = tmp_path / "g.h5"
    assert run("run", source / "scenarios/geneva_truce.yaml", "--members", 1, "--set", "time.horizon=60 d", "-o", path).returncode == 0
    answer = run("explain", "--result", path, "--buyer", "usa_distributors")
    assert answer.returncode == 2
    assert "usa_distributors trades several materials; name one block: usa_distributors:magnet_hre, usa_distributors:magnet_std" in answer.stderr


def test_makers_whose_goods_wait_for_a_licence_say_so(run, stopped):
    with h5py.File(stopped) as file:
        seller = place(file, "seller", "makers")
        asked = file["seller_output_q"][2, :, seller] + file["seller_output_short_q"][2, :, seller]
        week = int(np.flatnonzero(asked < 0.5 * asked[0])[0])  # its clients' orders wait, so it wants to make less
    text = words(run, stopped, "--block", "makers", "--date", date_of(week))
    answer = facts(run, stopped, "--block", "makers", "--date", date_of(week))
    with h5py.File(stopped) as file:
        mine = [i for i, (source, control) in enumerate(zip(file["source"].asstr()[()], file["source_control"].asstr()[()], strict=True))
                if source.startswith("makers>") and control == "control"]  # fmt: skip
        parts = {name: float(file[f"source_{name}"][week, mine].sum()) for name in ("in_review", "not_filed", "paused", "licensed", "at_customs")}
        made, first = (file["seller_output_q"][2, w, seller] for w in (week, 0))
        assert all(file[f"source_{name}"][0, mine].sum() == 0 for name in parts)
    assert number(r"That is ([\d.]+) % less than in the first week, and it wanted no more", text) == pytest.approx(100 * (1 - made / first), abs=0.06)
    assert number(r"Orders of its clients wait under control, ([\d.,]+) t more than in the first week", text) == pytest.approx(sum(parts.values()), rel=6e-3)
    assert number(r"first week: ([\d.,]+) t in review", text) == pytest.approx(parts["in_review"], rel=6e-3)
    assert answer["measures"][0]["id"] == "control" and answer["reason"] in text


def test_events_that_differ_by_member_are_told_with_median_and_range(run, stopped):
    with h5py.File(stopped) as file:
        drawn = np.sort(file["parameters/licensing.control.throughput.levels.start.level"][()]) * 100
    text = words(run, stopped, "--block", "auto_usa", "--date", "2025-03-01")
    low, high = (float(x) for x in re.search(r"2025-02-03 throughput control: [\d.]+ \(([\d.]+) to ([\d.]+)\) % of base flow \(3 of 3 members\)", text).groups())
    assert low == pytest.approx(drawn[0], rel=6e-3) and high == pytest.approx(drawn[-1], rel=6e-3)


def test_events_are_those_that_act_on_the_goods_of_the_group(run, stopped):
    def subjects(block):
        return {(event["kind"], event["subject"]) for event in facts(run, stopped, "--block", block, "--date", "2025-02-20")["events"]}

    assert subjects("auto_usa") == {("duty", "usa_on_chn.second"), ("control", "control"), ("throughput", "control")}
    assert subjects("wind_deu") == {("control", "control"), ("throughput", "control")}
    # China is in the name of the duty; what its makers buy at home pays none, and no licence is needed for it.
    assert subjects("refiners") == set()
    with h5py.File(stopped) as file:
        acts = dict(zip(file["source"].asstr()[()], file["source_acts"].asstr()[()], strict=True))
    assert acts["refiners>makers"] == "" and "duty usa_on_chn.second" in acts["makers>distributors"] and "posture control.DEU" in acts["makers>wind_deu"]


def test_need_given_up_is_traced_to_the_duty_in_force(run, stopped):
    date = "2025-04-10"
    day = (datetime.date.fromisoformat(date) - START).days
    answer = facts(run, stopped, "--block", "auto_usa", "--date", date)
    (cost,) = answer["costs"]
    with h5py.File(stopped) as file:
        buyer = place(file, "buyer", "auto_usa")
        assert file["given_up_q"][2, day, buyer].max() > 0 and file["buyer_answers_to"].asstr()[buyer] == "paid"
        source = place(file, "source", "makers>auto_usa")
        rate, rise = (100 * file[name][day // 7, source] for name in ("source_duty", "source_duty_rise"))
        outside = file["price_outside_q"][2, [0, day], place(file, "product", "magnet")]
    assert f"duty on goods of CHN is {rate:.4g} % against {rate - rise:.4g} % (usa_on_chn.second 10 % since 2025-04-01)" in cost
    assert (rate, rate - rise) == (pytest.approx(12.1), pytest.approx(2.1))
    assert number(r"price outside the countries that control exports is ([\d.]+) USD/kg against", cost) == pytest.approx(outside[1], rel=6e-3)
    # The duty is one of the United States: in Germany the price alone is a reason.
    for one in facts(run, stopped, "--block", "wind_deu", "--date", date)["costs"]:
        assert "duty" not in one


def test_part_of_what_is_unmet_that_lay_idle_is_told_of_buyers_by_the_week(run, stopped):
    date, week = "2025-04-05", 13
    answer = facts(run, stopped, "--block", "auto_usa", "--date", date)
    with h5py.File(stopped) as file:
        buyer, product = place(file, "buyer", "auto_usa"), place(file, "product", "magnet")
        unmet = np.median(file["shortfall"][:, week, buyer, product]) / 7
    assert answer["materials"][0]["unmet_in_week_t_per_d"]["median"] == pytest.approx(unmet)


@pytest.mark.parametrize(("asked", "found"), [
    (("lost",), "lost_total"), (("duty",), "tariffs"), (("quota",), "licensing.mofcom_18.throughput"), (("days", "of", "cover"), "buyers.auto_usa.cover"),
    (("share", "granted"), "share_granted_q"), (("outage",), "producers.chn_magnet_hre.outages"), (("short", "day"), "first_short_day"),
])  # fmt: skip
def test_explain_finds_words_in_names_and_sentences(run, asked, found):
    answer = run("explain", *asked)
    assert answer.returncode == 0 and any(line.startswith(found + " ") for line in answer.stdout.splitlines()), answer
    first = re.search(r"chokepoint explain (\S+) tells the first in full", answer.stdout).group(1)
    assert run("explain", first).stdout.startswith(first)
    told = json.loads(run("explain", *asked, "--json").stdout)
    assert found in [one["key"] for one in told["keys"]] + [one["name"] for one in told["variables"]]


def test_explain_names_what_else_has_a_word_and_suggests_words_that_are_known(run):
    assert "See also: " in run("explain", "tariff").stdout and "duty_q" in run("explain", "tariff").stdout
    assert "sim/MODEL.md" in run("explain", "quota").stdout
    for wrong, right in (("stokpile", "stockpile"), ("outgae", "outages"), ("tarif", "tariff")):
        answer = run("explain", wrong)
        assert answer.returncode == 2 and f"did you mean {right}" in answer.stderr, answer
        assert run("explain", right).returncode == 0
    assert "schema --keys" in run("explain", "xyzzy").stderr

"""Two results against each other: paired by member, in words, with conditions scripts can act on."""

import csv
import io
import json
import re
import subprocess
import sys

import chokepoint
import numpy as np
import pytest
import results
from chokepoint import condition, words
from chokepoint.measures import Reader, groups

# Buyers that answer to the cost of inputs, which are half of the price of what they make.
GIVES_UP = ("--set", "behaviour.demand.elasticity=-0.5", "--set", "behaviour.demand.price=paid", "--set", "behaviour.demand.cost_share=50 %")
SLOW = ("--set", "licensing.control.throughput.levels.start.level=2 %")


def command(*arguments):
    """python3 -m chokepoint ...: the finished process."""
    return subprocess.run([sys.executable, "-m", "chokepoint", *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def paths(run, tmp_path_factory):
    """Results of the control world: a; b with fewer licences; others that are not paired with a."""
    folder = tmp_path_factory.mktemp("compare")
    made = {name: results.make(run, folder, results.CONTROL, "--members", members, *more, name=name)
            for name, members, more in (("a", 8, ()),  ("b", 8, SLOW), ("seed", 8, ("--seed", 5)), ("members", 6, ()),
                                        ("horizon", 8, ("--set", "time.horizon=140 d")))}  # fmt: skip
    return made | {"calm": results.make(run, folder, results.CALM, "--members", 8)}


@pytest.fixture(scope="module")
def pair(paths):
    with chokepoint.open(paths["a"]) as a, chokepoint.open(paths["b"]) as b:
        yield a, b


# --- figures ------------------------------------------------------------------------------------


def test_differences_are_member_by_member(pair):
    a, b = pair
    row = chokepoint.compare(a, b).of("lost").loc["auto_usa"]
    at = list(a.labels("buyer")).index("auto_usa")
    x, y = (one.loss("lost_total")[:, at].sum(1) for one in pair)
    assert row["mean"] == pytest.approx((y - x).mean()) and row["median"] == pytest.approx(np.median(y - x))
    assert row["worse"] == (y > x).mean() == 1 and row["better"] == 0
    assert row["saved"] == pytest.approx(1 - (y - x).var() / (x.var() + y.var()))
    assert row["low"] < row["mean"] < row["high"]
    assert row["low"] >= (y - x).min() and row["high"] <= (y - x).max()


def test_the_bootstrap_is_seeded_and_about_right(pair):
    """The interval of a mean of n = 8: with the sample's own spread s, 1.645 s / sqrt(n) either side if it were
    normal. 2000 draws place each end to within some 3 % of s / sqrt(n); a factor of 1.4 either way is 10 times that
    and leaves room for the skew of eight numbers."""
    a, b = pair
    once, again, other = (chokepoint.compare(a, b, seed=seed).frame for seed in (3, 3, 4))
    assert once.equals(again) and not once.equals(other)
    row = once.xs("shortfall", level="measure").loc["auto_usa"].iloc[0]
    values = [Reader(one).values("shortfall", groups(one, "buyer")["auto_usa"]) for one in pair]
    width = 2 * 1.645 * (values[1] - values[0]).std() / np.sqrt(8)
    assert 1 / 1.4 < (row["high"] - row["low"]) / width < 1.4


def test_worse_means_less_where_less_is_worse(paths, pair):
    """Without a control nobody is short: the first short day is then the end of the run, and with it comes sooner."""
    with chokepoint.open(paths["calm"]) as calm:
        first = chokepoint.compare(calm, pair[0]).of("first_short_day").loc["auto_usa"]
        assert first["mean_a"] == calm.days and first["mean"] < -30 and first["worse"] == 1
    assert chokepoint.compare(*pair).of("output_lost").loc["auto_usa", "unit"] == "vehicle"


def test_a_result_does_not_differ_from_itself(paths):
    with chokepoint.open(paths["a"]) as a:
        frame = chokepoint.compare(a, a, by="sector").frame
        assert (frame[["mean", "median", "low", "high", "p05", "p95", "worse", "better"]] == 0).all().all()


@pytest.mark.parametrize("by", ["buyer", "sector", "region", "product", "all"])
def test_every_division_adds_up_to_the_same_difference(pair, by):
    total = chokepoint.compare(*pair, by="all").of("shortfall")["mean"].sum()
    assert chokepoint.compare(*pair, by=by).of("shortfall")["mean"].sum() == pytest.approx(total, rel=1e-9)


# --- pairs and what is none ---------------------------------------------------------------------


@pytest.mark.parametrize("other, reason", [("seed", "seed: 11 against 5"), ("members", "members: 8 against 6"),
                                           ("horizon", "horizon: ")])  # fmt: skip
def test_what_is_not_paired_is_refused_with_the_reason(paths, other, reason):
    with chokepoint.open(paths["a"]) as a, chokepoint.open(paths[other]) as b:
        with pytest.raises(chokepoint.NotPaired, match=reason):
            chokepoint.compare(a, b)
    refused = command("compare", paths["a"], paths[other])
    assert refused.returncode == 6 and reason in refused.stderr and refused.stdout == ""


def test_unpaired_says_so_everywhere(paths):
    loud = command("compare", paths["a"], paths["seed"], "--unpaired")
    assert loud.returncode == 0
    assert loud.stdout.count("NOT PAIRED") >= 2 and "worse in 8" not in loud.stdout
    told = json.loads(command("compare", paths["a"], paths["seed"], "--unpaired", "--json").stdout)["comparisons"][0]
    assert told["paired"] is False and told["rows"][0]["worse"] is None
    assert command("compare", paths["a"], paths["horizon"], "--unpaired").returncode == 6


def test_draws_keyed_in_another_way_are_not_paired(paths, tmp_path):
    import shutil

    import h5py

    older = shutil.copy(paths["a"], tmp_path / "older.h5")
    with h5py.File(older, "r+") as file:
        del file["provenance"].attrs["draws"]  # as results were before they said so
    refused = command("compare", paths["a"], older)
    assert refused.returncode == 6 and "draws: keyed as 2 against keyed as 1" in refused.stderr


def test_another_world_or_other_draws_are_not_paired(run, paths, tmp_path):
    import shutil

    import h5py

    larger = results.make(run, tmp_path, results.CONTROL, "--members", 8, "--set", "world.scale=2", name="larger")
    refused = command("compare", paths["a"], larger)
    assert refused.returncode == 6 and "world: world.scale is the default against 2" in refused.stderr
    other = tmp_path / "other.h5"
    shutil.copy(paths["a"], other)
    with h5py.File(other, "r+") as file:
        (key,) = [name for name in file["parameters"] if name != "member"]
        file["parameters"][key][...] = np.roll(file["parameters"][key][()], 1)
    refused = command("compare", paths["a"], other)
    assert refused.returncode == 6 and f"draws: members met other values of {key}" in refused.stderr
    # Another distribution under one chance keeps the order of members, and the pairs.
    wider = results.make(run, tmp_path, results.CONTROL, "--members", 8, "--set", f"{key}={{uniform: [0.01 x, 0.5 x]}}", name="wider")
    assert command("compare", paths["a"], wider).returncode == 0


def test_groups_of_one_side_and_those_that_do_not_differ_are_named(run, paths, tmp_path):
    import json as reader

    variant = tmp_path / "variant.yaml"
    import shutil

    for name in (results.CONTROL, results.CALM):
        shutil.copy(name, tmp_path)
    variant.write_text("chokepoint: 1\nextends: control.yaml\nname: variant\nbuyers: { wind_deu: null }\n")
    made = results.make(run, tmp_path, variant, "--members", 8)
    with chokepoint.open(paths["a"]) as a:
        title = a.text("buyer_title")["wind_deu"]
    for pair, side in (((paths["a"], made), "a"), ((made, paths["a"]), "b")):
        told = command("compare", *pair)
        assert told.returncode == 0, told.stderr
        with chokepoint.open(paths["a"]) as control:
            lost = Reader(control).values("lost", groups(control, "buyer")["wind_deu"])
        assert f"Only in control: {title}, need lost {words.quantity(lost.mean(), 't')} on average" in told.stdout
        rows = reader.loads(command("compare", *pair, "--json").stdout)["comparisons"][0]["rows"]
        (row,) = [row for row in rows if row["buyer"] == "wind_deu" and row["measure"] == "lost"]
        assert row[f"mean_{side}"] == lost.mean() and "mean" not in row
        assert reader.loads(command("compare", *pair, "--json").stdout)["comparisons"][0][f"only_in_{side}"] == [title]
    same = command("compare", paths["a"], paths["a"]).stdout
    assert "The same in every member: " in same and "Automotive, United States" in same


def test_what_a_duty_takes_is_counted_and_not_called_better(run, tmp_path):
    """A duty that ends a flow: need is given up where it is not delivered, and the finding is that of a loss."""
    duty = ("--set", "tariffs.usa_on_chn.layers.second.changes.up.change=+10000 pp")
    made = [results.make(run, tmp_path, results.CONTROL, "--members", 4, *GIVES_UP, *more, name=name) for name, more in (("a", ()), ("b", duty))]
    with chokepoint.open(made[0]) as a, chokepoint.open(made[1]) as b:
        row = chokepoint.compare(a, b).of("lost").loc["auto_usa"]
        given_up = chokepoint.compare(a, b).of("given_up").loc["auto_usa"]
        assert row["mean"] > 0 and row["worse"] == 1 and given_up["mean"] > 0
        frame = chokepoint.compare(a, b).frame["mean_b"].unstack("measure").groupby("buyer").sum()
        assert (frame["lost"] - frame["shortfall"] - frame["given_up"]).abs().max() < 1e-9
        assert condition.read("given_up(auto_usa) > 1 %").holds(a, b)[0]


def test_results_of_older_programs_say_what_they_lack(paths, tmp_path):
    import shutil

    import h5py

    names = ("full_need_total", "lost_total", "given_up_total", "lost_q", "given_up_q", "given_up")
    old = [tmp_path / f"{name}.h5" for name in ("a", "b")]
    for ours, theirs in zip(("a", "b"), old):
        shutil.copy(paths[ours], theirs)
        with h5py.File(theirs, "r+") as file:
            for name in names:
                file.pop(name, None)
    told = command("compare", *old)
    assert told.returncode == 0, told.stderr
    assert f"Note: {old[1]}: made before need given up for its cost was recorded; its need lost is what was not delivered." in told.stdout
    with chokepoint.open(old[0]) as a, chokepoint.open(old[1]) as b:
        frame = chokepoint.compare(a, b).frame["mean_b"].unstack("measure").groupby("buyer").sum()
        assert (frame["lost"] == frame["shortfall"]).all() and (frame["given_up"] == 0).all() and frame["lost"].sum() > 0
    with h5py.File(old[1], "r+") as file:
        del file["lacked_total"]
    told = command("compare", *old)
    assert told.returncode == 4 and told.stderr.count("\n") == 1
    assert f"{old[1]}: made by a program that did not record lacked_total yet; run the scenario again" in told.stderr


def test_changed_data_are_seen(paths, tmp_path):
    import shutil

    import h5py

    changed = tmp_path / "changed.h5"
    shutil.copy(paths["b"], changed)
    with h5py.File(changed, "r+") as file:
        names = list(file["provenance/input"].asstr()[()])
        at = next(i for i, name in enumerate(names) if name.endswith(".csv"))
        file["provenance/input_sha256"][at] = "0" * 64
    refused = command("compare", paths["a"], changed)
    assert refused.returncode == 6 and "data: " in refused.stderr and names[at].rsplit("/")[-1] in refused.stderr


def test_members_done_in_only_one_are_left_out_and_told(paths, tmp_path):
    import shutil

    import h5py

    failed = tmp_path / "failed.h5"
    shutil.copy(paths["b"], failed)
    with h5py.File(failed, "r+") as file:
        file["member_status"][3] = 1
        file["shortfall_total"][3] = np.nan
    with chokepoint.open(paths["a"]) as a, chokepoint.open(paths["b"]) as b, chokepoint.open(failed) as f:
        comparison = chokepoint.compare(a, f)
        assert comparison.members == 7 and "7 of 8 members" in comparison.notes[0]
        x, y = (Reader(one).values("shortfall", groups(one, "all")["all"]) for one in (a, b))
        assert chokepoint.compare(a, f, by="all").of("shortfall")["mean"].item() == pytest.approx(np.delete(y - x, 3).mean())


# --- what pairing is worth ----------------------------------------------------------------------


def test_pairing_the_truce_narrows_intervals_five_times_where_it_can(source, run, tmp_path):
    """geneva_truce against truce_breaks, by region.

    Var(B - A) is at least (sd B - sd A)^2, whatever the correlation. Where the policy itself changes the spread, as
    in the United States, which is cut off in B, no pairing can be five times narrower: (sd B - sd A)^2 is above a 25th
    of Var A + Var B. Everywhere else it must be, in the median over regions.
    """
    made = [chokepoint.open(results.make(run, tmp_path, source / "scenarios" / f"{name}.yaml", "--members", 16))
            for name in ("geneva_truce", "truce_breaks")]  # fmt: skip
    rows = chokepoint.compare(*made, by="region").of("shortfall")
    narrower = (rows["unpaired_high"] - rows["unpaired_low"]) / (rows["high"] - rows["low"])
    readers, bound = [Reader(one) for one in made], {}
    for label, group in groups(made[0], "region").items():
        a, b = (reader.values("shortfall", group).std() for reader in readers)
        bound[label] = np.sqrt((a**2 + b**2) / (b - a) ** 2) if a != b else np.inf
    print("\nregion   mean difference t   paired is narrower by   at most possible")
    for label, row in rows.iterrows():
        print(f"{label:8} {row['mean']:17.2f} {narrower[label]:23.1f} {bound[label]:18.1f}")
    assert bound["USA"] < 5 and narrower["USA"] < 5
    assert narrower.drop("USA").median() >= 5


# --- words and tables ---------------------------------------------------------------------------


@pytest.mark.parametrize("value, text", [(1557.4, "1,560"), (0.0451, "0.045"), (-2.5, "-2.50"), (0, "0"), (1e-9, "~0"),
                                         (float("nan"), "-"), (999.6, "1,000")])  # fmt: skip
def test_numbers(value, text):
    assert words.number(value) == text


def test_the_sentence_says_direction_size_interval_and_count(pair):
    comparison = chokepoint.compare(*pair)
    row = comparison.of("lost").loc["auto_usa"]
    text = words.sentence(comparison, "auto_usa")
    assert text.startswith(f"Automotive, United States: need lost is on average {words.quantity(row['mean'], 't')} more in ")
    for part in (words.quantity(row["mean_a"], "t"), "; lowest to highest of 8 pairs ", "worse in 8 and better in 0 of 8 members"):
        assert part in text
    same = chokepoint.compare(pair[0], pair[0])
    assert "is the same" in words.sentence(same, "auto_usa")


def test_the_command_prints_words_and_a_table(paths):
    done = command("compare", paths["a"], paths["b"])
    assert done.returncode == 0 and done.stderr == ""
    assert "8 pairs of members" in done.stdout and "variance saved" in done.stdout
    assert "Automotive, United States" in done.stdout


def test_json_and_csv_hold_the_same_numbers(paths):
    told = json.loads(command("compare", paths["a"], paths["b"], "--by", "sector", "--json").stdout)["comparisons"]
    rows = list(csv.DictReader(io.StringIO(command("compare", paths["a"], paths["b"], "--by", "sector", "--csv").stdout)))
    assert len(told) == 1 and len(rows) == len(told[0]["rows"]) > 5
    for ours, theirs in zip(told[0]["rows"], rows):
        assert (ours["sector"], ours["measure"], ours["unit"]) == (theirs["sector"], theirs["measure"], theirs["unit"])
        assert ours["mean"] == float(theirs["mean"])


# --- conditions ---------------------------------------------------------------------------------


def share(path, buyer="auto_usa"):
    """Median share of need unmet [%]."""
    with chokepoint.open(path) as result:
        return 100 * chokepoint.headline(result).loc[(buyer, "share", "1"), "median"]


def test_a_condition_on_the_level_is_on_b(paths):
    level = share(paths["b"])
    assert level - share(paths["a"]) > 1
    for bound, code in ((level - 0.1, 6), (level + 0.1, 0)):
        done = command("compare", paths["a"], paths["b"], "--fail-if", f"lost(auto_usa) > {bound:.4f} %")
        assert done.returncode == code, done.stderr
        assert ("HOLDS" in done.stderr) == (code == 6)


def test_a_condition_on_the_change_is_signed_and_paired(paths):
    with chokepoint.open(paths["a"]) as a, chokepoint.open(paths["b"]) as b:
        x, y = (Reader(one).values("share", groups(one, "sector")["automotive"]) for one in (a, b))
        change = 100 * np.median(y - x)
        assert condition.read(f"lost(automotive) > +{change - 0.1:.4f} pp").holds(a, b)[0]
        assert not condition.read(f"lost(automotive) > +{change + 0.1:.4f} pp").holds(a, b)[0]
        mean = condition.read("mean shortfall() > +0 t").holds(a, b)
        assert mean[0] and mean[1] == pytest.approx(chokepoint.compare(a, b, by="all").of("shortfall")["mean"].item())
        highest = condition.read("p95 output_lost(auto_usa) >= 1 vehicle").holds(a, b)
        assert highest[0] and highest[1] == np.quantile(b["output_lost"].read(buyer="auto_usa"), 0.95)
    wrong = command("compare", paths["a"], paths["seed"], "--unpaired", "--fail-if", "shortfall(auto_usa) > +1 pp")
    assert wrong.returncode == 6 and "not paired" in wrong.stderr


def test_a_first_short_day_is_set_against_a_date(paths):
    with chokepoint.open(paths["a"]) as a, chokepoint.open(paths["b"]) as b:
        days = Reader(b, b.days).values("first_short_day", groups(b, "buyer")["auto_usa"])
        date = b.start + np.timedelta64(int(np.median(days)), "D")
        assert condition.read(f"first_short_day(auto_usa) <= {date + np.timedelta64(1, 'D'):%Y-%m-%d}").holds(a, b)[0]
        assert not condition.read(f"first_short_day(auto_usa) < {date - np.timedelta64(1, 'D'):%Y-%m-%d}").holds(a, b)[0]


@pytest.mark.parametrize("text, said", [
    ("lost auto_usa > 5", 'is no condition; write for example "lost(auto_usa) > 5 %"'),
    ("lost > 5", 'write for example "lost() > 5 %"'),
    ("p95(lost(auto_usa)) > 5,5 %", 'write for example "p95 lost(auto_usa) > 5.5 %"'),
    ("unmet:auto_usa = 5 t", 'write for example "shortfall(auto_usa) >= 5 t"'),
    ("unmet(auto_usa) > 5 %", "did you mean shortfall?"),
    ("more than 5", 'write for example "lost(auto_usa) > 5 %"'),
    ("shortfal(auto_usa) > 5 %", 'did you mean "shortfall"'),
    ("shortfall(auto_usa) > +5 %", "write pp for %"),
    ("shortfall(auto_usa) > 5 pp", "write % for pp, or a sign"),
    ("shortfall(auto_usa) > 5 d", "shortfall is in t, or as a share of need in %"),
    ("lost(auto_usa) > 5", "lost is in t, or as a share of need in %"),
    ("given_up(auto_usa) > 5", "given_up is in t, or as a share of need in %"),
    ("output_stopped(auto_usa) > 5 %", "unit of the output"),
    ("shortfall(auto_usa) > 5", "shortfall is in t, or as a share of need in %"),
    ("shortfall(auto_usa) > +5", "shortfall is in t, or as a share of need in pp"),
    ("longest_short_run(auto_usa) > 5", "longest_short_run is in d"),
    ("output_lost(auto_usa) > 5 %", "unit of the output"),
    ("duty_paid() > 2025-06-01", "only first_short_day"),
    ("shortfall(auto_us) > 5 %", 'did you mean "auto_usa"'),
])  # fmt: skip
def test_wrong_conditions_are_usage_errors_with_a_remedy(paths, text, said):
    done = command("compare", paths["a"], paths["b"], "--fail-if", text)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""  # before any table


def test_the_condition_in_the_remedy_is_one():
    with pytest.raises(condition.BadCondition) as wrong:
        condition.read("lost auto_usa > 5")
    assert condition.read(str(wrong.value).split('"')[-2]).measure == "share"


def test_the_conditions_shown_to_users_are_conditions(source):
    from chokepoint.cli.compare import FOOTER

    shown = re.findall(r"^\| `([^`]+)` \|", (source / "analysis" / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    shown = [text for text in shown if "(" in text] + re.findall(r'--fail-if "([^"]+)"', FOOTER)
    assert len(shown) >= 8
    for text in shown:
        condition.read(text)


def test_exit_codes_of_what_cannot_be_read(paths, tmp_path):
    missing = command("compare", paths["a"], tmp_path / "none.h5")
    assert missing.returncode == 4 and "no such file" in missing.stderr
    assert command("compare", paths["a"]).returncode == 2
    assert command("compare").returncode == 2
    assert command("compare", paths["a"], paths["b"], "--by", "colour").returncode == 2


# --- output in money ----------------------------------------------------------------------------


def test_value_added_of_lost_output_is_a_measure(run, tmp_path):
    """Value of a unit times units lost, of the buyers that state a value; where none does there is no row."""
    value = ("--set", "buyers.auto_usa.value=20000 USD/vehicle")
    made = [results.make(run, tmp_path, results.CONTROL, "--members", 4, *value, *more, name=name) for name, more in (("a", ()), ("b", SLOW))]
    with chokepoint.open(made[0]) as a, chokepoint.open(made[1]) as b:
        rows = chokepoint.compare(a, b).of("output_lost_value")
        assert list(rows.index) == ["auto_usa"] and rows["unit"].item() == "USD"
        vehicles = chokepoint.compare(a, b).of("output_lost").loc["auto_usa"]
        assert rows["mean"].item() == pytest.approx(20000 * vehicles["mean"]) and rows["mean"].item() > 0
        assert chokepoint.compare(a, b, by="all").of("output_lost_value")["mean"].item() == rows["mean"].item()
        told = chokepoint.headline(b).xs("output_lost_value", level="measure")
        assert told.index.get_level_values("buyer").tolist() == ["auto_usa"]
        assert condition.read("output_lost_value(auto_usa) > 1000 USD").holds(a, b)[0]


def test_a_difference_in_words_has_no_sign_and_says_which_way():
    assert words.difference(-2.16, "t") == "2.16 t less" and words.difference(0.012, "1") == "1.20 pp more"
    assert words.difference(0, "t") == "no different" and words.difference(-2, "d", "first_short_day") == "2.00 d earlier"
    assert words.between(112, 136, "t") == "112 to 136 t more" and words.between(-11.1, -2.78, "t") == "2.78 to 11.1 t less"
    assert words.between(-4.97, 0.121, "t") == "4.97 t less to 0.121 t more" and words.between(-3, 0, "t") == "3.00 t less to no different"
    assert words.between(float("nan"), 1, "t") == "-" and words.between(2, 2, "t") == "2.00 t more"


def test_levels_that_round_alike_are_not_told_as_a_way_from_one_to_the_other(pair):
    a, b = pair
    comparison = chokepoint.compare(a, b)
    comparison.frame.loc[("auto_usa", "lost", "t"), ["mean_a", "mean_b", "mean", "least", "most"]] = (1230.9, 1228.7, -2.16, -4.97, 0.121)
    text = words.sentence(comparison, "auto_usa")
    assert f"is on average 2.16 t less in {comparison.b} (mean 1,230 t in both, as rounded; lowest to highest of 8 pairs 4.97 t less to 0.121 t more)" in text


def test_a_caution_of_the_scenario_stands_with_the_figure_it_is_about(run, tmp_path):
    caution = ("--set", "caveats={ cars: { figure: output_lost, text: Too many cars } }")
    a = results.make(run, tmp_path, results.CONTROL, "--members", 2, *caution, name="a")
    b = results.make(run, tmp_path, results.CONTROL, "--members", 2, *SLOW, *caution, name="b")
    about = command("compare", a, b, "--measure", "output_lost_days").stdout
    assert about.count("Note: a caution on lost output: Too many cars.") == 1
    assert "Too many cars" not in command("compare", a, b).stdout


def test_only_differences_with_a_clear_sign_are_told_as_such(pair):
    """A mean of 10 t less with five of eight members that lose more stood third, before differences all members share."""
    comparison = chokepoint.compare(*pair)
    before = words.summary(comparison)
    title = comparison.titles["auto_usa"]
    assert any(line.startswith(f"{title}: ") for line in before)
    comparison.frame.loc[("auto_usa", "lost", "t"), ["least", "most"]] = (-4.97, 0.121)
    told = words.summary(comparison)
    assert not any(line.startswith(f"{title}: ") for line in told)
    assert any(line.startswith("Of ") and "the sign is not clear" in line for line in told)

"""What `explain` says of keys, of variables, and of why a buyer was short."""

import datetime
import json
import re
import shutil

import h5py
import numpy as np
import pytest
from results import CALM, CONTROL, remedy


def test_explain_knows_keys_and_variables(run):
    key = run("explain", "licensing.control.deadline")
    assert key.returncode == 0 and "45 wd" in key.stdout
    variable = run("explain", "shortfall_total")
    assert variable.returncode == 0 and "[t]" in variable.stdout
    wrong = run("explain", "shortfall_totl")
    assert wrong.returncode == 2
    assert run("explain", re.search(r"did you mean (\w+)", wrong.stderr).group(1)).returncode == 0


def test_what_explain_prints_can_be_typed(run, source):
    for typed in ("licensing.deadline_mode", "licensing.*.deadline_mode", "licensing.mofcom_18.deadline_mode"):
        lines = run("explain", typed).stdout.splitlines()
        assert lines[0] == "licensing.mofcom_18.deadline_mode" and "force" in lines[1]
        shown = run("show", source / "scenarios/geneva_truce.yaml", "--set", f"{lines[0]}=hard")
        assert shown.returncode == 0 and "deadline_mode: hard" in shown.stdout
    wrong = run("explain", "licensing.mofcom_18.deadline_mde")
    suggested = re.search(r"did you mean ([\w.]+)", wrong.stderr).group(1)
    assert run("explain", suggested).stdout.startswith("licensing.mofcom_18.deadline_mode\n")


@pytest.fixture(scope="module")
def no_licences_granted(run, tmp_path_factory):
    """A control that grants nothing and refuses defense."""
    path = tmp_path_factory.mktemp("explain") / "none.h5"
    none = run("run", CONTROL, "--members", 3, "-o", path,
               "--set", "licensing.control.throughput.levels.start.level=0 %")
    assert none.returncode == 0, none.stderr
    return path


def sentence(run, path, *arguments):
    """The sentence that names the causes, on one line."""
    answer = run("explain", "--result", path, *arguments)
    assert answer.returncode == 0, answer.stderr
    return re.search(r"Largest cause: .*?\.(?= (The measure:|Behind it,|days of first week where it stands))", " ".join(answer.stdout.split())).group(0)


def test_explain_names_the_licence_when_none_is_granted(run, no_licences_granted):
    words = sentence(run, no_licences_granted, "--buyer", "auto_usa", "--date", "2025-03-25")
    # From 3 February on every file is still there: on 25 March, a day that ends a week, the oldest is 50 days old. Later more
    # waits with sellers, since no more may be held for a client than so many days of its flow.
    assert re.match(r"Largest cause: [\d.]+ t \([\d.]+ d of need\) wait for a licence under control, in \d+ applications, "
                    r"the oldest (\d+) days old", words), words
    assert int(re.search(r"oldest (\d+) days", words).group(1)) <= 50
    text = run("explain", "--result", no_licences_granted, "--buyer", "auto_usa", "--date", "2025-03-27").stdout
    assert "posture control.USA: slow becomes routine (3 of 3 members)" in text
    assert "medians of parts need not" in text and "2025-04-01" in text  # the week of 27 March ends on 1 April


def test_explain_names_the_refusal_of_defense(run, no_licences_granted):
    words = sentence(run, no_licences_granted, "--buyer", "defense_usa", "--date", "2025-05-20")
    assert re.match(r"Largest cause: [\d.]+ t \([\d.]+ d of need\) were refused in the last four weeks under control "
                    r"\(control refuses defense in principle\)", words), words


def test_explain_names_goods_in_transit(run, tmp_path):
    # Nothing leaves for two weeks, and what is freed on 17 February sails for 30 days. Lines that hold three days of
    # need in stock live on what still sails until 5 March and on the distributors' 30 days for the share they sell.
    path = tmp_path / "late.h5"
    late = run("run", CONTROL, "--members", 3, "-o", path, "--set", "licensing.control.until=2025-02-17",
               "--set", "licensing.control.throughput.levels.start.level=0 %", "--set", "buyers.auto_usa.cover=3 d")
    assert late.returncode == 0, late.stderr
    words = sentence(run, path, "--buyer", "auto_usa", "--date", "2025-03-18")
    assert re.match(r"Largest cause: [\d.]+ t \([\d.]+ d of need\) are in transit", words), words


def test_explain_takes_the_first_short_day_when_no_date_is_given(run, no_licences_granted):
    answer = json.loads(run("explain", "--result", no_licences_granted, "--buyer", "auto_usa", "--json").stdout)
    again = run("explain", "--result", no_licences_granted, "--buyer", "auto_usa", "--date", answer["date"], "--json")
    assert json.loads(again.stdout) == answer
    with h5py.File(no_licences_granted) as file:
        buyer = list(file["buyer"].asstr()).index("auto_usa")
        days = file["first_short_day"][:, buyer].astype(float)  # [member, product]
    days[days < 0] = np.inf
    first = datetime.date(2025, 1, 1) + datetime.timedelta(days=int(np.median(days.min(axis=1))))
    assert answer["date"] == answer["first_short_day"] == first.isoformat()  # the rule of the table of `run`
    assert [m["id"] for m in answer["materials"]] == ["magnet"]  # the group needs no oxide
    assert answer["materials"][0]["causes"][0]["cause"] == "in_review"


@pytest.fixture(scope="module")
def upstream(run, tmp_path_factory):
    """Magnets are made in Germany from oxide of China, which lets none out from 3 February on."""
    path = tmp_path_factory.mktemp("explain") / "upstream.h5"
    done = run("run", CONTROL, "--members", 3, "-o", path, "--set", "producers.makers.region=DEU",
               "--set", "licensing.control.throughput.levels.start.level=0 %", "--set", "time.horizon=240 d",
               "--set", "licensing.control.title=Slow licences for oxide")  # fmt: skip
    assert done.returncode == 0, done.stderr
    return path


def test_explain_follows_a_shortage_to_the_measure_two_tiers_up(run, upstream):
    answer = json.loads(run("explain", "--result", upstream, "--block", "auto_usa", "--json").stdout)
    (magnet,) = answer["materials"]
    assert magnet["causes"][0]["cause"] == "at_seller" and magnet["measures"] == []  # no measure guards German magnets
    blocks = [tier["block"] for tier in magnet["behind"]]
    assert "makers" in blocks
    makers = magnet["behind"][blocks.index("makers")]
    assert makers["lacks"] == "oxide" and [one["id"] for one in makers["measures"]] == ["control"]
    assert "wait for a licence under control" in makers["sentence"]
    assert makers["measures"][0]["sentence"].startswith("Slow licences for oxide (control) of CHN, in force since 2025-02-03")
    text = " ".join(run("explain", "--result", upstream, "--block", "auto_usa").stdout.split())
    assert "Behind it, seller by seller: - " in text
    assert "It begins with the measure Slow licences for oxide (control) of CHN, in force since 2025-02-03" in text


def test_explain_tells_the_figures_of_makers(run, upstream):
    first = json.loads(run("explain", "--result", upstream, "--block", "makers", "--json").stdout)
    with h5py.File(upstream) as file:
        seller = list(file["seller"].asstr()).index("makers")
        oxide = list(file["product"].asstr()).index("oxide")
        source = list(file["source"].asstr()).index("refiners>makers")
        low, _, median, _, high = (file["seller_output_short_q"][i, :, seller] for i in range(5))
        weeks = file["seller_lacked_q"][2, :, seller, oxide] > 0.01 * file["seller_need_q"][2, :, seller, oxide]
        short = weeks | (median > 0.01 * (median + file["seller_output_q"][2, :, seller]))
        week = int(short.argmax())
        assert first["date"] == (datetime.date(2025, 1, 1) + datetime.timedelta(days=7 * week)).isoformat()
        week = 25
        date = (datetime.date(2025, 1, 1) + datetime.timedelta(days=7 * week + 3)).isoformat()
        answer = json.loads(run("explain", "--result", upstream, "--block", "makers", "--date", date, "--json").stdout)
        assert answer["role"] == "producer" and answer["sells"] == "magnet"
        assert answer["output_short_in_week_t"] == {"median": median[week], "low": low[week], "high": high[week]}
        assert answer["finished_t"]["median"] == file["seller_finished_q"][2, week, seller]
        assert answer["owed_t"]["median"] == file["seller_owed_q"][2, week, seller] > 0
        (material,) = answer["materials"]
        for key, name in (("need", "need"), ("unmet", "shortfall"), ("lacked_in_week", "lacked")):
            assert material[f"{key}_t_per_d"]["median"] == pytest.approx(file[f"seller_{name}_q"][2, week, seller, oxide] / 7)
        assert material["stock_t"]["median"] == file["seller_stock_q"][2, week, seller, oxide]
        (books,) = material["sources"]
        for part in ("owed", "not_filed", "paused", "in_review", "licensed", "at_customs"):
            assert books[f"{part}_t"] == file[f"source_{part}"][week, source]
        assert books["open_files"] == file["source_open_files"][week, source] > 0
        assert books["oldest_file_d"] == file["source_oldest_file"][week, source]
        assert material["in_review_t"] == {"median": books["in_review_t"], "low": None, "high": None}
        # Sentences say what the file holds, to three digits.
        tier = json.loads(run("explain", "--result", upstream, "--block", "wind_deu", "--date", date, "--json").stdout)
        sentence = next(t["sentence"] for t in tier["materials"][0]["behind"] if t["block"] == "makers")
        made, owes = re.search(r"made ([\d.,]+) t in the week to \S+, less than its clients asked for; .* owes its clients ([\d.,]+) t", sentence).groups()
        assert float(made.replace(",", "")) == pytest.approx(file["seller_output_q"][2, week, seller], rel=6e-3)
        assert float(owes.replace(",", "")) == pytest.approx(file["seller_owed_q"][2, week, seller], rel=6e-3)
        lacked, share = re.search(r"lacked ([\d.,]+) t/d of Oxide \(oxide\), ([\d.]+) %", sentence).groups()
        assert float(lacked) == pytest.approx(file["seller_lacked_q"][2, week, seller, oxide] / 7, rel=6e-3)
        assert float(share) == pytest.approx(100 * file["seller_lacked_q"][2, week, seller, oxide] / file["seller_need_q"][2, week, seller, oxide], rel=6e-3)
        since = datetime.date.fromisoformat(re.search(r"since the week of (\S+):", sentence).group(1))
        lacking = file["seller_lacked_q"][2, :, seller, oxide] > 0.01 * file["seller_need_q"][2, :, seller, oxide]
        start = (since - datetime.date(2025, 1, 1)).days // 7
        assert lacking[start : week + 1].all() and not lacking[start - 1]
    text = run("explain", "--result", upstream, "--block", "makers", "--date", date).stdout
    assert "A producer of magnet in DEU." in text and "added up over sellers" in " ".join(text.split())


def test_explain_takes_a_word_for_the_things_of_its_name(run):
    for word, key in (("stockpile", "stockpiles.my_stockpile"), ("tariff", "tariffs.usa_on_chn"), ("buyer", "buyers.auto_usa"),
                      ("family", "families.magnets"), ("stockpiles", "stockpiles")):  # fmt: skip
        answer = run("explain", word)
        assert answer.returncode == 0 and answer.stdout.splitlines()[0] == key, answer
    assert "keys:" in run("explain", "stockpile").stdout and "rules.snap_back.when.tariff" in run("explain", "tariff").stdout


def test_validate_does_not_let_files_wait_for_throughput_without_limit(run, tmp_path):
    shutil.copy(CALM, tmp_path)
    limited = "throughput: { mode: tonnage, levels: { start: { date: 2025-02-03, level: 10 % } } }"
    assert limited in CONTROL.read_text()
    free = tmp_path / "free.yaml"
    free.write_text(CONTROL.read_text().replace(limited, "throughput: { mode: unlimited }"))
    for clock in ("stop_clock", "none"):
        mode = ("--set", f"licensing.control.deadline_mode={clock}")
        plan = run("validate", free, *mode)
        assert plan.returncode == 0, plan.stderr
        words = " ".join(plan.stdout.split())
        assert "throughput is unlimited, so applications wait for no budget" in words and "wait for throughput" not in words
        review = " ".join(run("validate", free, *mode, "--set", "licensing.control.minimum_review=5 wd").stdout.split())
        assert "throughput is unlimited, so applications wait for the minimum review of 5 working days alone" in review
        assert "applications wait for throughput" in " ".join(run("validate", CONTROL, *mode).stdout.split())


def test_explain_gives_the_figures_of_the_file(run, source, tmp_path):
    path = tmp_path / "routes.h5"
    assert run("run", source / "tests/scenarios/good/routes.yaml", "--members", 3, "-o", path).returncode == 0
    day = 260  # in week 37, which holds days 259 to 265
    answer = json.loads(run("explain", "--result", path, "--buyer", "defense_usa", "--date", "2025-09-18",
                            "--json").stdout)
    assert answer["week_end"] == "2025-09-23"
    with h5py.File(path) as file:
        buyer = list(file["buyer"].asstr()).index("defense_usa")
        products = list(file["product"].asstr())
        assert answer["materials"]
        for material in answer["materials"]:
            p = products.index(material["id"])
            for key, name, step in [("need_t_per_d", "need_q", day), ("unmet_t_per_d", "shortfall_q", day),
                                    ("stock_t", "stock_q", day), ("at_seller_t", "at_seller_q", 37),
                                    ("in_review_t", "in_review_q", 37), ("in_transit_t", "in_transit_q", 37),
                                    ("in_transit_first_week_t", "in_transit_q", 0),
                                    ("open_files", "open_files_q", 37), ("oldest_file_d", "oldest_file_q", 37)]:
                low, _, median, _, high = file[name][:, step, buyer, p]
                assert material[key] == {"median": median, "low": low, "high": high}, key
            refused = float(file["refused_q"][2, 34:38, buyer, p].sum(dtype=float))
            assert material["refused_four_weeks_t"] == pytest.approx(refused)
            for what in ("arrived", "seized"):
                total = float(file[f"route_{what}_q"][2, day - 27 : day + 1, :, p].sum(dtype=float))
                assert material[f"route_{what}_all_users_28_d_t"] == pytest.approx(total)
        names = {material["id"]: material for material in answer["materials"]}
        assert names["magnet_hre"]["refused_four_weeks_t"] > 0
        assert names["magnet_hre"]["route_arrived_all_users_28_d_t"] > 0
    text = run("explain", "--result", path, "--buyer", "defense_usa", "--date", "2025-09-18").stdout
    assert "arrived by covert routes" in text and "seized on covert routes" in text


def test_explain_of_a_calm_run_says_that_nobody_is_short(run, tmp_path):
    path = tmp_path / "calm.h5"
    assert run("run", CALM, "--members", 2, "-o", path).returncode == 0
    calm = run("explain", "--result", path, "--buyer", "auto_usa")
    assert calm.returncode == 0 and "never short: neither in the median" in calm.stdout
    assert json.loads(run("explain", "--result", path, "--buyer", "auto_usa", "--json").stdout)["date"] is None
    day = run("explain", "--result", path, "--block", "auto_usa", "--date", "2025-02-01")
    assert day.stdout == "Automotive, United States (auto_usa) on 2025-02-01: not short of anything. In the median it never\nis.\n"
    maker = run("explain", "--result", path, "--block", "makers")
    assert maker.returncode == 0 and "never short: neither in the median" in maker.stdout


def test_a_material_the_block_does_not_use_is_refused(run, upstream):
    """It was told that the block is never short."""
    answer = run("explain", "--result", upstream, "--block", "makers", "--product", "magnet")
    assert answer.returncode == 2 and "makers does not use magnet; it uses oxide" in answer.stderr


def test_explain_of_a_result_says_what_is_wrong_with_the_question(run, no_licences_granted, tmp_path):
    def wrong(*arguments, code=2):
        answer = run("explain", *arguments)
        assert answer.returncode == code and answer.stdout == "", answer
        return answer.stderr

    path = ("--result", no_licences_granted)
    assert remedy(wrong(*path, "--buyer", "auto_us")) == "auto_usa"
    assert remedy(wrong(*path, "--buyer", "auto_usa", "--product", "magnets")) == "magnet"
    assert "2025-01-01 to 2025-05-30" in wrong(*path, "--buyer", "auto_usa", "--date", "2025-05-31")
    assert "write it as" in wrong(*path, "--buyer", "auto_usa", "--date", "3 June")
    assert "auto_usa" in wrong(*path) and "makers" in wrong(*path)
    assert remedy(wrong(*path, "--block", "maker")) == "makers"
    assert "not both" in wrong("deadline", *path)
    assert "--result" in wrong("--buyer", "auto_usa")
    assert "--result" in wrong()
    old = tmp_path / "old.h5"
    shutil.copy(no_licences_granted, old)
    with h5py.File(old, "a") as file:
        del file["at_seller_q"]
    assert "run its scenario again" in wrong("--result", old, "--buyer", "auto_usa", code=4)
    assert "no such file" in wrong("--result", tmp_path / "none.h5", "--buyer", "auto_usa", code=4)
    newer = tmp_path / "newer.h5"
    shutil.copy(no_licences_granted, newer)
    with h5py.File(newer, "a") as file:
        file.attrs["schema_version"] = "2.0"
    assert "use a newer chokepoint" in wrong("--result", newer, "--buyer", "auto_usa", code=4)

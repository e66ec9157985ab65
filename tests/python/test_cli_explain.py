"""What `explain` says of keys, of variables, and of why a buyer was short."""

import datetime
import json
import re
import shutil

import h5py
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
    return re.search(r"Largest cause: .*?\.(?= days of first week where it stands)", " ".join(answer.stdout.split())).group(0)


def test_explain_names_the_licence_when_none_is_granted(run, no_licences_granted):
    words = sentence(run, no_licences_granted, "--buyer", "auto_usa", "--date", "2025-04-15")
    # From 3 February on every file is still there: on 15 April, a day that ends a week, the oldest is 71 days old.
    assert re.match(r"Largest cause: [\d.]+ t \([\d.]+ d of need\) wait for a licence, in \d+ files, "
                    r"the oldest (\d+) days old", words), words
    assert int(re.search(r"oldest (\d+) days", words).group(1)) <= 71
    text = run("explain", "--result", no_licences_granted, "--buyer", "auto_usa", "--date", "2025-03-20").stdout
    assert "posture control.USA: slow becomes routine (3 of 3 members)" in text
    assert "medians of parts need not" in text and "2025-03-25" in text  # the week of 20 March ends on the 25th


def test_explain_names_the_refusal_of_defense(run, no_licences_granted):
    words = sentence(run, no_licences_granted, "--buyer", "defense_usa", "--date", "2025-05-20")
    assert re.match(r"Largest cause: [\d.]+ t \([\d.]+ d of need\) were refused in the last four weeks", words), words


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
        short = (file["shortfall_q"][2, :, buyer] > 0.01 * file["need_q"][2, :, buyer]).any(axis=-1)  # the median
    first = datetime.date(2025, 1, 1) + datetime.timedelta(days=int(short.argmax()))
    assert answer["date"] == first.isoformat()
    assert [m["id"] for m in answer["materials"]] == ["magnet"]  # the group needs no oxide
    assert answer["materials"][0]["causes"][0]["cause"] == "in_review"


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
    day = run("explain", "--result", path, "--buyer", "auto_usa", "--date", "2025-02-01")
    assert day.returncode == 0 and "not short" in day.stdout and "No policy event toward USA" in day.stdout


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
    assert "auto_usa" in wrong(*path)
    assert "not both" in wrong("deadline", *path)
    assert "--result" in wrong("--buyer", "auto_usa")
    assert "--result" in wrong()
    old = tmp_path / "old.h5"
    shutil.copy(no_licences_granted, old)
    with h5py.File(old, "a") as file:
        del file["at_seller_q"]
    assert "run its scenario again" in wrong("--result", old, "--buyer", "auto_usa", code=4)
    assert "cannot open" in wrong("--result", tmp_path / "none.h5", "--buyer", "auto_usa", code=4)
    newer = tmp_path / "newer.h5"
    shutil.copy(no_licences_granted, newer)
    with h5py.File(newer, "a") as file:
        file.attrs["schema_version"] = "2.0"
    assert "use a newer chokepoint" in wrong("--result", newer, "--buyer", "auto_usa", code=4)

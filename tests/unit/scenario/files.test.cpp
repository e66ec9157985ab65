// Reading files: what cannot be read, what may not be left.

#include "support.hpp"
#include "support/catch.hpp"

namespace fs = std::filesystem;
using namespace chokepoint;

TEST_CASE("a scenario that cannot be read is an environment error")
{
    const test::TemporaryFolder folder;
    CHECK_THROWS_AS(scenario::ScenarioFile::load(folder.path() / "none.yaml", {}, folder.path()), core::EnvironmentError);
    CHECK_THROWS_AS(scenario::ScenarioFile::load(folder.path(), {}, folder.path()), core::EnvironmentError);
}

TEST_CASE("an empty file is told so")
{
    const auto errors = test::errors_of_text("");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].problem == "the file is empty");
}

TEST_CASE("a path may not leave its folders through a symbolic link")
{
    const test::TemporaryFolder outside;
    const test::TemporaryFolder inside;
    const fs::path secret = outside.write("secret.csv", test::read_text(test::good_folder() / "transit.csv"));
    fs::create_symlink(secret, inside.path() / "lanes.csv");
    const fs::path path = inside.write("s.yaml", "chokepoint: 1\nextends: minimal.yaml\nname: s\ntransit: { lanes: lanes.csv }\n");
    const auto errors = test::errors_of(path);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].problem == "\"lanes.csv\" leaves the folder of this file and the data folder");
    // A link that stays inside is a file like any other.
    fs::remove(inside.path() / "lanes.csv");
    inside.write("real.csv", test::read_text(secret));
    fs::create_symlink("real.csv", inside.path() / "lanes.csv");
    CHECK(test::errors_of(path).empty());
}

TEST_CASE("a scenario reached through a link finds what stands beside the real file")
{
    const test::TemporaryFolder real, links;
    real.write("parent.yaml", test::read_text(test::good_folder() / "minimal.yaml"));
    real.write("lanes.csv", "origin,destination,days,source\nCHN,USA,11,assumption\n");
    const fs::path file = real.write("s.yaml", "chokepoint: 1\nextends: parent.yaml\nname: s\ntransit: { lanes: lanes.csv }\n");
    fs::create_symlink(file, links.path() / "s.yaml");
    CHECK(test::errors_of(links.path() / "s.yaml").empty());
    CHECK(test::errors_of(links.path() / "s.yaml", {"transit.lanes=lanes.csv"}).empty());
    // What stands beside the link goes first.
    links.write("lanes.csv", "origin,destination,days,source\nCHN,USA,12,assumption\n");
    CHECK(scenario::ScenarioFile::load(links.path() / "s.yaml", {}, test::good_folder()).central().lanes[1].days == 12);
}

TEST_CASE("where a parent is missing only scenarios are named")
{
    const test::TemporaryFolder folder;
    folder.write("lanes.csv", "");
    folder.write("base.yaml", "");
    const fs::path data = folder.path() / "data";
    fs::create_directory(data);
    const fs::path path = folder.write("s.yaml", "chokepoint: 1\nextends: quite_another\nname: s\n");
    try {
        static_cast<void>(scenario::ScenarioFile::load(path, {}, data));
        FAIL("it has no parent");
    } catch (const core::InputError& error) {
        CHECK(error.diagnostics().at(0).remedy == "files here: base.yaml, s.yaml");
    }
}

TEST_CASE("a file beside the scenario goes before one of the data folder")
{
    const test::TemporaryFolder folder;
    folder.write("transit.csv", "origin,destination,days,source\nCHN,USA,11,assumption\n");
    const fs::path path = folder.write("s.yaml", "chokepoint: 1\nextends: minimal.yaml\nname: s\ntransit: { lanes: transit.csv }\n");
    const auto s = scenario::ScenarioFile::load(path, {}, test::good_folder()).central();
    CHECK(s.lanes[1].destination == "USA");
    CHECK(s.lanes[1].days == 11);
}

TEST_CASE("parents are applied from left to right")
{
    const test::TemporaryFolder folder;
    folder.write("a.yaml", "chokepoint: 1\nextends: minimal.yaml\nname: a\ntitle: A\nseed: 2\n");
    folder.write("b.yaml", "chokepoint: 1\nname: b\ntitle: B\n");
    const fs::path path = folder.write("s.yaml", "chokepoint: 1\nextends: [a.yaml, b.yaml]\nname: s\n");
    const auto s = scenario::ScenarioFile::load(path, {}, test::good_folder()).central();
    CHECK(s.title == "B");
    CHECK(s.seed == 2);
    CHECK(s.name == "s");
}

TEST_CASE("line ends of other systems and a byte order mark are read")
{
    std::string text = test::read_text(test::good_folder() / "minimal.yaml");
    std::string dos = "\xef\xbb\xbf";
    for (const char c : text) dos += c == '\n' ? "\r\n" : std::string(1, c);
    CHECK(test::errors_of_text(dos).empty());
}

TEST_CASE("a distribution of another kind replaces, one of the same kind merges")
{
    const test::TemporaryFolder folder;
    const std::string head = "chokepoint: 1\nextends: distributions.yaml\nname: s\n";
    const fs::path other = folder.write("other.yaml", head + "licensing: { mofcom_18: { customs_hold: { uniform: [30 d, 50 d] } } }\n");
    CHECK(test::errors_of(other).empty());
    const fs::path same = folder.write("same.yaml", head + "buyers: { auto_usa: { cover: { lognormal: { log_sd: 0.5 } } } }\nensemble: { vary: null }\n");
    const auto s = scenario::ScenarioFile::load(same, {}, test::good_folder()).central();
    CHECK(s.buyers[0].cover.a == 28);
    CHECK(s.buyers[0].cover.b == 0.5);
}

// scenarios/defaults.yaml says nothing but what the table of keys says, and stands under every shipped scenario.

#include "scenario/check.hpp"
#include "scenario/inherit.hpp"

#include "chokepoint/scenario/reference.hpp"
#include "support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <regex>

using namespace chokepoint;
namespace fs = std::filesystem;

namespace {
const fs::path kSource = CHOKEPOINT_SOURCE_DIR;

// A scenario over tests/scenarios/good/minimal.yaml and a file of defaults, in a folder of its own.
struct OverDefaults {
    explicit OverDefaults(const std::string& keys = {}, const std::string& defaults = scenario::defaults_fragment())
    {
        folder.write("defaults.yaml", defaults);
        path = folder.write("s.yaml", "chokepoint: 1\nextends: [defaults.yaml, minimal.yaml]\nname: s\n" + keys);
    }
    test::TemporaryFolder folder;
    fs::path path;
};

// The merged and checked tree; `files` keeps the texts its marks point to.
scenario::Node tree(const fs::path& path, scenario::Files& files)
{
    scenario::Report report;
    scenario::Node root = scenario::read_with_parents(files.read_main(path), files, report).root;
    scenario::Checker(root, {}, report).check();
    report.throw_if_errors();
    return root;
}

// Keys with a value in the file of defaults: no blocks, and nothing inside what is off when absent.
std::vector<std::string> default_keys()
{
    std::vector<std::string> out;
    for (const scenario::Field& field : scenario::field_table()) {
        const bool section = field.path.starts_with("behaviour.") || field.path.starts_with("transit.");
        bool off = false;
        for (std::size_t dot = field.path.rfind('.'); dot != std::string::npos; dot = field.path.rfind('.', dot - 1))
            off = off || scenario::field_at(field.path.substr(0, dot))->field.presence == scenario::Presence::kOptional;
        if (section && !off && field.kind != scenario::FieldKind::kBlock && field.presence == scenario::Presence::kDefault) out.push_back(field.path);
    }
    return out;
}
}  // namespace

TEST_CASE("a scenario that extends nothing gets the values of the file of defaults")
{
    const OverDefaults over;
    scenario::Files with_files(test::good_folder()), without_files(test::good_folder());
    const scenario::Node with = tree(over.path, with_files), without = tree(test::good_folder() / "minimal.yaml", without_files);
    const auto keys = default_keys();
    CHECK(keys.size() > 40);
    for (const std::string& key : keys) {
        INFO(key);
        const scenario::Node* stated = scenario::find_path(with, key);
        const scenario::Node* filled = scenario::find_path(without, key);
        REQUIRE((stated != nullptr && filled != nullptr));
        CHECK_FALSE(stated->from_table);
        CHECK(filled->from_table);
        CHECK(stated->text == filled->text);
        CHECK(stated->value == filled->value);
    }
}

TEST_CASE("what nobody overrides points to its line of the file of defaults, under every shipped scenario")
{
    for (const auto& entry : fs::directory_iterator(kSource / "scenarios")) {
        if (entry.path().extension() != ".yaml" || entry.path().stem() == "defaults") continue;
        INFO(entry.path().string());
        const auto file = scenario::ScenarioFile::load(entry.path(), {}, kSource / "data");
        const core::Location where = file.origin("behaviour.price.clip");
        CHECK(where.file.ends_with("defaults.yaml"));
        scenario::SourceText text;
        text.text = test::read_text(kSource / "scenarios/defaults.yaml");
        CHECK(text.line(where.line).starts_with("    clip: "));
    }
}

TEST_CASE("a variant overrides, varies and sets the keys of the file of defaults")
{
    const OverDefaults over("behaviour: { review: 3 d }\nensemble: { vary: { behaviour.sourcing.sigma: { uniform: [2, 3] } } }\n");
    const auto file = scenario::ScenarioFile::load(over.path, {"behaviour.lead.up=2 %/d"}, test::good_folder());
    const auto s = file.scenario(4);
    CHECK(s.behaviour.review_days == 3);
    CHECK(file.origin("behaviour.review").file.ends_with("s.yaml"));
    CHECK(s.behaviour.lead_up == Approx(0.02));
    CHECK(file.origin("behaviour.lead.up").file == "--set 1");
    CHECK((s.behaviour.sigma >= 2 && s.behaviour.sigma <= 3));
    REQUIRE(file.varied().size() == 1);
    CHECK(file.varied()[0].path == "behaviour.sourcing.sigma");
    CHECK(s.behaviour.order_cap == 2);  // the rest as it was
    CHECK(file.origin("behaviour.ordering.order_cap").file.ends_with("defaults.yaml"));
}

TEST_CASE("what is off in the file of defaults loads once its # is taken off")
{
    const std::string examples = std::regex_replace(scenario::defaults_fragment(), std::regex("\n( *)#(  |[^ #\n])"), "\n$1$2");
    CHECK(examples.find(": ?") == std::string::npos);  // every key without a default has an example in defaults.cpp
    const OverDefaults over("regions: { CHN: { calendar: calendars/chn.csv } }\n", examples);
    const auto file = scenario::ScenarioFile::load(over.path, {}, test::good_folder());
    const auto s = file.central();
    CHECK(s.behaviour.season.region == "CHN");
    CHECK(std::any_of(s.lanes.begin(), s.lanes.end(), [](const auto& lane) { return lane.air_days == 5; }));
}

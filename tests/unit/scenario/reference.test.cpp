// The schema and the key reference are generated; the committed files must not drift.
// CHOKEPOINT_UPDATE=1 in the environment writes them anew.

#include "chokepoint/scenario/reference.hpp"
#include "support.hpp"
#include "support/catch.hpp"

#include <cstdlib>
#include <fstream>

using namespace chokepoint;

namespace {
const std::filesystem::path kScenarios = std::filesystem::path(CHOKEPOINT_SOURCE_DIR) / "scenarios";
const std::string kBegin = "<!-- generated: key reference -->\n";
const std::string kTradeBegin = "<!-- generated: trade key reference -->\n";
const std::string kEnd = "<!-- end of generated part -->\n";

bool update() { return std::getenv("CHOKEPOINT_UPDATE") != nullptr; }
}  // namespace

TEST_CASE("the committed schemas are the generated ones")
{
    for (const auto& [name, schema] : {std::pair{"chokepoint-scenario-1.schema.json", scenario::json_schema()},
                                       std::pair{"pe/chokepoint-trade-1.schema.json", scenario::trade_json_schema()}}) {
        const auto path = kScenarios / name;
        if (update()) std::ofstream(path) << schema;
        CHECK(test::read_text(path) == schema);
    }
}

TEST_CASE("the committed file of defaults is the generated one")
{
    const auto path = kScenarios / "defaults.yaml";
    if (update()) std::ofstream(path) << scenario::defaults_fragment();
    CHECK(test::read_text(path) == scenario::defaults_fragment());
}

TEST_CASE("the key references of the scenarios page are the generated ones")
{
    const auto path = kScenarios / "README.md";
    for (const auto& [start, reference] : {std::pair{kBegin, scenario::key_reference()}, std::pair{kTradeBegin, scenario::trade_key_reference()}}) {
        std::string text = test::read_text(path);
        REQUIRE(text.find(start) != std::string::npos);
        const std::size_t begin = text.find(start) + start.size();
        REQUIRE(text.find(kEnd, begin) != std::string::npos);
        if (update()) {
            text.replace(begin, text.find(kEnd, begin) - begin, reference);
            std::ofstream(path) << text;
        }
        CHECK(text.substr(begin, text.find(kEnd, begin) - begin) == reference);
    }
}

TEST_CASE("explain finds a key by its path, with ids, without them, or by its end")
{
    const auto pattern = scenario::explain("licensing.*.deadline");
    REQUIRE(pattern);
    CHECK(pattern->find("default: 45 wd") != std::string::npos);
    CHECK(pattern->starts_with("licensing.mofcom_18.deadline\n"));
    CHECK(pattern->ends_with("  (mofcom_18 stands for an id of your scenario)\n"));
    CHECK(scenario::explain("licensing.deadline") == pattern);
    CHECK(scenario::explain("deadline") == pattern);
    const auto given = scenario::explain("licensing.control.deadline");
    REQUIRE(given);
    CHECK(given->starts_with("licensing.control.deadline\n"));
    CHECK(given->find("stands for") == std::string::npos);
    CHECK(scenario::explain("control.deadline") == given);
    CHECK(scenario::explain("sourcing.sigma")->find("Range: 1 to 5") != std::string::npos);
    CHECK_FALSE(scenario::explain("dead_line"));
    CHECK(scenario::similar_keys("dead_line").front() == "licensing.mofcom_18.deadline");
    CHECK(scenario::similar_keys("qqqqqqqqqqq").empty());
    CHECK(scenario::keys().size() > 150);
}

TEST_CASE("a thing is explained by its id, and its keys are named")
{
    const auto control = scenario::keys_like("licensing.control");
    REQUIRE(control.size() == 1);
    CHECK(control[0].pattern == "licensing.*");
    CHECK(control[0].key == "licensing.control");
    CHECK(control[0].keys.size() > 10);
    CHECK(scenario::keys_like("licensing").at(0).pattern == "licensing");
    CHECK(scenario::keys_like("licensing.toward.USA").at(0).pattern == "licensing.*.toward.*");
}

// Whatever explain prints can be typed back: it has no stars and means the same key, with or without its ids.
TEST_CASE("every key is shown in a form that finds it again")
{
    for (const std::string& pattern : scenario::keys()) {
        INFO(pattern);
        const std::string typed = scenario::typed_key(pattern);
        CHECK(typed.find('*') == std::string::npos);
        const auto again = scenario::keys_like(typed);
        REQUIRE(again.size() == 1);
        CHECK(again[0].pattern == pattern);
        CHECK(again[0].key == typed);
        std::string without;
        for (std::size_t at = 0; at < pattern.size(); ++at)
            if (pattern.compare(at, 2, ".*") == 0) ++at; else without += pattern[at];
        if (!pattern.ends_with(".*")) CHECK(scenario::keys_like(without).at(0).pattern == pattern);
    }
}

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
const std::string kEnd = "<!-- end of generated part -->\n";

bool update() { return std::getenv("CHOKEPOINT_UPDATE") != nullptr; }
}  // namespace

TEST_CASE("the committed schema is the generated one")
{
    const auto path = kScenarios / "chokepoint-scenario-1.schema.json";
    if (update()) std::ofstream(path) << scenario::json_schema();
    CHECK(test::read_text(path) == scenario::json_schema());
}

TEST_CASE("the key reference of the scenarios page is the generated one")
{
    const auto path = kScenarios / "README.md";
    std::string text = test::read_text(path);
    const std::size_t begin = text.find(kBegin);
    const std::size_t end = text.find(kEnd);
    REQUIRE(begin != std::string::npos);
    REQUIRE(end != std::string::npos);
    if (update()) {
        text.replace(begin + kBegin.size(), end - begin - kBegin.size(), scenario::key_reference());
        std::ofstream(path) << text;
    }
    CHECK(text.substr(begin + kBegin.size(), text.find(kEnd) - begin - kBegin.size()) == scenario::key_reference());
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

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

TEST_CASE("explain finds a key by its path, with ids, or by its end")
{
    const auto pattern = scenario::explain("licensing.*.deadline");
    REQUIRE(pattern);
    CHECK(pattern->find("default: 45 wd") != std::string::npos);
    CHECK(scenario::explain("licensing.mofcom_18.deadline") == pattern);
    CHECK(scenario::explain("deadline") == pattern);
    CHECK(scenario::explain("sourcing.sigma")->find("Range: 1 to 5") != std::string::npos);
    CHECK_FALSE(scenario::explain("dead_line"));
    CHECK(scenario::similar_keys("dead_line").front() == "licensing.*.deadline");
    CHECK(scenario::similar_keys("qqqqqqqqqqq").empty());
    CHECK(scenario::keys().size() > 150);
}

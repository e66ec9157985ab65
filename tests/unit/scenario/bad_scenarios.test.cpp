// Every file of tests/scenarios/bad gives the messages it opens with (bad_files.hpp says how they are written).

#include "bad_files.hpp"
#include "support.hpp"
#include "support/catch.hpp"

using namespace chokepoint;

TEST_CASE("every bad scenario is told where and why, and its remedy loads")
{
    test::check_bad_files(test::bad_folder(), 45, [](const auto& path, const auto& overrides) { return test::errors_of(path, overrides); });
}

TEST_CASE("at most twenty errors are shown and the rest counted")
{
    std::string text = "chokepoint: 1\nextends: minimal.yaml\nname: many\nbuyers:\n  auto_usa:\n";
    for (int i = 0; i < 23; ++i) text += "    wrong_" + std::to_string(i) + ": 1\n";
    const auto errors = test::errors_of_text(text);
    REQUIRE(errors.size() == 21);
    CHECK(errors.back().problem == "3 more errors are not shown");
}

#include "chokepoint/core/suggest.hpp"

#include "support/catch.hpp"

using namespace chokepoint;

TEST_CASE("edit distance counts swaps of neighbours as one slip")
{
    CHECK(core::edit_distance("licence", "licence") == 0);
    CHECK(core::edit_distance("licence", "license") == 1);    // c -> s
    CHECK(core::edit_distance("valdiate", "validate") == 1);  // swapped d and i
    CHECK(core::edit_distance("run", "rerun") == 2);          // two insertions
}

TEST_CASE("a suggestion is made only within a third of the word")
{
    const std::vector<std::string> commands{"run", "validate", "inspect"};
    CHECK(core::closest("rnu", commands) == "run");
    CHECK(core::closest("VALIDATE", commands) == "validate");
    CHECK(core::closest("elephant", commands).empty());
    CHECK(core::did_you_mean("inspcet", commands, "commands") == "did you mean \"inspect\"?");
    CHECK(core::did_you_mean("elephant", commands, "commands") == "commands here: run, validate, inspect");
}

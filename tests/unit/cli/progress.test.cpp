#include "progress.hpp"

#include "support/catch.hpp"

using namespace chokepoint::cli;

TEST_CASE("time left appears with the third member done here")
{
    CHECK_FALSE(seconds_left(0, 10, 5));
    CHECK_FALSE(seconds_left(2, 8, 5));
    // 3 members in 6 s are 2 s each; 7 remain.
    REQUIRE(seconds_left(3, 7, 6));
    CHECK(*seconds_left(3, 7, 6) == Approx(14));
}

TEST_CASE("the bar shows what is done")
{
    // 30 marks for 10 of 40 members: 7 (rounded down).
    CHECK(progress_bar("truce", 10, 40, 12.0) ==
          "truce  [=======                       ]  10 of 40 members, 12 s left");
    CHECK(progress_bar("truce", 40, 40, 0.0) == "truce  [==============================]  40 of 40 members");
    CHECK(progress_bar("truce", 0, 40, std::nullopt) ==
          "truce  [                              ]  0 of 40 members");
    CHECK(progress_bar("truce", 0, 1, std::nullopt) == "truce  [                              ]  0 of 1 member");
}

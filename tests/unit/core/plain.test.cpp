#include "chokepoint/core/plain.hpp"

#include "support/catch.hpp"

using chokepoint::core::plain;

TEST_CASE("A number in a sentence has no exponent and keeps its whole digits")
{
    CHECK(plain(10030.4) == "10030");
    CHECK(plain(1e7) == "10000000");
    CHECK(plain(147.1) == "147.1");
    CHECK(plain(25) == "25");
    CHECK(plain(12.345678) == "12.35");
    CHECK(plain(99.99999) == "100");
    CHECK(plain(-2.5) == "-2.5");
    CHECK(plain(0) == "0");
    CHECK(plain(1.2e-5) == "0.000012");
    CHECK(plain(-1e-20) == "0");
    CHECK(plain(2.0 / 3, 2) == "0.67");
}

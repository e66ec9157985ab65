#include "format.hpp"

#include "support/catch.hpp"

#include <limits>

using namespace chokepoint::cli;

namespace {
const double kNaN = std::numeric_limits<double>::quiet_NaN();
}

TEST_CASE("numbers keep three significant digits")
{
    CHECK(number_text(0) == "0");
    CHECK(number_text(0.012345) == "0.0123");
    CHECK(number_text(1.2345) == "1.23");
    CHECK(number_text(12.345) == "12.3");
    CHECK(number_text(9.996) == "10.0");  // rounds up into the next power of ten
    CHECK(number_text(999.6) == "1,000");
    CHECK(number_text(12345) == "12,300");
    CHECK(number_text(1234567) == "1,230,000");
    CHECK(number_text(-1234.5) == "-1,230");
    CHECK(number_text(kNaN) == "-");
}

TEST_CASE("differences show their sign")
{
    CHECK(signed_text(1.5) == "+1.50");
    CHECK(signed_text(-1.5) == "-1.50");
    CHECK(signed_text(0) == "0");
    CHECK(signed_text(-2e-10) == "0");
    CHECK(signed_text(2e-10) == "0");
    CHECK(signed_text(kNaN) == "-");
}

TEST_CASE("shares read as per cent and never hide a trace")
{
    CHECK(percent_text(0) == "0 %");
    CHECK(percent_text(0.0001) == "<0.1 %");
    CHECK(percent_text(0.1234) == "12.3 %");
    CHECK(percent_text(1) == "100 %");
    CHECK(percent_text(100.3) == "10,030 %");
    CHECK(percent_text(kNaN) == "-");
}

TEST_CASE("a spread without spread is one number")
{
    CHECK(spread_text({2, 2, 2}) == "2.00");
    CHECK(spread_text({2, 1, 3}) == "2.00 (1.00 to 3.00)");
    CHECK(spread_text({2e6, 1e6, 3e6}, 1e-6) == "2.00 (1.00 to 3.00)");
    CHECK(spread_text({0.0701, 0.00000041, 0.426}) == "0.0701 (0 to 0.426)");  // nothing beside the other end
    CHECK(spread_text({kNaN, kNaN, kNaN}) == "-");
    CHECK(difference_spread_text({-2, -3, 1}) == "-2.00 (-3.00 to +1.00)");
    CHECK(difference_spread_text({-0.0001, -0.4, 0.0004}) == "~0 (-0.400 to ~0)");
    CHECK(difference_spread_text({0, 0, 0}) == "0");
}

TEST_CASE("sizes, durations, counts")
{
    CHECK(bytes_text(812) == "812 B");
    CHECK(bytes_text(999.9) == "1.00 kB");
    CHECK(bytes_text(1234567) == "1.23 MB");
    CHECK(duration_text(0.44) == "0.4 s");
    CHECK(duration_text(9.97) == "10 s");
    CHECK(duration_text(185) == "3 min 5 s");
    CHECK(duration_text(7800) == "2 h 10 min");
    CHECK(count_text(12346) == "12,346");
    CHECK(count_text(7) == "7");
    CHECK(counted_text(1, "member") == "1 member");
    CHECK(counted_text(0, "member") == "0 members");
    CHECK(counted_text(12346, "firm") == "12,346 firms");
}

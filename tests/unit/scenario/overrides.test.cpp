// --set on the command line.

#include "support.hpp"
#include "support/catch.hpp"

using namespace chokepoint;

TEST_CASE("overrides set, add and remove, and know their origin")
{
    const auto file = test::load_good("licensing", {"licensing.mofcom_18.deadline=30 wd", "behaviour.lead.up=2 %/d", "rules=null",
                                                    "licensing.mofcom_18.toward.USA.posture=slow", "licensing.mofcom_18.toward.VNM=routine",
                                                    "output.quantiles=[10 %, 90 %]"});
    const auto s = file.central();
    CHECK(s.licensing[0].deadline_days == 30);
    CHECK(s.behaviour.lead_up == Approx(0.02));
    CHECK(s.rules.empty());
    CHECK(s.licensing[0].toward[0].posture == "slow");
    CHECK(s.licensing[0].toward[0].changes.size() == 1);
    CHECK(s.licensing[0].toward[3].posture == "routine");
    CHECK(s.output.quantiles == std::vector<double>{0.1, 0.9});
    CHECK(file.origin("licensing.mofcom_18.deadline").file == "--set 1");
    CHECK(file.origin("behaviour.lead.up").file == "--set 2");
}

TEST_CASE("an override may vary a parameter")
{
    const auto file = test::load_good("minimal", {"ensemble.vary.behaviour.ordering.hoarding={ uniform: [0 x, 1 x] }", "buyers.auto_usa.growth={ uniform: [0 %/yr, 4 %/yr] }"});
    REQUIRE(file.varied().size() == 2);
    CHECK(file.varied()[0].path == "buyers.auto_usa.growth");
    CHECK(file.varied()[1].path == "behaviour.ordering.hoarding");
    CHECK(file.scenario(1).behaviour.hoarding != file.scenario(2).behaviour.hoarding);
}

TEST_CASE("malformed overrides are told what they lack")
{
    for (const char* expression : {"seed", "=3", "seed=", "a..b=3", "seed.=3", "extends=minimal.yaml", "seed.x=3", "buyers.nobody.firms=3", "name=[", "seed=1\n---\n2"}) {
        INFO(expression);
        const auto errors = test::errors_of(test::good_folder() / "minimal.yaml", {expression});
        REQUIRE(errors.size() == 1);
        CHECK(errors[0].where.file == "--set 1");
        CHECK_FALSE(errors[0].remedy.empty());
    }
}

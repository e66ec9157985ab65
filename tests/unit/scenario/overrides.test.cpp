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
    CHECK(file.varied()[0].title == "Growth of need a year (auto usa)");
    CHECK(file.varied()[1].title == "Growth of wanted cover when supply looks at risk");
    CHECK(file.scenario(1).behaviour.hoarding != file.scenario(2).behaviour.hoarding);
}

TEST_CASE("setting a whole distribution ends what varied inside it, and is said")
{
    // The file varies the median of this cover, as the shipped scenarios do.
    const std::string vary = "ensemble.vary.buyers.auto_usa.cover.lognormal.median={ uniform: [20 d, 40 d] }";
    const std::string other = "ensemble.vary.buyers.auto_usa.growth={ uniform: [0 %/yr, 4 %/yr] }";
    REQUIRE(test::load_good("licensing", {vary, "buyers.auto_usa.growth=1 %/yr", other}).varied().size() == 2);
    for (const std::string value : {"40 d", "{ lognormal: { median: 40 d, log_sd: 0.5 } }", "{ uniform: [20 d, 60 d] }"}) {
        INFO(value);
        const auto file = test::load_good("licensing", {vary, other, "buyers.auto_usa.cover=" + value});
        REQUIRE(file.varied().size() == 1);  // the sibling goes on varying
        CHECK(file.varied()[0].path == "buyers.auto_usa.growth");
        REQUIRE(file.warnings().size() == 1);
        CHECK(file.warnings()[0].problem == "buyers.auto_usa.cover is set by --set 3, so buyers.auto_usa.cover.lognormal.median no longer varies");
        // What is written out runs the same way again.
        const test::TemporaryFolder folder;
        const auto again = scenario::ScenarioFile::load(folder.write("again.yaml", file.effective_text()), {}, test::good_folder());
        CHECK(again.varied().size() == 1);
        CHECK(again.warnings().empty());
    }
    CHECK(test::load_good("licensing", {vary, "buyers.auto_usa.cover=40 d"}).central().buyers[0].cover.a == 40);
}

TEST_CASE("removing a thing ends what varied inside it; a later --set may vary again")
{
    const std::string vary = "ensemble.vary.licensing.mofcom_18.postures.slow.weight={ uniform: [0.1 x, 0.5 x] }";
    const auto removed = test::load_good("licensing", {vary, "rules=null", "licensing=null"});
    CHECK(removed.varied().empty());
    CHECK(removed.warnings().size() == 1);
    const auto again = test::load_good("licensing", {"licensing.mofcom_18.postures.slow.weight=0.2 x", vary});
    CHECK(again.varied().size() == 1);
    CHECK(again.warnings().empty());
    // A key beside the varied one, in a block that only --set opens, ends nothing.
    const auto beside = test::load_good("licensing", {"behaviour.lead.up=2 %/d", "ensemble.vary.behaviour.lead.down_ratio={ uniform: [0.1 x, 0.5 x] }"});
    CHECK(beside.varied().size() == 1);
    CHECK(beside.warnings().empty());
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

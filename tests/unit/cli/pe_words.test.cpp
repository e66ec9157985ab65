// How far a linear answer is off, in words.

#include "pe_words.hpp"
#include "support/catch.hpp"

using namespace chokepoint;

TEST_CASE("a pair of numbers is compared in words")
{
    CHECK(cli::how_far(50, 100) == "50.0 % too small");
    CHECK(cli::how_far(-150, -100) == "50.0 % too large");
    CHECK(cli::how_far(100.4, 100) == "the same to half a per cent");
    CHECK(cli::how_far(-1, 100) == "of the wrong sign");
    CHECK(cli::how_far(0, 0) == "nothing, as in levels");
    CHECK(cli::how_far(1, 0) == "something where there is nothing in levels");
    CHECK(cli::how_far(0, 5) == "100 % too small");
}

TEST_CASE("the words name the flow whose duty changes most and warn of trade below nothing")
{
    const std::filesystem::path root = CHOKEPOINT_SOURCE_DIR;
    const auto load = [&](const std::vector<std::string>& overrides) {
        return scenario::load_trade(root / "tests/scenarios/pe/smart_two.yaml", overrides, root / "data");
    };
    const auto cut = load({});
    const auto words = cli::smart_words(cut, pe::smart(cut));
    CHECK(words[0] == "Trade from CHN to USA, duty 145 % to 30.0 %: 30.0 million USD before, 79.1 after, 56.3 after if linearised. The linear change is 46.5 % too small.");
    CHECK(words[1] == "Trade creation: +26.5 million USD in levels, +14.1 million USD linearised, which is 46.9 % too small.");
    const auto rise = load({"tariffs.USA.CHN.before=0 %", "tariffs.USA.CHN.after=145 %"});
    CHECK(cli::smart_words(rise, pe::smart(rise))[0].ends_with("SMART takes creation and diversion both from the value before. GSIM does not."));
    const auto milder = load({"tariffs.USA.CHN.before=0 %", "tariffs.USA.CHN.after=60 %"});
    CHECK(cli::smart_words(milder, pe::smart(milder))[0].ends_with("A flow below nothing cannot be: the change is too large for the linear form."));
}

// Damaged files end in messages, never in a crash: bytes of good files are changed at random.

#include "support.hpp"
#include "support/catch.hpp"

#include "chokepoint/core/random.hpp"

using namespace chokepoint;

namespace {
// Loads and reports only whether it could be done; anything but InputError escapes and fails the test.
bool loads(const std::filesystem::path& path)
{
    try {
        const auto file = scenario::ScenarioFile::load(path, {}, test::good_folder());
        (void)file.scenario(1);
        (void)file.effective_text();
        return true;
    } catch (const core::InputError& error) {
        CHECK_FALSE(error.diagnostics().empty());
        return false;
    }
}

std::string mutated(std::string text, const core::Random& random, std::uint32_t round)
{
    constexpr std::string_view kBytes = "{}[]:,#&*!|>'\"%@`-0x9. \n\t~<?\0\xff";
    const auto draw = [&random, round](std::uint32_t index, std::size_t below) {
        return static_cast<std::size_t>(random.bits(core::Stream::kTie, round, 0, index) % below);
    };
    const std::size_t edits = 1 + draw(0, 4);
    for (std::uint32_t i = 0; i < edits; ++i) {
        const std::size_t at = draw(4 * i + 1, text.size());
        switch (draw(4 * i + 2, 4)) {
        case 0: text[at] = kBytes[draw(4 * i + 3, kBytes.size())]; break;
        case 1: text.erase(at, 1 + draw(4 * i + 3, 20)); break;
        case 2: text.insert(at, 1, kBytes[draw(4 * i + 3, kBytes.size())]); break;
        default: text.insert(at, text.substr(draw(4 * i + 3, text.size()), 30)); break;
        }
        if (text.empty()) return text;
    }
    return text;
}

void mutate(const std::string& name, std::uint32_t rounds)
{
    const std::string text = test::read_text(test::good_folder() / (name + ".yaml"));
    const test::TemporaryFolder folder;
    const core::Random random(1, 0);
    int loaded = 0, refused = 0;
    for (std::uint32_t round = 0; round < rounds; ++round) {
        const std::string damaged = mutated(text, random, round);
        const auto path = folder.write("damaged.yaml", damaged);
        INFO("round " << round);
        (loads(path) ? loaded : refused) += 1;
    }
    // Both happen, so the damage is neither always fatal nor never noticed.
    CHECK(loaded > 0);
    CHECK(refused > 0);
}
}  // namespace

TEST_CASE("damaged scenarios are refused, not crashed on")
{
    mutate("licensing", 400);
    mutate("distributions", 300);
    mutate("variant", 300);
}

TEST_CASE("many damaged scenarios are refused, not crashed on", "[slow]")
{
    mutate("licensing", 5000);
    mutate("distributions", 5000);
}

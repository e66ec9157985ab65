// P5. Where the engine has no prices, choice or transport it is the adaptive regional input-output model with
// inventories (ARIO: Hallegatte 2008, 2014). The world is the shipped scenarios/limits/ario.yaml: three sectors that use
// each other's goods and their own, a loss of 40 % of the capacity of sector 1 on days 10 to 39.
//
// Expected numbers are from a separate run of ARIO's equations in double precision: per day
//   D = orders of yesterday + final demand;  cap = alpha (1 - damage) x0;  opt = min(D, cap)
//   x = opt min(1, min_i S_i / (psi n_i a_i opt));  every client gets x / D of what it asked, the rest is dropped
//   S += received - a x;  orders = max(0, n a opt - S) / tau + a x
//   alpha += (alpha_max - alpha) (D - x) / (D tau_a) while short, else (1 - alpha) / tau_a
// Tolerance 1e-4, of which whole grams at 1e9 grams a unit take nothing. What final demand did not get on a day it
// lacks on the next day here.

#include "chokepoint/scenario/scenario_file.hpp"
#include "support/catch.hpp"
#include "support/model.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

constexpr double kUnit = 1e9;  // [g/d]
const std::filesystem::path kSource = CHOKEPOINT_SOURCE_DIR;

struct Path {
    std::array<double, 3> least{2, 2, 2}, lost{}, unmet{}, day_100{};
    std::array<int, 3> least_on{};
};

scenario::Scenario ario(const std::vector<std::string>& overrides)
{
    return scenario::ScenarioFile::load(kSource / "scenarios/limits/ario.yaml", overrides, kSource / "data").scenario(0);
}

Path run_ario(const std::vector<std::string>& overrides)
{
    Model model(ario(overrides));
    Path path;
    model.run_to(model.structure.horizon - 1, [&](int day, const world::State& state) {
        for (std::size_t i = 0; i < 3; ++i) {
            const std::string number = std::to_string(i + 1);
            const std::uint32_t sector = model.block("sector_" + number), final = model.row("final_" + number, "good_" + number);
            const double output = static_cast<double>(state.published.output[sector]) /
                                  static_cast<double>(model.structure.firms.base_output[model.structure.blocks[sector].first_firm]);
            if (output < path.least[i]) {
                path.least[i] = output;
                path.least_on[i] = day;
            }
            path.lost[i] += 1 - output;
            path.unmet[i] += static_cast<double>(state.published.need[final] - state.published.use[final]) / kUnit;
            if (day == 100) path.day_100[i] = output;
        }
    });
    return path;
}

void check(const std::array<double, 3>& got, const std::array<double, 3>& expected)
{
    for (std::size_t i = 0; i < 3; ++i) {
        CAPTURE(i);
        CHECK(got[i] == Approx(expected[i]).margin(1e-4));
    }
}

}  // namespace

TEST_CASE("P5 output of a circle of sectors is what final demand implies")
{
    const world::Structure structure = Model(ario({})).structure;
    const std::array<double, 3> expected{84.569733, 106.973294, 94.362018};  // (1 - A)^-1 (50, 60, 70)
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(static_cast<double>(structure.firms.base_output[3 + i]) / kUnit == Approx(expected[i]).margin(1e-6));
    }
}

TEST_CASE("P5 a loss of capacity runs through the sectors as in ARIO")
{
    const Path path = run_ario({});  // tau 2 d
    check(path.least, {0.576216, 0.864415, 0.898746});
    CHECK(path.least_on == std::array<int, 3>{41, 42, 42});
    check(path.lost, {13.636898, 2.766873, 1.602881});
    check(path.unmet, {972.425773, 59.024243, 50.904901});
    for (const double output : path.day_100) CHECK(output == Approx(1).margin(5e-7));  // printed with six digits
}

TEST_CASE("P5 slower restocking loses more")
{
    check(run_ario({"behaviour.ordering.gap_share=20 %"}).lost, {17.3476, 8.9377, 7.6402});  // tau 5 d
}

TEST_CASE("P5 depends on every rule of the limit")
{
    // Each one off moves the days of output lost in sector 1 by more than a hundred times the tolerance.
    for (const char* off : {"behaviour.delivery=transit", "behaviour.backlog=kept", "behaviour.ordering.forecast=smoothed",
                            "behaviour.production.precaution=0 %", "producers.sector_1.stretch.most=1 x", "producers.sector_1.uses.good_1.cover=20 d",
                            "producers.sector_1.outages.disaster.share=30 %"}) {
        CAPTURE(off);
        CHECK(std::abs(run_ario({off}).lost[0] - 13.636898) > 0.01);
    }
}

#pragma once
// The plan of a scenario as `validate` prints it: what exists, which duties hold when, how the statutory
// clock of a licence filed on a date of policy would run.
//
// Read from the world as built, not from the scenario's text, so it shows what would run; only the names of
// dated steps come from the text.

#include "width.hpp"

#include "chokepoint/scenario/scenario_file.hpp"
#include "chokepoint/world/judge.hpp"
#include "chokepoint/world/structure.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::cli {

// What is counted in the world, in words.
[[nodiscard]] std::string counts_plan(const world::Structure& structure);

// Ad valorem duty of one importer on products and origins that share their history.
struct DutyLine {
    std::string importer;
    std::vector<std::string> origins, products;
    std::vector<std::pair<core::Date, std::int64_t>> rates;  // from each day on [1e-6 of value]; the first day stands for before
};
[[nodiscard]] std::vector<DutyLine> duty_lines(const world::Structure& structure);
[[nodiscard]] std::string duty_plan(const world::Structure& structure, std::size_t width = kPlainWidth);

// A licence filed on a day on which a step of policy falls.
struct Filing {
    core::Date filed;
    std::vector<std::string> steps;  // what happens that day
    core::Date clock_ends;           // the statutory clock, if nothing stops it
    core::Date in_hand;              // a licence granted on that day
};
// One for each day inside the horizon and the control on which any step of policy falls.
[[nodiscard]] std::vector<Filing> filings(const world::Structure& structure, const world::Control& control,
                                          const std::vector<scenario::DatedStep>& steps);
// The filings of each control, and what its clock promises: a decision under `hard`, else nothing.
[[nodiscard]] std::string deadline_plan(const world::Structure& structure,
                                        const std::vector<scenario::DatedStep>& steps);
[[nodiscard]] const char* deadline_mode_name(world::Deadline mode);  // as in a scenario

// What authorities may turn to after everything dated, with the values of the scenario without draws; nothing without regimes.
[[nodiscard]] std::string regimes_plan(const scenario::Scenario& central);

// Where what is needed differs from what a trade table brings, by region; nothing when all agree.
[[nodiscard]] std::string needs_plan(const std::vector<world::NeedGap>& gaps);

// What is announced, how commitments are read, what rules watch and do.
[[nodiscard]] std::string rules_plan(const world::Structure& structure);

}  // namespace chokepoint::cli

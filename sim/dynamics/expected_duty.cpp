#include "expected_duty.hpp"
#include "posture_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::dynamics {

using namespace world;

namespace {

void log_announcement(const Structure& structure, const AnnouncedDuty& change, int day, State& state)
{
    const DutyTariff& tariff = structure.policy.tariffs[change.tariff];
    const std::string subject = tariff.id + "." + tariff.layers[change.layer].id;
    const std::string when = (structure.start + change.day).to_string();
    const double points = static_cast<double>(change.change_ppm) / 1e4;
    if (day == change.announced) log(state, day, "duty", subject, fmt::format("{:+.4g} pp announced for {}", points, when));
    if (day == change.until && change.until < change.day) {
        log(state, day, "duty", subject, fmt::format("{:+.4g} pp announced for {} withdrawn", points, when));
    }
}

void expect(const Structure& structure, std::uint32_t row, PolicyState& policy)
{
    const AnnouncedDuty& change = structure.policy.announced[row];
    const std::size_t n_cells = policy.duty_ppm.size();
    for (const std::uint32_t cell : structure.policy.tariffs[change.tariff].layers[change.layer].cells) {
        auto& duty = policy.expected_duty[cell];
        const auto before = 1e6 + static_cast<double>(duty);
        duty = std::max<std::int64_t>(0, duty + change.change_ppm);
        policy.expected_rise[row * n_cells + cell] = std::log((1e6 + static_cast<double>(duty)) / before);
    }
}

}  // namespace

void expect_duties(const Structure& structure, int day, State& state)
{
    const auto& announced = structure.policy.announced;
    PolicyState& policy = state.policy;
    policy.expected.clear();
    for (std::uint32_t row = 0; row < announced.size(); ++row) {
        log_announcement(structure, announced[row], day, state);
        if (day >= announced[row].announced && day < announced[row].until) policy.expected.push_back(row);
    }
    if (policy.expected.empty()) return;
    policy.expected_duty = policy.duty_ppm;
    for (const std::uint32_t row : policy.expected) expect(structure, row, policy);
}

double rise_escaped(const Structure& structure, const State& state, std::size_t cell, double day)
{
    double rise = 0;
    for (const std::uint32_t row : state.policy.expected) {
        if (day >= structure.policy.announced[row].day) continue;
        rise += state.policy.expected_rise[row * state.policy.duty_ppm.size() + cell];
    }
    return std::max(0.0, rise);
}

}  // namespace chokepoint::dynamics

#include "plan.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <climits>

namespace chokepoint::cli {

namespace {

std::string date_text(const world::Structure& structure, int day) { return (structure.start + day).to_string(); }

std::string condition_text(const world::Structure& structure, const world::ConditionRow& row)
{
    std::string out = row.name;
    if (row.indicator == world::Indicator::kFlag) {
        out += row.lowered ? " is lowered" : " is raised";
    } else if (row.indicator != world::Indicator::kDates) {
        out += fmt::format(" is {} {} %", row.below ? "below" : "above", core::plain(static_cast<double>(row.level_ppm) / 1e4));
        if (row.end_ppm != row.level_ppm) out += fmt::format(" (over at {} %)", core::plain(static_cast<double>(row.end_ppm) / 1e4));
    } else {
        out += " comes";
    }
    if (row.for_days > 0) out += fmt::format(" for {} d", row.for_days);
    if (row.from != INT_MIN) out += " from " + date_text(structure, row.from);
    if (row.until != INT_MAX) out += " until " + date_text(structure, row.until);
    return out;
}

std::string step_text(const world::Structure& structure, const world::RuleRow& rule, const world::RuleStepRow& step)
{
    std::string out;
    const auto add = [&out](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
    for (std::size_t i = 0; i < step.regions.size(); ++i) {
        const world::Control& control = structure.policy.controls[rule.control];
        add(fmt::format("{}.{} becomes {}", control.id, structure.regions[step.regions[i]].id,
                        control.postures[step.postures[i]].id));
    }
    for (const auto flag : step.raise) add(structure.policy.flags[flag].id + " is raised");
    for (const auto flag : step.lower) add(structure.policy.flags[flag].id + " is lowered");
    return fmt::format("{} wd later {}", step.after, out);
}

std::string rule_text(const world::Structure& structure, const world::RuleRow& rule)
{
    std::string when;
    for (const auto& row : rule.conditions) when += (when.empty() ? "" : " and ") + condition_text(structure, row);
    std::string out = fmt::format("rule {}: when {}, {}\n", rule.id, when, step_text(structure, rule, rule.then));
    for (const auto& step : rule.restored) out += "  when that is over, " + step_text(structure, rule, step) + "\n";
    if (rule.at_most > 0) out += fmt::format("  at most {} times\n", rule.at_most);
    return out;
}

}  // namespace

std::string rules_plan(const world::Structure& structure)
{
    std::string out;
    const auto add = [&out](const std::string& line) {  // parts of a layer say the same
        if (out.find(line) == std::string::npos) out += line;
    };
    for (const auto& change : structure.policy.announced) {
        const auto& tariff = structure.policy.tariffs[change.tariff];
        add(fmt::format("announced on {}: {}.{} {:+.4g} pp from {}{}\n", date_text(structure, change.announced),
                        tariff.id, tariff.layers[change.layer].id, static_cast<double>(change.change_ppm) / 1e4,
                        date_text(structure, change.day),
                        change.until < change.day ? ", withdrawn on " + date_text(structure, change.until) : ""));
    }
    for (const auto& lapse : structure.policy.lapses) {
        const auto& tariff = structure.policy.tariffs[lapse.tariff];
        add(fmt::format("renewal on {}: {}.{} moves by {:+.4g} pp on {} unless flag {} is raised\n",
                        date_text(structure, lapse.decided), tariff.id, tariff.layers[lapse.layer].id,
                        static_cast<double>(lapse.change_ppm) / 1e4, date_text(structure, lapse.from),
                        structure.policy.flags[lapse.flag].id));
    }
    for (const auto& commitment : structure.policy.commitments) {
        out += fmt::format("commitment {} on {}: {}\n", commitment.id, date_text(structure, commitment.day), commitment.text);
    }
    for (const auto& rule : structure.policy.rules) out += rule_text(structure, rule);
    return out;
}

}  // namespace chokepoint::cli

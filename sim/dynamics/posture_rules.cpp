#include "posture_rules.hpp"
#include "indicators.hpp"

#include <fmt/format.h>

namespace chokepoint::dynamics {

using namespace world;

void log(State& state, int day, const char* kind, const std::string& subject, std::string text)
{
    if (!state.events.empty()) {  // parts of a layer of duty decide alike: told once
        const Event& last = state.events.back();
        if (last.day == day && last.kind == kind && last.subject == subject && last.text == text) return;
    }
    state.events.push_back({day, kind, subject, std::move(text)});
}

void set_posture(const Structure& structure, std::size_t control, std::uint32_t region, std::uint16_t posture,
                 int day, const std::string& why, State& state)
{
    auto& now = state.authority[control].posture[region];
    if (now == posture) return;
    const Control& row = structure.policy.controls[control];
    log(state, day, "posture", row.id + "." + structure.regions[region].id,
        fmt::format("{} becomes {}{}", row.postures[now].id, row.postures[posture].id, why));
    now = posture;
}

namespace {

void set_flag(const Structure& structure, std::uint32_t flag, bool raised, int day, const std::string& why,
              State& state)
{
    auto& now = state.policy.flags[flag];
    if ((now != 0) == raised) return;
    now = raised ? 1 : 0;
    log(state, day, "flag", structure.policy.flags[flag].id, (raised ? "raised" : "lowered") + why);
}

core::Date delayed(const RuleRow& rule, core::Date from, const RuleStepRow& step)
{
    return rule.calendar.add_working_days(from, step.after);
}

void take_step(const Structure& structure, const RuleRow& rule, const RuleStepRow& step, int day,
               const std::string& why, State& state)
{
    for (std::size_t i = 0; i < step.regions.size(); ++i) {
        set_posture(structure, rule.control, step.regions[i], step.postures[i], day, why, state);
    }
    for (const std::uint32_t flag : step.raise) set_flag(structure, flag, true, day, why, state);
    for (const std::uint32_t flag : step.lower) set_flag(structure, flag, false, day, why, state);
}

std::string everything_seen(const RuleRow& rule, const RuleState& watch)
{
    std::string out;
    for (std::size_t i = 0; i < rule.conditions.size(); ++i) {
        out += (i == 0 ? "" : " and ") + what_was_seen(rule.conditions[i], watch.conditions[i]);
    }
    return out;
}

// Every condition is read every day: some sum over a window.
bool all_hold(const Structure& structure, const StepContext& context, const RuleRow& rule, const State& state,
              RuleState& watch)
{
    bool all = true;
    for (std::size_t i = 0; i < rule.conditions.size(); ++i) {
        const bool one = holds_today(structure, context, rule.conditions[i], state, watch.conditions[i]);
        all = all && one;
    }
    return all;
}

void fire(const Structure& structure, const StepContext& context, const RuleRow& rule, RuleState& watch, State& state)
{
    if (watch.acts_on >= context.day) return;  // decided already, and carried out
    if (rule.at_most > 0 && watch.firings >= rule.at_most) return;
    ++watch.firings;
    watch.over_on = -1;  // what is left of the way back is dropped
    const core::Date acts = delayed(rule, context.date, rule.then);
    watch.acts_on = acts - structure.start;
    watch.why = everything_seen(rule, watch);
    log(state, context.day, "rule", rule.id,
        fmt::format("{}: acts on {}, {} wd later", watch.why, acts.to_string(), rule.then.after));
}

void end(const StepContext& context, const RuleRow& rule, RuleState& watch, State& state)
{
    if (rule.restored.empty()) return;
    if (watch.acts_on >= context.day) {
        watch.acts_on = -1;
        log(state, context.day, "rule", rule.id, "its condition is over before it acted: " + everything_seen(rule, watch));
    }
    if (!watch.in_effect || watch.over_on >= 0) return;
    watch.over_on = context.day;
    watch.next_step = 0;
    log(state, context.day, "rule", rule.id, "its condition is over: " + everything_seen(rule, watch));
}

void act(const Structure& structure, const StepContext& context, const RuleRow& rule, RuleState& watch, State& state)
{
    if (watch.acts_on == context.day) {
        watch.acts_on = -1;
        watch.in_effect = true;
        const std::string why = fmt::format(" by rule {}, {} wd after {}", rule.id, rule.then.after, watch.why);
        take_step(structure, rule, rule.then, context.day, why, state);
    }
    if (watch.over_on < 0) return;
    const core::Date over = structure.start + watch.over_on;
    for (; watch.next_step < rule.restored.size(); ++watch.next_step) {
        const RuleStepRow& step = rule.restored[watch.next_step];
        if (delayed(rule, over, step) > context.date) return;
        const std::string why = fmt::format(" by rule {} ({}), {} wd after its condition was over on {}", rule.id,
                                            step.id, step.after, over.to_string());
        take_step(structure, rule, step, context.day, why, state);
    }
    watch.over_on = -1;
    watch.in_effect = false;
}

}  // namespace

void raise_flags(const Structure& structure, int day, State& state)
{
    for (std::uint32_t f = 0; f < structure.policy.flags.size(); ++f) {
        if (structure.policy.flags[f].from == day) set_flag(structure, f, true, day, " on its date", state);
        if (structure.policy.flags[f].until == day) set_flag(structure, f, false, day, " on its date", state);
    }
    for (const CommitmentRow& commitment : structure.policy.commitments) {
        if (commitment.day != day) continue;
        log(state, day, "commitment", commitment.id, commitment.text);
        for (const std::uint32_t flag : commitment.raise) {
            set_flag(structure, flag, true, day, " by commitment " + commitment.id, state);
        }
    }
}

void watch_rules(const Structure& structure, const StepContext& context, State& state)
{
    const auto& rules = structure.policy.rules;
    for (std::size_t r = 0; r < rules.size(); ++r) {
        RuleState& watch = state.policy.rules[r];
        const bool now = all_hold(structure, context, rules[r], state, watch);
        if (now && !watch.holds) fire(structure, context, rules[r], watch, state);
        if (!now && watch.holds) end(context, rules[r], watch, state);
        watch.holds = now;
    }
    for (std::size_t r = 0; r < rules.size(); ++r) act(structure, context, rules[r], state.policy.rules[r], state);
}

}  // namespace chokepoint::dynamics

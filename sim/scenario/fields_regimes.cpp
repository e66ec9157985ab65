#include "fields.hpp"

namespace chokepoint::scenario {

void add_regime_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    const std::string regimes = "licensing.*.regimes", state = regimes + ".states.*", dated = regimes + ".dated.*";
    add(block(regimes, "What the authority may turn to after the last dated level: regimes that follow one another, drawn for each member.").optional());
    add(date(regimes + ".from", "First day on which the regime may change; the day after the last dated level when absent.").optional());
    add(text(regimes + ".first", "Regime in force on that day; the one whose level is nearest to that in force when absent."));
    add(map_of(regimes + ".states", "The regimes."));
    table.back().presence = Presence::kRequired;
    add(block(state, "One regime."));
    add(text(state + ".title", "Name shown in tables."));
    add(quantity(state + ".level", Dimension::kShare, "Throughput once it begins: share of the controlled base flow decided a day.").bounds(0, 100));
    add(map_of(state + ".to", "Regimes it may turn to; it lasts for ever when absent."));
    add(quantity(state + ".to.*", Dimension::kDays, "Mean time until it turns to this one, if no other comes before; the time is drawn from an exponential distribution.").above(0).bounds(0, 36500).assumed("39 to 236 d", "data/regimes.csv"));
    add(map_of(state + ".toward", "Postures that destinations are given when it begins, and keep until something else changes them; the most specific wins: region, then group, then other.").keys_of({"regions", "region_groups", "other"}));
    add(text(state + ".toward.*", "Posture."));
    table.back().presence = Presence::kRequired;
    add_notes(table, state);
    add(map_of(regimes + ".dated", "Days on which changes are more or less likely, such as those of talks that were announced."));
    add(block(dated, "Some days."));
    add(date(dated + ".from", "First day."));
    add(date(dated + ".until", "First day on which it no longer holds."));
    add(quantity(dated + ".factor", Dimension::kFactor, "A change is so many times as likely on a day.").bounds(0, 1000).assumed("1 to 10 x", "assumption"));
    add_notes(table, dated);
    add_notes(table, regimes);
}

}  // namespace chokepoint::scenario

#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
const std::vector<std::string> kDestinations{"regions", "region_groups", "other"};

void add_shortage(std::vector<Field>& table, const std::string& path)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(of_kind(FieldKind::kBlock, path, "Unmet share of the need of some buyers, as published the day before.").optional());
    add(references(path + ".buyers", {"buyers"}, "Buyer groups counted.").optional());
    add(reference(path + ".sector", {"sectors"}, "Only buyers of this sector.").optional());
    add(references(path + ".region", {"regions", "region_groups"}, "Only buyers in these regions or groups.").optional());
    add(references(path + ".products", {"products", "families"}, "Only their need of these products.").optional());
    add(quantity(path + ".over", Dimension::kDays, "Days over which need and use are summed.").bounds(1, 3650).whole_number().fixed().defaults("30 d"));
}

void add_granted(std::vector<Field>& table, const std::string& path)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(of_kind(FieldKind::kBlock, path, "Share of files granted, among files granted, refused or pending longer than the minimum review.").optional());
    add(reference(path + ".licensing", {"licensing"}, "Export control whose files are counted."));
    add(references(path + ".toward", {"regions", "region_groups"}, "Destinations counted; all when absent.").optional());
    add(quantity(path + ".over", Dimension::kDays, "Days over which decisions are counted.").bounds(1, 3650).whole_number().fixed().defaults("60 d"));
}

// One condition: an indicator, a comparison, how long; or a flag; or dates alone.
void add_condition(std::vector<Field>& table, const std::string& path)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(reference(path + ".tariff", {"tariffs"}, "Tariff that is watched: its layers added up, on the product that pays most.").optional());
    add_shortage(table, path + ".shortage");
    add_granted(table, path + ".granted");
    add(reference(path + ".price", {"products"}, "Product whose price is watched, in per cent of its price on the first day.").optional());
    add(reference(path + ".origin", {"regions"}, "With price: the mean price of this region's producers; the price outside the controlling regions when absent.").optional());
    add(reference(path + ".flag", {"flags"}, "Flag that is watched.").optional());
    add(word(path + ".is", {"raised", "lowered"}, "With flag: what it must be.").defaults("raised"));
    add(quantity(path + ".above", Dimension::kShare, "Level the indicator must be above.").bounds(0, 100).optional());
    add(quantity(path + ".below", Dimension::kShare, "Level it must be below.").bounds(0, 100).optional());
    add(quantity(path + ".hysteresis", Dimension::kShare, "Level at which a condition that holds is over; the level itself when absent.").bounds(0, 100).optional());
    add(quantity(path + ".for", Dimension::kDays, "Days in a row before it holds.").bounds(0, 3650).whole_number().defaults("0 d"));
    add(date(path + ".from", "It holds from this day at the earliest.").optional());
    add(date(path + ".until", "First day on which it holds no more.").optional());
}

// What a rule does at once or when its condition is over.
void add_step(std::vector<Field>& table, const std::string& path, const char* delay)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of(path + ".toward", "New posture by destination.").keys_of(kDestinations));
    add(text(path + ".toward.*", "New posture."));
    add(references(path + ".raise", {"flags"}, "Flags that are raised; other rules see them the day after.").optional());
    add(references(path + ".lower", {"flags"}, "Flags that are lowered.").optional());
    add(quantity(path + ".after", Dimension::kWorkingDays, delay).bounds(0, 1000).whole_number().defaults("0 wd"));
}

void add_flags(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("flags", "Things that are true or not, raised by dates, commitments or rules, and watched by rules."));
    add(block("flags.*", "One flag; lowered until something raises it."));
    add(text("flags.*.title", "Name shown in tables."));
    add(date("flags.*.from", "Day it is raised.").optional());
    add(date("flags.*.until", "Day it is lowered.").optional());
    add_notes(table, "flags.*");
    add(map_of("commitments", "Ambiguous undertakings: one text, several readings, one of them chosen."));
    add(block("commitments.*", "One undertaking."));
    add(text("commitments.*.title", "Name shown in tables."));
    add(date("commitments.*.date", "Day from which the chosen reading holds."));
    add(text("commitments.*.text", "The clause that can be read in several ways."));
    table.back().presence = Presence::kRequired;
    add(text("commitments.*.reading", "The reading this scenario takes: an id of readings."));
    table.back().presence = Presence::kRequired;
    add_notes(table, "commitments.*");
    add(map_of("commitments.*.readings", "What the text may mean."));
    table.back().presence = Presence::kRequired;
    add(block("commitments.*.readings.*", "One reading."));
    add(text("commitments.*.readings.*.title", "Name shown in tables."));
    add(references("commitments.*.readings.*.flag", {"flags"}, "Flags this reading raises on the date.").optional());
    add_notes(table, "commitments.*.readings.*");
}
}  // namespace

void add_rule_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add_flags(table);
    add(map_of("rules", "Conditions under which postures and flags change."));
    add(block("rules.*", "One rule: when its condition holds, then something changes; when it is over, it may be restored in steps."));
    add(text("rules.*.title", "Name shown in tables."));
    add(block("rules.*.when", "The condition; it may carry further ones under all, and then every one must hold."));
    add_condition(table, "rules.*.when");
    add(map_of("rules.*.when.all", "Further conditions that must hold at the same time."));
    add(block("rules.*.when.all.*", "One condition."));
    add_condition(table, "rules.*.when.all.*");
    add(block("rules.*.then", "What changes when the condition holds."));
    add(reference("rules.*.then.licensing", {"licensing"}, "Export control whose postures change; its authority's calendar counts the working days.").optional());
    add(reference("rules.*.then.by", {"regions"}, "Region whose calendar counts the working days of a rule without licensing.").optional());
    add_step(table, "rules.*.then", "Delay of the change.");
    add(map_of("rules.*.restored", "Steps back once the condition is over, in the order of their delays; none are taken when absent."));
    add(block("rules.*.restored.*", "One step."));
    add_step(table, "rules.*.restored.*", "Delay of the step, counted from the day the condition is over.");
    add_notes(table, "rules.*.restored.*");
    add(count("rules.*.at_most", "Times the rule may fire; without limit when absent.").bounds(1, 1e6).optional());
    add_notes(table, "rules.*");
}

}  // namespace chokepoint::scenario

// What the supply side may do beside making what is asked.

#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
constexpr const char* kAssumption = "assumption";

void add_projects(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("producers.*.projects", "New or restarted capacity, listed with its date; the firms share it in proportion to capacity."));
    add(block("producers.*.projects.*", "One project."));
    add(text("producers.*.projects.*.title", "Name shown in tables."));
    add(date("producers.*.projects.*.start", "First day of the ramp."));
    add(quantity("producers.*.projects.*.ramp", Dimension::kDays, "Days until all of it is there, in equal steps; 0 d is at once.").bounds(0, 3650).whole_number().defaults("365 d").assumed("90 to 1000 d", kAssumption));
    add(quantity("producers.*.projects.*.capacity", Dimension::kMassRate, "Capacity it adds when complete.").above(0));
    add_notes(table, "producers.*.projects.*");
}

void add_outages(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("producers.*.outages", "Capacity lost for some days: a mine or plant that stops, a quota used up. Where several overlap, each takes its share of what the others leave."));
    add(block("producers.*.outages.*", "One loss of capacity."));
    add(text("producers.*.outages.*.title", "Name shown in tables."));
    add(date("producers.*.outages.*.from", "First day."));
    add(date("producers.*.outages.*.until", "First day it is over; it lasts when absent.").optional());
    add(quantity("producers.*.outages.*.share", Dimension::kShare, "Part of the block's capacity that is lost; 100 % stops it.").above(0));
    add_notes(table, "producers.*.outages.*");
}

void add_stretch(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("producers.*.stretch", "Running above capacity while more is wanted; a bare factor is its most.").shorthand("most"));
    add(quantity("producers.*.stretch.most", Dimension::kFactor, "Most output over capacity; 1 x is off.").bounds(1, 3).defaults("1 x").assumed("1 to 1.25 x", kAssumption).as("z_max"));
    add(quantity("producers.*.stretch.time", Dimension::kDays, "Time constant with which it is given up, and reached by a maker that lacks all it is asked for; in proportion slower by one that lacks a part.").bounds(1, 3650).defaults("90 d").assumed("30 to 365 d", kAssumption).as("tau"));
}

void add_investment(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(of_kind(FieldKind::kBlock, "producers.*.investment", "Projects nobody has listed, begun because the price stays high.").optional());
    add(quantity("producers.*.investment.price", Dimension::kFactor, "Price over that of day 0 above which it counts: the price outside, or in a region that controls exports the block's own.").bounds(1, 1000).defaults("1.5 x").assumed("1.2 to 3 x", kAssumption));
    add(quantity("producers.*.investment.for", Dimension::kDays, "Days in a row the price must be above.").bounds(1, 3650).whole_number().defaults("180 d").assumed("90 to 720 d", kAssumption));
    add(quantity("producers.*.investment.lead", Dimension::kDays, "Days from the decision to the first day of the ramp.").bounds(0, 36500).whole_number().defaults("730 d").assumed("magnets 550 to 1100 d, mines 1800 to 2600 d, restarts 180 to 365 d", kAssumption));
    add(quantity("producers.*.investment.ramp", Dimension::kDays, "Days until all of it is there.").bounds(0, 3650).whole_number().defaults("365 d").assumed("90 to 1000 d", kAssumption));
    add(quantity("producers.*.investment.size", Dimension::kShare, "Capacity of one project, of the block's on day 0.").above(0).bounds(0, 10).defaults("25 %").assumed("5 to 100 %", kAssumption));
}

void add_support(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(of_kind(FieldKind::kBlock, "producers.*.floor", "Price floor: a guarantor pays the block what the market price falls short of it.").optional());
    add(quantity("producers.*.floor.price", Dimension::kPrice, "Least the block gets for what it makes.").above(0));
    add(date("producers.*.floor.from", "First day."));
    add(date("producers.*.floor.until", "First day it no longer holds.").optional());
    add(of_kind(FieldKind::kBlock, "producers.*.offtake", "Guaranteed purchase: what industry leaves of an amount a day goes to a public stockpile.").optional());
    add(reference("producers.*.offtake.by", {"stockpiles"}, "Stockpile that takes it, beyond its own target; it pays the price or the floor."));
    add(quantity("producers.*.offtake.amount", Dimension::kMassRate, "What the block makes a day whatever is ordered, as far as inputs and capacity go.").above(0));
    add(date("producers.*.offtake.from", "First day."));
    add(date("producers.*.offtake.until", "First day it no longer holds.").optional());
}
}  // namespace

void add_supply_fields(std::vector<Field>& table)
{
    add_projects(table);
    add_outages(table);
    add_stretch(table);
    add_investment(table);
    add_support(table);
}

}  // namespace chokepoint::scenario

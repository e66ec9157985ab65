// Public stockpiles.

#include "fields.hpp"

namespace chokepoint::scenario {

void add_stockpile_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("stockpiles", "Public stockpiles: goods an agency holds, gives to users who run short, and buys."));
    add(block("stockpiles.*", "One product at one agency."));
    add(text("stockpiles.*.title", "Name shown in tables."));
    add(reference("stockpiles.*.region", {"regions"}, "Region of the holder."));
    add(reference("stockpiles.*.product", {"products"}, "Product it holds."));
    add(quantity("stockpiles.*.stock", Dimension::kMass, "What it holds at the start.").bounds(0, 1e15).defaults("0 t"));
    add(references("stockpiles.*.serves", {"buyers"}, "Buyer blocks it may serve; the first one is served in full before the next."));
    add(quantity("stockpiles.*.cover", Dimension::kDays, "Days of need a user is brought up to, at most the cover it aims at itself.").bounds(0, 3650).defaults("15 d").assumed("5 to 60 d", "assumption").as("cover*"));
    add(quantity("stockpiles.*.release", Dimension::kMassRate, "Most it gives a day."));
    add(date("stockpiles.*.from", "First day of release; the first simulated day when absent.").optional());
    add(word("stockpiles.*.price", {"market", "base"}, "What users pay: the price of the day where the holder is, or that of day 0. It moves money only.").defaults("market"));
    add_notes(table, "stockpiles.*");
    add(of_kind(FieldKind::kBlock, "stockpiles.*.refill", "When it buys; absent, it never does.").optional());
    add(reference("stockpiles.*.refill.from", {"producers"}, "Producer block it buys from; goods follow the lane and enter free of duty."));
    add(quantity("stockpiles.*.refill.below", Dimension::kFactor, "It buys while the price is below this multiple of that of day 0.").above(0).bounds(0, 1000).defaults("1.1 x").assumed("0.8 to 1.5 x", "assumption"));
    add(quantity("stockpiles.*.refill.rate", Dimension::kMassRate, "Most it buys a day.").above(0));
    add(quantity("stockpiles.*.refill.target", Dimension::kMass, "What it buys up to, goods under way included; what it held at the start when absent.").above(0).optional());
    add(flag("stockpiles.*.refill.first", "false", "It takes goods before industry is served; else what industry leaves."));
}

}  // namespace chokepoint::scenario

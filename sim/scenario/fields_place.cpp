#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
void add_products(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("products", "Materials that are traded."));
    add(block("products.*", "One product."));
    add(text("products.*.title", "Name shown in tables."));
    add(of_kind(FieldKind::kHs, "products.*.hs", "Customs code, 6 to 10 digits in quotes, leading zeros kept.").optional());
    add(quantity("products.*.price", Dimension::kPrice, "Price at origin at the start.").above(0));
    add(word("products.*.form", {"ore", "concentrate", "oxide", "metal", "alloy", "powder", "magnet", "compound", "wafer", "other"}, "Form of the product, for control lists that name forms.").optional());
    add(map_of("products.*.elements", "Content by weight of chemical elements a control list may name, e.g. { Dy: 3 %, Tb: 0.5 % }."));
    add(quantity("products.*.elements.*", Dimension::kShare, "Content of the element.").above(0).bounds(0, 1));
    add(flag("products.*.look_alike", "false", "Shares a customs code with a controlled product, so customs may hold it."));
    add(word("products.*.unit", {"t", "kg", "g"}, "Unit tables use for the product; documentation only.").defaults("t"));
    add_notes(table, "products.*");
}

void add_families(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("families", "Trade tables, each for one product or for two that statistics do not tell apart."));
    add(block("families.*", "One trade table."));
    add(text("families.*.title", "Name shown in tables."));
    add(reference("families.*.controlled", {"products"}, "The product, or the controlled one of the two."));
    add(reference("families.*.look_alike", {"products"}, "The uncontrolled product under the same customs code.").optional());
    add(quantity("families.*.look_alike_share", Dimension::kShare, "Share of use that is the look-alike product.").defaults("0 %").as("phi").assumed("12 to 35 %", "fitted to 2025 exports at a customs hold of 30 %"));
    add(map_of("families.*.by_sector", "Factor on the look-alike share by sector of the buyer.").keys_of({"sectors"}));
    add(quantity("families.*.by_sector.*", Dimension::kFactor, "Factor for this sector."));
    add(map_of("families.*.by_region", "Factor on the look-alike share by region of the buyer.").keys_of({"regions"}));
    add(quantity("families.*.by_region.*", Dimension::kFactor, "Factor for this region."));
    add(of_kind(FieldKind::kPath, "families.*.flows", "CSV of yearly flows: origin,destination,t_per_year,kind,source,note with kind fixed or seed.").optional());
    add(of_kind(FieldKind::kPath, "families.*.margins", "CSV of yearly totals: region,side,t_per_year,source,note with side production or use.").optional());
    add_notes(table, "families.*");
}
}  // namespace

void add_place_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("regions", "Countries and groups of countries, by ISO-3 code or a code like it."));
    table.back().presence = Presence::kRequired;
    add(block("regions.*", "One region; the id is three capital letters."));
    add(text("regions.*.title", "Name shown in tables."));
    add(of_kind(FieldKind::kPath, "regions.*.calendar", "CSV of the working calendar: date,kind,source with kind holiday, make_up or new_year.").optional());
    add(quantity("regions.*.gdp", Dimension::kMoney, "Gross domestic product of a year, for the model card: it enters no run.").above(0).fixed().optional());
    add_notes(table, "regions.*");
    add(map_of("region_groups", "Names for several regions at once."));
    add(references("region_groups.*", {"regions"}, "The regions of the group.").optional());
    add_products(table);
    add_families(table);
    add(block("transit", "Days from dispatch to customs entry."));
    add(quantity("transit.default", Dimension::kDays, "Between regions that no lane names.").bounds(1, 365).whole_number().defaults("30 d"));
    add(quantity("transit.domestic", Dimension::kDays, "Inside a region.").bounds(1, 365).whole_number().defaults("3 d"));
    add(of_kind(FieldKind::kPath, "transit.lanes", "CSV of lanes: origin,destination,days,source; a row serves both directions unless the way back has a row of its own.").optional());
    add(of_kind(FieldKind::kBlock, "transit.air", "Goods for buyers who run short are flown at a premium; none are when absent.").optional());
    add(quantity("transit.air.days", Dimension::kDays, "From dispatch to customs entry by air, between regions that are farther apart.").bounds(1, 30).whole_number().defaults("5 d").assumed("3 to 10 d", "assumption"));
    add(quantity("transit.air.below", Dimension::kDays, "Cover below which a buyer has its goods flown.").bounds(0, 365).defaults("7 d").assumed("3 to 14 d", "assumption"));
    add(quantity("transit.air.premium", Dimension::kPrice, "Cost of a flight over that of a ship, paid by the buyer.").bounds(0, 1e6).defaults("5 USD/kg").assumed("3 to 10 USD/kg", "assumption"));
    add(quantity("transit.freight", Dimension::kPrice, "Freight between regions, part of the landed cost that buyers compare.").bounds(0, 1e6).defaults("0 USD/kg").assumed("0 to 1 USD/kg", "assumption"));
    add(quantity("transit.noise", Dimension::kBare, "Standard deviation of the logarithm of transit times.").bounds(0, 2).defaults("0").assumed("0 to 0.3", "assumption"));
}

}  // namespace chokepoint::scenario

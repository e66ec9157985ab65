// Covert routes and the steps against them.

#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
constexpr const char* kAntimony = "antimony_routes_2025";
constexpr const char* kAssumption = "assumption";

void add_who(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("routes", "Covert routes: goods that leave without a licence, or go on from a country that got one."));
    add(block("routes.*", "One route."));
    add(text("routes.*.title", "Name shown in tables."));
    add(word("routes.*.kind", {"undeclared", "reexport"}, "Sent by makers and trading houses of the origin without a licence, or sent on by an importer block abroad."));
    add(reference("routes.*.from", {"regions"}, "Region of origin, whose export control is evaded."));
    add(reference("routes.*.via", {"regions", "importers"}, "Undeclared: region the goods pass, or absent. Reexport: importer block that sends them on.").optional());
    add(references("routes.*.to", {"regions", "region_groups"}, "Regions or groups the goods end in."));
    add(references("routes.*.products", {"products", "families"}, "Products it carries; only those under control ever move."));
    add(word("routes.*.declares", {"origin", "via"}, "Origin that is declared at the destination, which decides the duty paid.").defaults("origin"));
    add_notes(table, "routes.*");
}

void add_flow(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(date("routes.*.onset", "First day goods may leave. Give onset or delay.").optional());
    add(quantity("routes.*.delay", Dimension::kDays, "Days from the start of the control to the first day, 30 d when neither is given.").bounds(0, 36500).whole_number().optional().assumed("0 to 180 d", kAntimony));
    add(quantity("routes.*.ramp", Dimension::kDays, "Days until all of the capacity is there.").bounds(0, 3650).whole_number().defaults("60 d").assumed("15 to 365 d", kAntimony).as("r"));
    add(quantity("routes.*.capacity", Dimension::kMassRate, "Most it carries a day, all products and destinations together. Give capacity or share.").above(0).optional().as("K"));
    add(quantity("routes.*.share", Dimension::kShare, "Most it carries a day, as a share of what the origin sends to the destinations on day 0.").above(0).bounds(0, 10).optional().assumed("simple goods up to 100 %, magnets 0 to 10 %", kAntimony));
    add(quantity("routes.*.cost", Dimension::kShare, "Cost of the detour, as a share of the sender's price.").bounds(0, 10).defaults("20 %").assumed("5 to 100 %", kAssumption));
    add(quantity("routes.*.scale", Dimension::kShare, "Width of the choice: gain over the sender's price at which the share of willing senders rises from 1/2 to 73 %.").above(0).bounds(0, 10).defaults("10 %").assumed("5 to 50 %", kAssumption));
    add(quantity("routes.*.transit", Dimension::kDays, "Days under way; the lanes it follows when absent.").bounds(1, 3650).whole_number().fixed().optional());
}

void add_risk(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("routes.*.lot", "How goods are cut into lots; a bare mass is its size.").shorthand("size"));
    add(quantity("routes.*.lot.size", Dimension::kMass, "Largest lot; what is sent a day is cut into lots, and each is found or not.").bounds(100, 1e12).defaults("50 kg").assumed("1 kg to 1 t", kAssumption));
    add(quantity("routes.*.lot.effect", Dimension::kBare, "Detection goes with lot size over 50 kg to this power; 0 switches it off.").bounds(0, 5).defaults("0.5").assumed("0 to 1", kAssumption).as("e"));
    add(block("routes.*.detection", "How lots are found; a bare share is detection.lot.").shorthand("lot"));
    add(quantity("routes.*.detection.lot", Dimension::kShare, "Probability that a lot of 50 kg is found, before any enforcement step.").defaults("2 %").assumed("0.2 to 10 %", kAssumption).as("pi0"));
    add(quantity("routes.*.detection.volume", Dimension::kShare, "Added to it when the route carries as much as was declared on day 0, and in proportion (30-day mean).").defaults("10 %").assumed("0 to 50 %", kAssumption).as("pi1"));
    add(flag("routes.*.detection.discovers", "false", "A lot found shows the sender's route to the authority: it carries no more."));
    add(quantity("routes.*.penalty", Dimension::kFactor, "What a sender fears to lose with a lot, as a multiple of its value.").bounds(0, 1e4).defaults("5 x").assumed("1 to 20 x", kAssumption));
    add(quantity("routes.*.barred", Dimension::kDays, "Days a firm caught sends nothing.").bounds(0, 36500).whole_number().defaults("60 d").assumed("0 d to for good", kAssumption));
}

void add_enforcement(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("enforcement", "Dated steps in the detection of lots on covert routes."));
    add(block("enforcement.*", "One step: give detection or factor. Without a route it is only logged."));
    add(text("enforcement.*.title", "Name shown in tables."));
    add(reference("enforcement.*.by", {"regions"}, "Region that enforces: it acts on routes from there."));
    add(date("enforcement.*.from", "First day."));
    add(word("enforcement.*.on", {"all", "undeclared", "reexport"}, "Kind of route it acts on.").defaults("all"));
    add(quantity("enforcement.*.detection", Dimension::kShare, "New probability that a lot of 50 kg is found.").optional().assumed("10 to 60 %", "the one court case known seized 58 %"));
    add(quantity("enforcement.*.factor", Dimension::kFactor, "Multiple of the probability in force.").bounds(0, 1e4).optional());
    add_notes(table, "enforcement.*");
}
}  // namespace

void add_route_fields(std::vector<Field>& table)
{
    add_who(table);
    add_flow(table);
    add_risk(table);
    add_enforcement(table);
}

}  // namespace chokepoint::scenario

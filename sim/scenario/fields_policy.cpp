#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
void add_tariffs(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    const std::vector<std::string> places{"regions", "region_groups"};
    add(map_of("tariffs", "Duties charged at customs entry."));
    add(block("tariffs.*", "The duties of importers on origins, in layers that add up."));
    add(text("tariffs.*.title", "Name shown in tables."));
    add(references("tariffs.*.importer", places, "Regions or groups that charge the duty."));
    add(references("tariffs.*.origin", {"regions", "region_groups", "other"}, "Regions or groups it is charged on; other means every origin that no other block of the importer names for the product."));
    add(references("tariffs.*.adds_to", {"tariffs"}, "Blocks whose duties are due as well where both charge the same goods; without it such goods are an error.").optional());
    add(flag("tariffs.*.for_the_record", "false", "It is stated though no goods move on its lanes, so nothing is said of that."));
    add_notes(table, "tariffs.*");
    add(map_of("tariffs.*.layers", "Layers of duty; the duty is their sum."));
    table.back().presence = Presence::kRequired;
    const std::string layer = "tariffs.*.layers.*";
    add(block(layer, "One layer."));
    add(quantity(layer + ".rate", Dimension::kShare, "Level before the first change; trade on day 0 is taken to have come about under it, so a duty that begins in the run is a change with a date.").bounds(0, 100).defaults("0 %"));
    add(references(layer + ".products", {"products", "families"}, "Products it is charged on; all when absent.").optional());
    add_notes(table, layer);
    add(map_of(layer + ".changes", "Dated changes, applied in the order of their dates."));
    const std::string change = layer + ".changes.*";
    add(block(change, "One change: give change or rate."));
    add(date(change + ".date", "First day of the change."));
    add(quantity(change + ".change", Dimension::kPoints, "Signed change of the level in percentage points.").bounds(-100, 100).optional());
    add(quantity(change + ".rate", Dimension::kShare, "New level.").bounds(0, 100).optional());
    add(references(change + ".products", {"products", "families"}, "Products of the layer that it applies to; all of them when absent.").optional());
    add(quantity(change + ".for", Dimension::kDays, "The change is undone this many days after its date, unless renewed.").bounds(1, 36525).whole_number().fixed().optional());
    add(date(change + ".announced", "Day it was announced: firms that can still beat it order ahead (behaviour.ordering.front_loading).").optional());
    add(date(change + ".withdrawn", "Day an announced change was withdrawn; it never takes effect.").optional());
    add_notes(table, change);
    add(map_of(change + ".renewals", "Renewals of a change with `for`, each dated on or before the expiry it moves."));
    add(block(change + ".renewals.*", "One renewal."));
    add(date(change + ".renewals.*.date", "Day it was decided."));
    add(date(change + ".renewals.*.until", "New day on which the change is undone."));
    add(reference(change + ".renewals.*.flag", {"flags"}, "Only if this flag is raised on that day; else the change is undone when it would have been.").optional());
    add_notes(table, change + ".renewals.*");
}
}  // namespace

void add_policy_fields(std::vector<Field>& table)
{
    add_tariffs(table);
}

}  // namespace chokepoint::scenario

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
    add(references("tariffs.*.origin", {"regions", "region_groups", "other"}, "Regions or groups it is charged on; other means every region not an importer."));
    add_notes(table, "tariffs.*");
    add(map_of("tariffs.*.layers", "Layers of duty; the duty is their sum."));
    table.back().presence = Presence::kRequired;
    const std::string layer = "tariffs.*.layers.*";
    add(block(layer, "One layer."));
    add(quantity(layer + ".rate", Dimension::kShare, "Level before the first change.").bounds(0, 100).defaults("0 %"));
    add(references(layer + ".products", {"products", "families"}, "Products it is charged on; all when absent.").optional());
    add_notes(table, layer);
    add(map_of(layer + ".changes", "Dated changes, applied in the order of their dates."));
    const std::string change = layer + ".changes.*";
    add(block(change, "One change: give change or rate."));
    add(date(change + ".date", "First day of the change."));
    add(quantity(change + ".change", Dimension::kPoints, "Signed change of the level in percentage points.").bounds(-100, 100).optional());
    add(quantity(change + ".rate", Dimension::kShare, "New level.").bounds(0, 100).optional());
    add(quantity(change + ".for", Dimension::kDays, "The change is undone this many days after its date, unless renewed.").bounds(1, 36525).whole_number().fixed().optional());
    add_notes(table, change);
    add(map_of(change + ".renewals", "Renewals of a change with `for`, each dated on or before the expiry it moves."));
    add(block(change + ".renewals.*", "One renewal."));
    add(date(change + ".renewals.*.date", "Day it was decided."));
    add(date(change + ".renewals.*.until", "New day on which the change is undone."));
    add_notes(table, change + ".renewals.*");
}
}  // namespace

void add_policy_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add_tariffs(table);
    add(map_of("rules", "Conditions under which a posture changes."));
    add(block("rules.*", "One rule: when a tariff stays above a level, then a posture changes."));
    add(text("rules.*.title", "Name shown in tables."));
    add(block("rules.*.when", "The condition."));
    add(reference("rules.*.when.tariff", {"tariffs"}, "Tariff that is watched: the sum of its layers."));
    add(quantity("rules.*.when.above", Dimension::kShare, "Level it must be above.").bounds(0, 100));
    add(quantity("rules.*.when.for", Dimension::kDays, "Days in a row it must be above.").bounds(0, 3650).whole_number().defaults("0 d"));
    add(block("rules.*.then", "What changes."));
    add(reference("rules.*.then.licensing", {"licensing"}, "Export control whose postures change."));
    add(map_of("rules.*.then.toward", "New posture by destination.").keys_of({"regions", "region_groups", "other"}));
    table.back().presence = Presence::kRequired;
    add(text("rules.*.then.toward.*", "New posture."));
    add(quantity("rules.*.then.after", Dimension::kWorkingDays, "Delay of the change.").bounds(0, 1000).whole_number().defaults("0 wd"));
    add_notes(table, "rules.*");
}

}  // namespace chokepoint::scenario

#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
constexpr const char* kFitted = "fitted to Chinese exports of January to August 2025";
constexpr const char* kRecord = "public record of 2025";

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

void add_throughput(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("licensing.*.throughput", "What the authority can decide a day."));
    add(word("licensing.*.throughput.mode", {"tonnage", "files", "unlimited"}, "Budget counted in tonnes or in files, or no budget at all.").defaults("tonnage"));
    add(word("licensing.*.throughput.calendar", {"normalised", "exact"}, "Credit per month independent of its number of working days, or one per working day.").defaults("normalised"));
    add(quantity("licensing.*.throughput.per_reviewer", Dimension::kFilesPerDay, "Files a reviewer decides a working day (files mode).").above(0).defaults("1 files/d"));
    add(map_of("licensing.*.throughput.levels", "Dated levels; nothing is decided before the first."));
    const std::string level = "licensing.*.throughput.levels.*";
    add(block(level, "One level: give level in tonnage mode, reviewers in files mode."));
    add(date(level + ".date", "First day of the level."));
    add(quantity(level + ".level", Dimension::kShare, "Share of the controlled base flow decided a day (tonnage mode).").bounds(0, 100).optional().assumed("3 to 15 % from 28 April, 67 to 95 % from 10 June, 105 to 135 % from 24 July 2025", kFitted));
    add(quantity(level + ".reviewers", Dimension::kBare, "Number of reviewers (files mode).").bounds(0, 1e6).optional());
    add_notes(table, level);
}

void add_postures(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("licensing.*.postures", "Ways the authority may treat a destination."));
    table.back().presence = Presence::kRequired;
    const std::string posture = "licensing.*.postures.*";
    add(block(posture, "One posture."));
    add(quantity(posture + ".weight", Dimension::kFactor, "Weight in the share-out of throughput; 0 is never served.").bounds(0, 1000).defaults("1 x").assumed("0.05 to 2 x", kFitted));
    add(quantity(posture + ".approval", Dimension::kShare, "Probability that a civil file is granted.").defaults("100 %").assumed("90 % to 100 %", kRecord));
    add(quantity(posture + ".hold", Dimension::kShare, "Probability that customs hold a look-alike lot.").defaults("0 %").assumed("60 % routine, 88 % suspended", kFitted));
    add(quantity(posture + ".signal", Dimension::kShare, "How strongly buyers read the posture as a risk.").defaults("0 %").assumed("suspended 60 %, slow 40 %, routine 30 %, general licence 15 %", "assumption"));
    add_notes(table, posture);
    add(map_of("licensing.*.toward", "Posture by destination; the most specific wins: region, then group, then other.").keys_of({"regions", "region_groups", "other"}));
    table.back().presence = Presence::kRequired;
    add(block("licensing.*.toward.*", "A posture, or a posture with dated changes.").shorthand("posture"));
    add(text("licensing.*.toward.*.posture", "Posture when the control starts."));
    table.back().presence = Presence::kRequired;
    add_notes(table, "licensing.*.toward.*");
    add(map_of("licensing.*.toward.*.changes", "Dated changes of posture."));
    add(block("licensing.*.toward.*.changes.*", "One change."));
    add(date("licensing.*.toward.*.changes.*.date", "First day of the posture."));
    add(text("licensing.*.toward.*.changes.*.posture", "New posture."));
    table.back().presence = Presence::kRequired;
    add_notes(table, "licensing.*.toward.*.changes.*");
}

void add_clock(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(word("licensing.*.scope", {"shipment"}, "One licence per shipment.").defaults("shipment"));
    add(quantity("licensing.*.shipment_size", Dimension::kMass, "Largest quantity of one licence.").above(0).defaults("2 t"));
    add(quantity("licensing.*.deadline", Dimension::kWorkingDays, "Statutory clock, in working days after submission.").bounds(0, 1000).whole_number().defaults("45 wd").assumed("", kRecord));
    add(word("licensing.*.deadline_mode", {"stop_clock", "hard", "none"}, "What happens on the deadline: a request for documents restarts the clock, a decision is forced, or nothing.").defaults("stop_clock"));
    add(quantity("licensing.*.minimum_review", Dimension::kWorkingDays, "No file is decided earlier.").bounds(0, 1000).whole_number().defaults("0 wd"));
    add(quantity("licensing.*.licence_lag", Dimension::kWorkingDays, "From grant to dispatch.").bounds(0, 250).whole_number().defaults("6 wd"));
    add(quantity("licensing.*.declared_lots", Dimension::kDays, "Lots declared before the control clear for this long.").bounds(0, 365).whole_number().defaults("4 d").assumed("3 to 7 d", kFitted));
    add(block("licensing.*.batch", "When ordered goods are filed."));
    add(quantity("licensing.*.batch.days", Dimension::kDays, "An unfinished batch is filed this long after its first lot.").bounds(0, 365).whole_number().defaults("14 d"));
    add(quantity("licensing.*.batch.cover", Dimension::kDays, "Days of the link's base flow that fill a batch.").bounds(0, 365).defaults("30 d"));
    add(quantity("licensing.*.held_cap", Dimension::kDays, "Days of the link's base flow that may wait with the authority.").bounds(0, 3650).defaults("60 d"));
    add(quantity("licensing.*.returned", Dimension::kShare, "Probability that a file is returned for documents.").defaults("10 %").assumed("0 to 40 %", "assumption"));
    add(block("licensing.*.resubmit", "What happens to returned and refused files."));
    add(quantity("licensing.*.resubmit.after", Dimension::kWorkingDays, "Working days until it is filed again.").bounds(0, 1000).whole_number().defaults("10 wd"));
    add(quantity("licensing.*.resubmit.probability", Dimension::kShare, "Probability that a refused file is filed again.").defaults("100 %"));
    add(quantity("licensing.*.customs_hold", Dimension::kDays, "Length of a customs hold on a look-alike lot.").bounds(0, 3650).defaults("45 d").assumed("30 to 60 d", kRecord));
    add(quantity("licensing.*.announced_wait", Dimension::kDays, "Wait buyers expect on the day the control starts.").bounds(0, 3650).defaults("0 d"));
    add(block("licensing.*.end_use", "What is done with files by declared end use."));
    add(word("licensing.*.end_use.defense", {"refuse", "half", "civil"}, "Defense: refused, half the approval of civil files, or like civil files.").defaults("refuse"));
    add(word("licensing.*.end_use.unknown", {"half", "refuse", "civil"}, "End use not known. Every firm of this version declares one, so it acts on no file yet.").defaults("half"));
}
}  // namespace

void add_policy_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add_tariffs(table);
    add(map_of("licensing", "Export controls under which a licence is needed."));
    add(block("licensing.*", "One export control."));
    add(text("licensing.*.title", "Name shown in tables."));
    add(reference("licensing.*.authority", {"regions"}, "Region whose authority grants the licences."));
    add(of_kind(FieldKind::kWords, "licensing.*.controls", "Chemical symbols; products that contain one are controlled.").optional());
    add(references("licensing.*.products", {"products"}, "Products controlled by name.").optional());
    add(date("licensing.*.from", "First day of the control."));
    add(date("licensing.*.until", "First day without the control.").optional());
    add_notes(table, "licensing.*");
    add_clock(table);
    add_throughput(table);
    add_postures(table);

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

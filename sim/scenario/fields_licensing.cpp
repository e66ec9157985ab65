#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
constexpr const char* kFitted = "fitted to Chinese exports of January to August 2025";
constexpr const char* kRecord = "public record of 2025";
const std::string kControl = "licensing.*";

// What a desk can decide a day; `path` is the control's own or a stage's.
void add_throughput(std::vector<Field>& table, const std::string& path)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block(path, "What the desk can decide a day."));
    add(word(path + ".mode", {"tonnage", "files", "unlimited"}, "Budget counted in tonnes or in files, or no budget at all.").defaults("tonnage"));
    add(word(path + ".calendar", {"normalised", "exact"}, "Credit per month independent of its number of working days, or one per working day.").defaults("normalised"));
    add(quantity(path + ".per_reviewer", Dimension::kFilesPerDay, "Files a reviewer decides a working day (files mode).").above(0).defaults("1 files/d"));
    add(map_of(path + ".levels", "Dated levels; nothing is decided before the first."));
    const std::string level = path + ".levels.*";
    add(block(level, "One level: give level in tonnage mode, reviewers in files mode."));
    add(date(level + ".date", "First day of the level."));
    add(quantity(level + ".level", Dimension::kShare, "Share of the controlled base flow decided a day (tonnage mode).").bounds(0, 100).optional().assumed("5 to 18 % from 28 April, 85 to 110 % from 10 June, 115 to 140 % from 24 July 2025", kFitted));
    add(quantity(level + ".reviewers", Dimension::kBare, "Number of reviewers (files mode).").bounds(0, 1e6).optional());
    add_notes(table, level);
}

// Elements, contents, forms and names: what a control list covers.
void add_coverage(std::vector<Field>& table, const std::string& path)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(of_kind(FieldKind::kWords, path + ".controls", "Chemical symbols; products that contain one are controlled.").optional());
    add(quantity(path + ".content_above", Dimension::kShare, "Content by weight of a named element above which a product is controlled.").bounds(0, 1).defaults("0 %"));
    add(of_kind(FieldKind::kWords, path + ".forms", "Forms of product covered, such as [oxide, magnet]; every form when absent.").optional());
    add(references(path + ".products", {"products"}, "Products controlled by name.").optional());
    add(date(path + ".from", "First day of the control."));
    add(date(path + ".announced", "Day it was announced, before `from`; buyers expect the wait from then on and order ahead.").optional());
    add(date(path + ".until", "First day without the control.").optional());
}

void add_lists(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add_coverage(table, kControl);
    add(map_of(kControl + ".lists", "Further control lists of the same measure: more goods for the same desks."));
    const std::string list = kControl + ".lists.*";
    add(block(list, "One further list; what it covers is written as for the control itself."));
    add_coverage(table, list);
    add_notes(table, list);
}

void add_stages(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add_throughput(table, kControl + ".throughput");
    add(map_of(kControl + ".stages", "Desks a file passes, one after the other, before the desk that decides."));
    const std::string stage = kControl + ".stages.*";
    add(block(stage, "One desk, such as the document check or the province."));
    add(text(stage + ".title", "Name shown in tables."));
    add(count(stage + ".place", "Place in the row of desks, 1 first.").bounds(1, 20));
    add_throughput(table, stage + ".throughput");
    add(quantity(stage + ".minimum_review", Dimension::kWorkingDays, "No file leaves the desk earlier.").bounds(0, 1000).whole_number().defaults("0 wd"));
    add(quantity(stage + ".returned", Dimension::kShare, "Probability that the desk returns a file it has worked on; the file restarts.").defaults("0 %"));
    add(of_kind(FieldKind::kPath, stage + ".calendar", "CSV of the desk's working calendar; the authority's when absent.").optional());
    add_notes(table, stage);
}

void add_postures(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("licensing.*.postures", "Ways the authority may treat a destination."));
    table.back().presence = Presence::kRequired;
    const std::string posture = "licensing.*.postures.*";
    add(block(posture, "One posture."));
    add(quantity(posture + ".weight", Dimension::kFactor, "Weight in the share-out of throughput, per tonne of base flow; 0 is never served.").bounds(0, 1000).defaults("1 x").assumed("0.05 to 2 x", kFitted));
    add(quantity(posture + ".approval", Dimension::kShare, "Probability that a civil file is granted.").defaults("100 %").assumed("90 % to 100 %", kRecord).as("p"));
    add(quantity(posture + ".military", Dimension::kShare, "Probability that a defense file is granted, where end_use.defense says posture.").defaults("0 %").assumed("0 to 2 %", kRecord));
    add(quantity(posture + ".hold", Dimension::kShare, "Probability that customs hold a look-alike lot.").defaults("0 %").assumed("30 % routine, 75 % suspended", kFitted));
    add(quantity(posture + ".signal", Dimension::kShare, "How strongly buyers read the posture as a risk.").defaults("0 %").assumed("suspended 60 %, no framework 40 %, routine 30 %, general licence 15 %", "assumption"));
    add(flag(posture + ".licence", "true", "false: no licence is needed toward the destination."));
    add(flag(posture + ".banned", "false", "true: every file is refused in principle, without review."));
    add(of_kind(FieldKind::kFlag, posture + ".general", "Whether general licences are granted and hold. Default: where files are served and granted at all (weight and approval above nought).").optional());
    add(flag(posture + ".revokes", "false", "true: licences in hand lapse on the day the posture begins."));
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

void add_priorities(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("licensing.*.priorities", "Groups of files served sooner or later than others: large or favoured exporters, a client named by name, a sector."));
    const std::string priority = "licensing.*.priorities.*";
    add(block(priority, "One group; a file is in it when every condition given holds."));
    add(references(priority + ".exporters", {"producers", "exporters"}, "Blocks of the seller; all when absent.").optional());
    add(references(priority + ".end_users", {"buyers", "importers", "producers"}, "Blocks of the declared end user; all when absent.").optional());
    add(references(priority + ".destinations", {"regions", "region_groups"}, "Destinations; all when absent.").optional());
    add(references(priority + ".sectors", {"sectors"}, "Sectors of the end user; all when absent.").optional());
    add(quantity(priority + ".largest_exporters", Dimension::kShare, "Only the largest sellers that together hold this share of the controlled flow.").above(0).bounds(0, 1).defaults("100 %"));
    add(quantity(priority + ".largest_users", Dimension::kShare, "Only the largest end users of the blocks that together hold this share of their controlled flow.").above(0).bounds(0, 1).defaults("100 %"));
    add(date(priority + ".from", "First day it counts.").optional());
    add(date(priority + ".until", "First day it no longer counts.").optional());
    add(quantity(priority + ".weight", Dimension::kFactor, "Factor on the posture's weight.").bounds(0, 1000).defaults("1 x").assumed("0.5 to 10 x", "assumption"));
    add(flag(priority + ".strict", "false", "true: served before every file that is in no strict group."));
    add_notes(table, priority);
}

void add_entities(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    const std::vector<std::string> states{"none", "watch", "suspended", "banned"};
    add(map_of("licensing.*.entities", "End users listed by name."));
    const std::string list = "licensing.*.entities.*";
    add(block(list, "One list: the largest firms of some blocks up to a share, or single firms."));
    add(text(list + ".title", "Name shown in tables."));
    add(references(list + ".users", {"buyers", "importers", "producers"}, "Blocks the listed firms are in. Give users or firms.").optional());
    add(of_kind(FieldKind::kWords, list + ".firms", "Single firms, as [defense_usa/0]: block and number, the numbers from 0.").optional());
    add(quantity(list + ".share", Dimension::kShare, "Share of the blocks' base need that the listed firms hold.").above(0).bounds(0, 1).defaults("100 %"));
    add(word(list + ".state", states, "State before the first change: banned is refused, suspended needs a licence after extra review, watch has no clock and no general licence.").defaults("none"));
    add(map_of(list + ".changes", "Dated changes of state."));
    add(block(list + ".changes.*", "One change."));
    add(date(list + ".changes.*.date", "First day of the state."));
    add(word(list + ".changes.*.state", states, "New state."));
    add_notes(table, list + ".changes.*");
    add(quantity(list + ".owned", Dimension::kShare, "Further share of the blocks' base need held by firms that listed firms own by half or more.").bounds(0, 1).defaults("0 %").assumed("0 to 20 %", "assumption"));
    add(date(list + ".ownership_from", "First day on which the state reaches owned firms as well (50 % rule); never when absent.").optional());
    add(date(list + ".ownership_until", "First day on which it no longer does.").optional());
    add_notes(table, list);
    add(quantity("licensing.*.extra_review", Dimension::kWorkingDays, "A file of a suspended entity is decided this much later.").bounds(0, 1000).whole_number().defaults("20 wd").assumed("10 to 60 wd", "assumption"));
}

void add_clock(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(word("licensing.*.scope", {"shipment"}, "One licence per shipment; general licences are a block of their own.").defaults("shipment"));
    add(quantity("licensing.*.shipment_size", Dimension::kMass, "Largest quantity of one licence.").above(0).defaults("2 t").assumed("0.5 to 10 t", "assumption"));
    add(quantity("licensing.*.deadline", Dimension::kWorkingDays, "Statutory clock, in working days after submission.").bounds(0, 1000).whole_number().defaults("45 wd").assumed("", kRecord));
    add(word("licensing.*.deadline_mode", {"stop_clock", "hard", "none"}, "What happens on the deadline: hard forces a decision; stop_clock (a request for documents restarts the clock) and none force no decision, so files wait for throughput.").defaults("stop_clock"));
    add(quantity("licensing.*.minimum_review", Dimension::kWorkingDays, "No file is decided earlier after it reached the deciding desk.").bounds(0, 1000).whole_number().defaults("0 wd").assumed("0 to 20 wd", "assumption"));
    add(quantity("licensing.*.licence_lag", Dimension::kWorkingDays, "From grant to dispatch.").bounds(0, 250).whole_number().defaults("6 wd").assumed("0 to 10 wd", "assumption"));
    add(quantity("licensing.*.validity", Dimension::kDays, "A licence not used this long after it was issued lapses.").bounds(1, 3650).whole_number().defaults("180 d").assumed("180 d individual, 365 d general", kRecord));
    add(quantity("licensing.*.declared_lots", Dimension::kDays, "Lots declared before the control clear for this long.").bounds(0, 365).whole_number().defaults("4 d").assumed("3 to 7 d", kFitted));
    add(block("licensing.*.batch", "When ordered goods are filed."));
    add(quantity("licensing.*.batch.days", Dimension::kDays, "An unfinished batch is filed this long after its first lot.").bounds(0, 365).whole_number().defaults("14 d").assumed("7 to 30 d", "assumption"));
    add(quantity("licensing.*.batch.cover", Dimension::kDays, "Days of the link's base flow that fill a batch.").bounds(0, 365).defaults("30 d").assumed("15 to 60 d", "assumption"));
    add(quantity("licensing.*.held_cap", Dimension::kDays, "Days of the link's base flow that may wait with the authority; more where the rules and a batch take longer.").bounds(0, 3650).defaults("60 d").assumed("30 to 120 d", "assumption"));
    add(quantity("licensing.*.use_first", Dimension::kDays, "Days of the link's base flow that are granted before what anyone restocks; 0 d makes no difference between the two.").bounds(0, 365).defaults("30 d").assumed("14 to 60 d", "assumption"));
    add(quantity("licensing.*.returned", Dimension::kShare, "Probability that a file is returned at the counter for documents, before any desk works on it.").defaults("10 %").assumed("0 to 40 %", "assumption"));
    add(quantity("licensing.*.cost", Dimension::kPrice, "What an application costs, part of the landed cost that buyers compare.").bounds(0, 1e6).defaults("0 USD/kg").assumed("0 to 5 USD/kg", "assumption"));
    add(block("licensing.*.resubmit", "What happens to returned and refused files."));
    add(quantity("licensing.*.resubmit.after", Dimension::kWorkingDays, "Working days until it is submitted again.").bounds(0, 1000).whole_number().defaults("10 wd").assumed("5 to 20 wd", "assumption"));
    add(quantity("licensing.*.resubmit.probability", Dimension::kShare, "Probability that a refused file is filed again.").defaults("100 %").assumed("0 to 100 %", "assumption"));
    add(quantity("licensing.*.resubmit.pause", Dimension::kDays, "Days an exporter files nothing more for a client refused in principle, while that stands; 0 d asks again as after any refusal.").bounds(0, 3650).whole_number().defaults("0 d").assumed("0 to 365 d", "assumption"));
    add(count("licensing.*.resubmit.at_most", "Most times in a row a refused file is filed again; then its order is struck on both sides. 0 is no limit.").bounds(0, 1000).defaults("0"));
    add(quantity("licensing.*.customs_hold", Dimension::kDays, "Length of a customs hold on a look-alike lot.").bounds(0, 3650).defaults("45 d").assumed("30 to 60 d", kRecord));
    add(quantity("licensing.*.announced_wait", Dimension::kDays, "Wait buyers expect on the day the control is announced.").bounds(0, 3650).defaults("0 d"));
}

void add_decision(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    const std::string odds = "licensing.*.odds";
    add(block("licensing.*.end_use", "What is done with files by declared end use."));
    add(word("licensing.*.end_use.defense", {"refuse", "half", "civil", "posture"}, "Defense: refused in principle, half the approval of civil files, like civil files, or the posture's military approval.").defaults("refuse"));
    add(word("licensing.*.end_use.unknown", {"half", "refuse", "civil"}, "End use not named, see candour.withhold of buyers and importers.").defaults("half"));
    add(block(odds, "Numbers added to the log-odds of approval. An approval of 0 or 100 % stays what it is."));
    add(map_of(odds + ".sector", "By sector of the end user.").keys_of({"sectors"}));
    add(quantity(odds + ".sector.*", Dimension::kBare, "Log-odds for this sector.").bounds(-20, 20));
    add(map_of(odds + ".country", "By destination.").keys_of({"regions"}));
    add(quantity(odds + ".country.*", Dimension::kBare, "Log-odds for this destination.").bounds(-20, 20));
    add(quantity(odds + ".documents", Dimension::kBare, "Times the completeness of the documents (0 to 1) less a half.").bounds(-20, 20).defaults("0").assumed("0 to 4", "assumption").as("c_d"));
    add(quantity(odds + ".history", Dimension::kBare, "Times the share of the exporter's decided files for the client that were granted, less a half.").bounds(-20, 20).defaults("0").assumed("0 to 4", "assumption").as("c_h"));
}

void add_general(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    const std::string general = "licensing.*.general";
    Field whole = block(general, "General licences: one exporter, one named client, many shipments. None are granted when absent.");
    whole.presence = Presence::kOptional;
    add(whole);
    add(date(general + ".from", "First day one can be granted."));
    add(date(general + ".until", "First day none is granted any more.").optional());
    add(count(general + ".clean_grants", "Grants in a row, without a refusal, that make an exporter and a client eligible.").bounds(0, 10000).defaults("3").assumed("1 to 30", "assumption"));
    add(quantity(general + ".validity", Dimension::kDays, "Length of a general licence.").bounds(1, 3650).whole_number().defaults("365 d").assumed("", kRecord));
    add(quantity(general + ".cap", Dimension::kShare, "Quantity it covers, as a share of the link's base flow over its validity.").above(0).bounds(0, 100).defaults("100 %").assumed("50 to 130 %", "assumption"));
    add(quantity(general + ".largest_exporters", Dimension::kShare, "Only the largest sellers that together hold this share of the controlled flow.").above(0).bounds(0, 1).defaults("100 %"));
    add(quantity(general + ".signal", Dimension::kShare, "Risk a client with one still sees.").defaults("15 %").assumed("0 to 30 %", "assumption"));
    add_notes(table, general);
}

void add_disclosure(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    const std::string disclosure = "licensing.*.disclosure";
    add(block(disclosure, "What files tell the authority of the chain behind them; it forgets nothing when postures change."));
    add(word(disclosure + ".reveals", {"end_user", "nothing"}, "Whether a file names the end user.").defaults("end_user"));
    add(quantity(disclosure + ".discovers_route", Dimension::kShare, "Probability per decision that a hidden onward route of the declared importer is found; it then carries no more.").defaults("0 %").assumed("0.2 to 10 %", "assumption").as("q"));
    add(quantity(disclosure + ".discovers_defense", Dimension::kShare, "Probability per decision that an end user's defense clients are found.").defaults("0 %").assumed("0.2 to 10 %", "assumption").as("q"));
    add(quantity(disclosure + ".barred", Dimension::kDays, "Files of an importer found to re-export are refused for this long.").bounds(0, 3650).whole_number().defaults("180 d").assumed("90 to 365 d", "assumption"));
    add(word(disclosure + ".tainted", {"half", "refuse", "civil"}, "What is done with civil files of a user known to serve defense.").defaults("half"));
}
}  // namespace

void add_licensing_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("licensing", "Export controls under which a licence is needed."));
    add(block("licensing.*", "One export control: what is controlled, who decides and how."));
    add(text("licensing.*.title", "Name shown in tables."));
    add(reference("licensing.*.authority", {"regions"}, "Region whose authority grants the licences."));
    add_lists(table);
    add_notes(table, "licensing.*");
    add_clock(table);
    add_stages(table);
    add_postures(table);
    add_priorities(table);
    add_entities(table);
    add_decision(table);
    add_general(table);
    add_disclosure(table);
    add_regime_fields(table);
}

}  // namespace chokepoint::scenario

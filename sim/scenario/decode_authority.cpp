// Who decides and how: desks, priorities, listed entities, odds, general licences, disclosure.

#include "decode.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace chokepoint::scenario {

namespace {
EndUseRule end_use(const std::string& word)
{
    return word == "refuse"  ? EndUseRule::kRefuse
           : word == "half"  ? EndUseRule::kHalf
           : word == "posture" ? EndUseRule::kPosture
                               : EndUseRule::kCivil;
}

EntityState entity_state(const std::string& word)
{
    return word == "banned" ? EntityState::kBanned : word == "suspended" ? EntityState::kSuspended : word == "watch" ? EntityState::kWatch : EntityState::kNone;
}

// A first day and a first day after it; both may be absent.
void decode_window(const View& view, const char* first, const char* last, const DecodeContext& context, std::optional<core::Date>& from, std::optional<core::Date>& until)
{
    if (view.has(first)) from = view.date(first);
    if (view.has(last)) until = view.date(last);
    if (from && until && *until <= *from) context.error(view.path(last), fmt::format("is not after `{}`", first), "write a later date");
}

void decode_stages(const View& view, const DecodeContext& context, Licensing& out)
{
    view.each("stages", [&](const std::string& id, const View& at) {
        Stage stage;
        stage.id = id;
        stage.title = at.has("title") ? at.text("title") : id;
        stage.place = static_cast<int>(at.node("place").value);
        stage.throughput = decode_throughput(at.at("throughput"), context);
        stage.minimum_review_days = at.whole("minimum_review");
        stage.returned = at.number("returned");
        if (const auto found = context.tables.desk_calendars.find(at.path()); found != context.tables.desk_calendars.end()) stage.calendar = found->second;
        const auto same = std::find_if(out.stages.begin(), out.stages.end(), [&](const Stage& s) { return s.place == stage.place; });
        if (same != out.stages.end()) context.error(at.path("place"), fmt::format("{} already has place {}", same->id, stage.place), "give each desk a place of its own");
        out.stages.push_back(std::move(stage));
    });
    std::sort(out.stages.begin(), out.stages.end(), [](const Stage& a, const Stage& b) { return a.place < b.place; });
}

void decode_priorities(const View& view, const DecodeContext& context, const Scenario& scenario, Licensing& out)
{
    view.each("priorities", [&](const std::string& id, const View& at) {
        Priority priority;
        priority.id = id;
        priority.exporters = at.texts("exporters");
        priority.end_users = at.texts("end_users");
        priority.destinations = expand_regions(at.texts("destinations"), scenario);
        for (const std::string& word : at.texts("sectors")) priority.sectors.push_back(sector_of(word));
        priority.largest_exporters = at.number("largest_exporters");
        priority.largest_users = at.number("largest_users");
        decode_window(at, "from", "until", context, priority.from, priority.until);
        priority.weight = at.number("weight");
        priority.strict = at.flag("strict");
        if (out.priorities.size() == 32) context.error(at.path(), "is the 33rd group (32 are kept apart)", "remove one");
        out.priorities.push_back(std::move(priority));
    });
}

// "block/number" of a firm that exists.
void check_firm(const std::string& name, const View& at, const Scenario& scenario, const DecodeContext& context)
{
    std::vector<std::string> blocks;
    int firms = -1;
    const std::size_t slash = name.find('/');
    const std::string block = name.substr(0, slash);
    const auto look = [&](const auto& items) {
        for (const auto& item : items) {
            blocks.push_back(item.id);
            if (item.id == block) firms = static_cast<int>(std::max(1.0, item.firms * scenario.world.scale + 0.5));
        }
    };
    look(scenario.buyers);
    look(scenario.importers);
    if (firms < 0) return context.error(at.path("firms"), fmt::format("\"{}\" names no block of buyers or importers", block), core::did_you_mean(block, blocks, "blocks"));
    int number = -1;
    if (slash != std::string::npos) std::from_chars(name.data() + slash + 1, name.data() + name.size(), number);
    if (number < 0 || number >= firms)
        context.error(at.path("firms"), fmt::format("\"{}\" is no firm of the block, which has {}", name, firms), fmt::format("number its firms from 0, as in {}/0", block));
}

void decode_entities(const View& view, const DecodeContext& context, const Scenario& scenario, Licensing& out)
{
    view.each("entities", [&](const std::string& id, const View& at) {
        EntityList list;
        list.id = id;
        check_exactly_one(at, "users", "firms", context);
        list.users = at.texts("users");
        list.firms = at.texts("firms");
        for (const std::string& name : list.firms) check_firm(name, at, scenario, context);
        list.share = at.number("share");
        list.state = entity_state(at.text("state"));
        at.each("changes", [&](const std::string&, const View& change) { list.changes.push_back({change.date("date"), entity_state(change.text("state"))}); });
        std::stable_sort(list.changes.begin(), list.changes.end(), [](const EntityChange& a, const EntityChange& b) { return a.date < b.date; });
        list.owned = at.number("owned");
        decode_window(at, "ownership_from", "ownership_until", context, list.ownership_from, list.ownership_until);
        out.entities.push_back(std::move(list));
    });
}

void decode_decision(const View& view, Licensing& out)
{
    out.extra_review_days = view.whole("extra_review");
    out.defense = end_use(view.at("end_use").text("defense"));
    out.unknown = end_use(view.at("end_use").text("unknown"));
    const View odds = view.at("odds");
    for (const auto& [word, value] : named_numbers(odds, "sector")) out.odds.sector.emplace_back(sector_of(word), value);
    out.odds.country = named_numbers(odds, "country");
    out.odds.documents = odds.number("documents");
    out.odds.history = odds.number("history");
    const View disclosure = view.at("disclosure");
    out.disclosure = {disclosure.text("reveals") != "nothing", disclosure.number("discovers_route"), disclosure.number("discovers_defense"), disclosure.whole("barred"),
                      end_use(disclosure.text("tainted"))};
}

void decode_general(const View& view, const DecodeContext& context, Licensing& out)
{
    if (!view.has("general")) return;
    const View at = view.at("general");
    GeneralLicence& general = out.general;
    general.on = true;
    general.from = at.date("from");
    if (at.has("until")) general.until = at.date("until");
    if (general.until && *general.until <= general.from) context.error(at.path("until"), "is not after `from`", "write a later date");
    general.clean_grants = static_cast<int>(at.node("clean_grants").value);
    general.validity = at.number("validity");
    general.cap = at.number("cap");
    general.largest_exporters = at.number("largest_exporters");
    general.signal = at.number("signal");
}
}  // namespace

Throughput decode_throughput(const View& view, const DecodeContext& context)
{
    Throughput out;
    const std::string mode = view.text("mode");
    out.mode = mode == "files" ? ThroughputMode::kFiles : ThroughputMode::kTonnage;
    out.unlimited = mode == "unlimited";
    out.normalised_calendar = view.text("calendar") == "normalised";
    out.files_per_reviewer_day = view.number("per_reviewer");
    const char* wanted = mode == "files" ? "reviewers" : "level";
    const char* unwanted = mode == "files" ? "level" : "reviewers";
    view.each("levels", [&](const std::string&, const View& level) {
        if (level.has(unwanted)) context.error(level.path(unwanted), fmt::format("does not go with mode {}", mode), fmt::format("give {}:", wanted));
        else if (!level.has(wanted)) context.error(level.path(), fmt::format("has no {}", wanted), fmt::format("add {}:", wanted));
        else out.levels.push_back({level.date("date"), level.number(wanted)});
    });
    const bool has_levels = view.has("levels") && !view.node("levels").entries.empty();
    if (out.unlimited && has_levels) context.error(view.path("levels"), "mode unlimited has no levels", "remove them, or write mode: tonnage");
    if (!out.unlimited && !has_levels) context.error(view.path(), "has no levels, so nothing would ever be granted", "add levels:, or write mode: unlimited");
    std::stable_sort(out.levels.begin(), out.levels.end(), [](const LevelChange& a, const LevelChange& b) { return a.date < b.date; });
    return out;
}

void decode_authority(const View& view, const DecodeContext& context, const Scenario& scenario, Licensing& out)
{
    out.throughput = decode_throughput(view.at("throughput"), context);
    decode_stages(view, context, out);
    decode_priorities(view, context, scenario, out);
    decode_entities(view, context, scenario, out);
    decode_decision(view, out);
    decode_general(view, context, out);
}

}  // namespace chokepoint::scenario

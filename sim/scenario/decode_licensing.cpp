// Export controls: what they cover, their clock, throughput and postures.

#include "decode.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {
EndUseRule end_use(const std::string& word)
{
    return word == "refuse" ? EndUseRule::kRefuse : word == "half" ? EndUseRule::kHalf : EndUseRule::kCivil;
}

DeadlineMode deadline_mode(const std::string& word)
{
    return word == "hard" ? DeadlineMode::kHard : word == "none" ? DeadlineMode::kNone : DeadlineMode::kStopClock;
}

bool shares_element(const Product& product, const std::vector<std::string>& elements)
{
    return std::any_of(elements.begin(), elements.end(), [&](const std::string& e) {
        return std::find(product.controlled_elements.begin(), product.controlled_elements.end(), e) != product.controlled_elements.end();
    });
}

std::vector<std::string> controlled_products(const View& view, const Scenario& scenario, const DecodeContext& context)
{
    const std::vector<std::string> elements = view.texts("controls");
    std::vector<std::string> by_element;
    for (const Product& product : scenario.products)
        if (shares_element(product, elements)) by_element.push_back(product.id);
    if (!elements.empty() && by_element.empty()) {
        std::vector<std::string> known;
        for (const Product& product : scenario.products)
            for (const std::string& element : product.controlled_elements)
                if (std::find(known.begin(), known.end(), element) == known.end()) known.push_back(element);
        context.error(view.path("controls"), "no product contains any of these elements", core::did_you_mean(elements.front(), known, "elements of products"));
    }
    if (elements.empty() && !view.has("products"))
        context.error(view.path(), "controls nothing", "add controls: or products:");
    std::vector<std::string> out = view.texts("products");
    for (const std::string& product : by_element)
        if (std::find(out.begin(), out.end(), product) == out.end()) out.push_back(product);
    return out;
}

void decode_clock(const View& view, Licensing& out)
{
    out.shipment_size = view.number("shipment_size");
    out.deadline_days = view.whole("deadline");
    out.deadline_mode = deadline_mode(view.text("deadline_mode"));
    out.minimum_review_days = view.whole("minimum_review");
    out.licence_lag_days = view.whole("licence_lag");
    out.declared_lot_days = view.whole("declared_lots");
    out.batch_days = view.at("batch").whole("days");
    out.batch_cover = view.at("batch").number("cover");
    out.held_cap = view.number("held_cap");
    out.defense = end_use(view.at("end_use").text("defense"));
    out.unknown = end_use(view.at("end_use").text("unknown"));
    out.returned = view.number("returned");
    out.resubmit_days = view.at("resubmit").whole("after");
    out.resubmit = view.at("resubmit").number("probability");
    out.customs_hold_days = view.number("customs_hold");
    out.announcement_wait = view.number("announced_wait");
}

void decode_throughput(const View& view, const DecodeContext& context, Licensing& out)
{
    const std::string mode = view.text("mode");
    out.throughput_mode = mode == "files" ? ThroughputMode::kFiles : ThroughputMode::kTonnage;
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
}

std::string known_posture(const View& view, std::string_view key, const Licensing& control, const DecodeContext& context)
{
    const std::string name = view.text(key);
    std::vector<std::string> ids;
    for (const Posture& posture : control.postures) ids.push_back(posture.id);
    if (std::find(ids.begin(), ids.end(), name) == ids.end())
        context.error(view.path(key), fmt::format("\"{}\" is no posture of {}", name, control.id), core::did_you_mean(name, ids, "postures"));
    return name;
}

Toward decode_toward(const std::string& region, const View& view)
{
    Toward out{region, view.text("posture"), {}};
    view.each("changes", [&](const std::string&, const View& change) { out.changes.push_back({change.date("date"), change.text("posture")}); });
    std::stable_sort(out.changes.begin(), out.changes.end(), [](const PostureChange& a, const PostureChange& b) { return a.date < b.date; });
    return out;
}

void decode_postures(const View& view, const Scenario& scenario, const DecodeContext& context, Licensing& out)
{
    view.each("postures", [&](const std::string& id, const View& at) {
        out.postures.push_back({id, at.number("weight"), at.number("approval"), at.number("hold"), at.number("signal")});
    });
    const View toward = view.at("toward");
    view.each("toward", [&](const std::string& id, const View& at) {
        known_posture(at, "posture", out, context);
        at.each("changes", [&](const std::string&, const View& change) { known_posture(change, "posture", out, context); });
        if (id == out.authority) context.error(at.path(), "is the region of the authority itself", "name a destination");
    });
    for (const auto& [region, by] : most_specific(toward, out.authority, scenario, context)) {
        if (by.empty())
            context.error(toward.path(), fmt::format("says nothing about {}", region), fmt::format("add {}: or other:", region));
        else
            out.toward.push_back(decode_toward(region, toward.at(by)));
    }
}
}  // namespace

void decode_licensing(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("licensing", [&](const std::string& id, const View& view) {
        Licensing control;
        control.id = id;
        control.title = view.has("title") ? view.text("title") : id;
        control.authority = view.text("authority");
        control.products = controlled_products(view, out, context);
        control.from = view.date("from");
        if (view.has("until")) {
            control.until = view.date("until");
            if (*control.until <= control.from) context.error(view.path("until"), "is not after `from`", "write a later date");
        }
        decode_clock(view, control);
        decode_throughput(view.at("throughput"), context, control);
        decode_postures(view, out, context, control);
        out.licensing.push_back(std::move(control));
    });
}

void decode_rules(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("rules", [&](const std::string& id, const View& view) {
        Rule rule;
        rule.id = id;
        const View when = view.at("when");
        rule.tariff = when.text("tariff");
        rule.above = when.number("above");
        rule.for_days = when.whole("for");
        const View then = view.at("then");
        rule.licensing = then.text("licensing");
        rule.after_working_days = then.whole("after");
        const auto control = std::find_if(out.licensing.begin(), out.licensing.end(), [&](const Licensing& l) { return l.id == rule.licensing; });
        const View toward = then.at("toward");
        for (const Entry& entry : toward.self().entries) known_posture(toward, entry.key, *control, context);
        for (const auto& [region, by] : most_specific(toward, control->authority, out, context)) {
            if (by.empty()) continue;
            rule.toward.push_back(region);
            rule.then.push_back({{}, toward.text(by)});
        }
        out.rules.push_back(std::move(rule));
    });
}

}  // namespace chokepoint::scenario

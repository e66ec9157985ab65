// Flags, commitments and rules: what is watched, what follows, and how it is taken back.

#include "decode.hpp"
#include "chokepoint/core/plain.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint::scenario {

namespace {
using Kind = Condition::Kind;

constexpr std::array kIndicators{std::pair{"tariff", Kind::kTariff}, std::pair{"shortage", Kind::kShortage}, std::pair{"granted", Kind::kGranted},
                                 std::pair{"price", Kind::kPrice}, std::pair{"flag", Kind::kFlag}};

void check_order(const View& view, const DecodeContext& context)
{
    if (view.has("from") && view.has("until") && view.date("until") <= view.date("from"))
        context.error(view.path("until"), "is not after `from`", "write a later date");
}

// The indicator a condition names, or null. Of two the one written last is the fault.
const char* indicator_of(const View& view, const DecodeContext& context, Condition& out)
{
    const char* first = nullptr;
    const char* last = nullptr;
    for (const auto& [key, kind] : kIndicators) {
        if (!view.has(key)) continue;
        out.kind = kind;
        if (first == nullptr || view.self().entry(key) < view.self().entry(first)) first = key;
        if (last == nullptr || view.self().entry(key) > view.self().entry(last)) last = key;
    }
    if (first != last) context.error(view.path(last), fmt::format("stands beside {}", first), "move it to a condition of its own under all:");
    return first == last ? first : nullptr;
}

void decode_level(const View& view, const char* indicator, const DecodeContext& context, Condition& out)
{
    const bool compares = out.kind != Kind::kFlag && out.kind != Kind::kDates;
    if (!compares) {
        for (const char* key : {"above", "below", "hysteresis"})
            if (view.has(key)) context.error(view.path(key), indicator == nullptr ? "has no indicator to compare" : fmt::format("does not go with {}", indicator), "remove it, or name tariff:, shortage:, granted: or price:");
        return;
    }
    check_exactly_one(view, "above", "below", context);
    if (view.has("above") == view.has("below")) return;
    const char* key = view.has("above") ? "above" : "below";
    out.below = view.has("below");
    out.level = view.number(key);
    const bool is_share = out.kind == Kind::kShortage || out.kind == Kind::kGranted;
    const bool never = out.below ? out.level <= 0 : out.level >= 1;
    if (is_share && (never || out.level > 1))
        context.error(view.path(key), fmt::format("a share is {} {} {} %", never ? "never" : "always", key, core::plain(out.level * 100, 6)), "write a level between 0 % and 100 %");
    if (!view.has("hysteresis")) return;
    out.hysteresis = view.number("hysteresis");
    if (out.below ? *out.hysteresis < out.level : *out.hysteresis > out.level)
        context.error(view.path("hysteresis"), fmt::format("is {} the level of `{}`, so the condition would be over while it holds", out.below ? "below" : "above", key),
                      fmt::format("write \"{:.12g} %\", or a level on the other side of it", out.level * 100));
}

bool among(const std::vector<std::string>& names, const std::string& id) { return std::find(names.begin(), names.end(), id) != names.end(); }

void decode_shortage(const View& view, const Scenario& scenario, const DecodeContext& context, Condition& out)
{
    const auto named = view.texts("buyers");
    const auto regions = expand_regions(view.texts("region"), scenario);
    out.products = expand_products(view.texts("products"), scenario);
    out.window = view.whole("over");
    for (const Buyer& buyer : scenario.buyers) {
        if (!named.empty() && !among(named, buyer.id)) continue;
        if (view.has("sector") && view.text("sector") != sector_name(buyer.sector)) continue;
        if (!regions.empty() && !among(regions, buyer.region)) continue;
        out.buyers.push_back(buyer.id);
    }
    if (out.buyers.empty()) context.error(view.path(), "no buyer group is all of this", "leave out one of buyers:, sector: and region:");
}

void decode_granted(const View& view, const Scenario& scenario, Condition& out)
{
    out.subject = view.text("licensing");
    out.window = view.whole("over");
    out.toward = expand_regions(view.texts("toward"), scenario);
    if (!out.toward.empty()) return;
    const auto control = std::find_if(scenario.licensing.begin(), scenario.licensing.end(), [&](const Licensing& l) { return l.id == out.subject; });
    for (const Toward& toward : control->toward) out.toward.push_back(toward.region);
}

void decode_price(const View& view, const Scenario& scenario, const DecodeContext& context, Condition& out)
{
    out.subject = view.text("price");
    out.origin = view.text("origin");
    if (out.origin.empty()) return;
    const auto makes = [&](const Producer& p) { return p.region == out.origin && among(expand_products({p.makes}, scenario), out.subject); };
    if (std::none_of(scenario.producers.begin(), scenario.producers.end(), makes))
        context.error(view.path("origin"), fmt::format("nobody in {} makes {}", out.origin, out.subject), "name a region that does, or leave it out for the price outside");
    else if (!among(scenario.output.exports_of, out.origin))
        context.error(view.path("origin"), fmt::format("no price of {} is published", out.origin), fmt::format("add {} to output.exports_of", out.origin));
}

// What only goes with one indicator.
void check_companions(const View& view, const DecodeContext& context, const Condition& condition)
{
    if (view.has("origin") && condition.kind != Kind::kPrice) context.error(view.path("origin"), "goes with price alone", "remove it, or name price:");
    if (view.text("is") == "lowered" && condition.kind != Kind::kFlag) context.error(view.path("is"), "goes with flag alone", "remove it, or name flag:");
}

bool says_something(const View& view)
{
    const bool names = std::any_of(kIndicators.begin(), kIndicators.end(), [&](const auto& i) { return view.has(i.first); });
    return names || view.has("from") || view.has("until") || view.has("above") || view.has("below") || view.has("hysteresis");
}

Condition decode_condition(const View& view, const Scenario& scenario, const DecodeContext& context)
{
    Condition out;
    out.path = view.path();
    const std::size_t before = context.report.errors();
    const char* indicator = indicator_of(view, context, out);
    if (context.report.errors() > before) return out;
    if (!says_something(view)) context.error(view.path(), "names nothing to watch", "add tariff:, shortage:, granted:, price:, flag:, from: or until:");
    decode_level(view, indicator, context, out);
    check_companions(view, context, out);
    if (out.kind == Kind::kTariff) out.subject = view.text("tariff");
    if (out.kind == Kind::kShortage) decode_shortage(view.at("shortage"), scenario, context, out);
    if (out.kind == Kind::kGranted) decode_granted(view.at("granted"), scenario, out);
    if (out.kind == Kind::kPrice) decode_price(view, scenario, context, out);
    if (out.kind == Kind::kFlag) {
        out.subject = view.text("flag");
        out.lowered = view.text("is") == "lowered";
    }
    out.for_days = view.whole("for");
    if (view.has("from")) out.from = view.date("from");
    if (view.has("until")) out.until = view.date("until");
    check_order(view, context);
    return out;
}

void decode_when(const View& view, const Scenario& scenario, const DecodeContext& context, Rule& out)
{
    const bool has_more = view.has("all") && !view.node("all").entries.empty();
    if (says_something(view) || !has_more) out.when.push_back(decode_condition(view, scenario, context));
    view.each("all", [&](const std::string&, const View& at) { out.when.push_back(decode_condition(at, scenario, context)); });
}

RuleStep decode_step(const std::string& id, const View& view, const Licensing* control, const Scenario& scenario, const DecodeContext& context)
{
    RuleStep out;
    out.id = id;
    out.after = view.whole("after");
    out.raise = view.texts("raise");
    out.lower = view.texts("lower");
    for (const std::string& flag : out.lower)
        if (among(out.raise, flag)) context.error(view.path("lower"), fmt::format("{} is raised by the same step", flag), "keep one of the two");
    const bool has_toward = view.has("toward") && !view.node("toward").entries.empty();
    if (!has_toward && out.raise.empty() && out.lower.empty()) context.error(view.path(), "changes nothing", "add toward:, raise: or lower:");
    if (!has_toward) return out;
    const View toward = view.at("toward");
    if (control == nullptr) {
        context.error(toward.path(), "changes postures of no control", "add licensing: to `then`");
        return out;
    }
    for (const Entry& entry : toward.self().entries) known_posture(toward, entry.key, *control, context);
    for (const auto& [region, by] : most_specific(toward, control->authority, scenario, context)) {
        if (by.empty()) continue;
        out.toward.push_back(region);
        out.postures.push_back(toward.text(by));
        out.keys.push_back(by);
    }
    return out;
}

void decode_actions(const View& view, const Scenario& scenario, const DecodeContext& context, Rule& out)
{
    const View then = view.at("then");
    out.licensing = then.text("licensing");
    out.by = then.text("by");
    const auto found = std::find_if(scenario.licensing.begin(), scenario.licensing.end(), [&](const Licensing& l) { return l.id == out.licensing; });
    const Licensing* control = found == scenario.licensing.end() ? nullptr : &*found;
    if (control != nullptr && then.has("by")) context.error(then.path("by"), "stands beside licensing, whose authority counts the days", "remove it");
    if (control != nullptr) out.by = control->authority;
    out.then = decode_step("then", then, control, scenario, context);
    if (control != nullptr && !then.has("toward") && !view.has("restored"))
        context.error(then.path("licensing"), "no posture of it changes", "add toward:, or write by: with a region");
    view.each("restored", [&](const std::string& id, const View& at) { out.restored.push_back(decode_step(id, at, control, scenario, context)); });
    std::stable_sort(out.restored.begin(), out.restored.end(), [](const RuleStep& a, const RuleStep& b) { return a.after < b.after; });
    const bool waits = out.then.after > 0 || (!out.restored.empty() && out.restored.back().after > 0);
    if (out.by.empty() && waits) context.error(then.path(), "counts working days of no calendar", "add by: with a region");
}

void decode_commitment(const std::string& id, const View& view, const DecodeContext& context, Scenario& out)
{
    Commitment commitment{id, view.text("text"), view.text("reading"), view.date("date"), {}, {}};
    std::vector<std::string> readings;
    bool found = false;
    view.each("readings", [&](const std::string& name, const View& reading) {
        readings.push_back(name);
        if (name != commitment.reading) {
            for (const std::string& flag : reading.texts("flag")) commitment.of_other_readings.push_back(flag);
            return;
        }
        found = true;
        commitment.raise = reading.texts("flag");
    });
    if (!found) context.error(view.path("reading"), fmt::format("\"{}\" is none of the readings", commitment.reading), core::did_you_mean(commitment.reading, readings, "readings"));
    out.commitments.push_back(std::move(commitment));
}
}  // namespace

void decode_rules(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("flags", [&](const std::string& id, const View& view) {
        Flag flag{id, {}, {}};
        if (view.has("from")) flag.from = view.date("from");
        if (view.has("until")) flag.until = view.date("until");
        check_order(view, context);
        out.flags.push_back(flag);
    });
    top.each("commitments", [&](const std::string& id, const View& view) { decode_commitment(id, view, context, out); });
    top.each("rules", [&](const std::string& id, const View& view) {
        Rule rule;
        rule.id = id;
        decode_when(view.at("when"), out, context, rule);
        decode_actions(view, out, context, rule);
        if (view.has("at_most")) rule.at_most = view.whole("at_most");
        out.rules.push_back(std::move(rule));
    });
}

}  // namespace chokepoint::scenario

// Covert routes and the steps against them.

#include "decode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {
template <typename T>
const T* find_id(const std::vector<T>& all, const std::string& id)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& t) { return t.id == id; });
    return found == all.end() ? nullptr : &*found;
}

bool has(const std::vector<std::string>& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

// An importer block may bear the name of a region, so the kind of the route decides which is meant.
// Returns whether the place makes sense.
bool decode_via(const View& view, const Scenario& scenario, const DecodeContext& context, Route& out)
{
    const std::string via = view.text("via");
    if (out.kind == RouteKind::kUndeclared) {
        const bool known = via.empty() || find_id(scenario.regions, via) != nullptr;
        if (!known) context.error(view.path("via"), fmt::format("{} is an importer block (undeclared goods pass a region)", via), "name a region, or write kind: reexport");
        out.via = via;
        return known;
    }
    if (via.empty()) {
        context.error(view.path(), "a reexport has no via", "add via: with an importer block");
        return false;
    }
    const Importer* importer = find_id(scenario.importers, via);
    if (importer == nullptr) {
        context.error(view.path("via"), fmt::format("{} is a region (an importer block sends goods on)", via), "name an importer block, or write kind: undeclared");
        return false;
    }
    out.importer = via;
    out.via = importer->region;
    const std::vector<std::string> trades = expand_products(importer->trades, scenario);
    for (const std::string& product : out.products)
        if (!has(trades, product)) context.error(view.path("products"), fmt::format("{} does not trade {}", via, product), fmt::format("name what it trades, or add {} to its trades", product));
    return true;
}

void check_places(const View& view, const DecodeContext& context, const Route& route)
{
    if (has(route.to, route.from)) context.error(view.path("to"), fmt::format("{} is the origin itself", route.from), "name a destination");
    if (route.via.empty()) {
        if (route.declares_via) context.error(view.path("declares"), "there is no via whose origin could be declared", "write \"origin\"");
        return;
    }
    if (route.via == route.from) context.error(view.path("via"), fmt::format("goods would pass {}, the origin itself", route.from), "name another place, or remove it");
    if (has(route.to, route.via)) context.error(view.path("to"), fmt::format("goods pass {} already", route.via), "name another destination");
}

void decode_flow(const View& view, const DecodeContext& context, Route& out)
{
    if (view.has("onset")) out.onset = view.date("onset");
    if (view.has("delay")) out.delay_days = view.whole("delay");
    if (view.has("onset") && view.has("delay")) context.error(view.path("delay"), "stands beside onset", "give one of the two (onset: null removes the other)");
    out.ramp_days = view.whole("ramp");
    if (view.has("capacity")) out.capacity = view.number("capacity");
    if (view.has("share")) out.share = view.number("share");
    check_exactly_one(view, "capacity", "share", context);
    out.cost = view.number("cost");
    out.scale = view.number("scale");
    if (view.has("transit")) out.transit_days = view.whole("transit");
}

void decode_risk(const View& view, Route& out)
{
    out.lot_size = view.at("lot").number("size");
    out.lot_effect = view.at("lot").number("effect");
    const View detection = view.at("detection");
    out.detection = detection.number("lot");
    out.detection_volume = detection.number("volume");
    out.discovers = detection.flag("discovers");
    out.penalty = view.number("penalty");
    out.barred_days = view.whole("barred");
}

void decode_step(const std::string& id, const View& view, const DecodeContext& context, Scenario& out)
{
    Enforcement step;
    step.id = id;
    step.by = view.text("by");
    step.from = view.date("from");
    step.undeclared = view.text("on") != "reexport";
    step.reexport = view.text("on") != "undeclared";
    if (view.has("detection")) step.detection = view.number("detection");
    if (view.has("factor")) step.factor = view.number("factor");
    check_exactly_one(view, "detection", "factor", context);
    const auto acts = [&](const Route& route) {
        return route.from == step.by && (route.kind == RouteKind::kUndeclared ? step.undeclared : step.reexport);
    };
    if (!out.routes.empty() && std::none_of(out.routes.begin(), out.routes.end(), acts))
        context.error(view.path(), fmt::format("acts on no route (none of this kind comes from {})", step.by), "name the origin of a route, or write on: all");
    out.enforcement.push_back(std::move(step));
}
}  // namespace

void decode_routes(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("routes", [&](const std::string& id, const View& view) {
        Route route;
        route.id = id;
        route.title = view.has("title") ? view.text("title") : id;
        route.kind = view.text("kind") == "reexport" ? RouteKind::kReexport : RouteKind::kUndeclared;
        route.from = view.text("from");
        route.to = expand_regions(view.texts("to"), out);
        route.products = expand_products(view.texts("products"), out);
        route.declares_via = view.text("declares") == "via";
        if (decode_via(view, out, context, route)) check_places(view, context, route);
        decode_flow(view, context, route);
        decode_risk(view, route);
        out.routes.push_back(std::move(route));
    });
    top.each("enforcement", [&](const std::string& id, const View& view) { decode_step(id, view, context, out); });
}

}  // namespace chokepoint::scenario

// Regions, groups, products, families, lanes.

#include "decode.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {
std::string title_or_id(const View& view, const std::string& id)
{
    return view.has("title") ? view.text("title") : id;
}

template <typename T>
std::vector<T> table_of(const std::map<std::string, std::vector<T>>& tables, const std::string& id)
{
    const auto found = tables.find(id);
    return found == tables.end() ? std::vector<T>{} : found->second;
}

void decode_regions(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("regions", [&](const std::string& id, const View& view) {
        Region region{id, title_or_id(view, id), {}, false};
        if (const auto found = context.tables.calendars.find(id); found != context.tables.calendars.end()) {
            region.calendar = found->second;
            region.has_calendar = true;
        }
        out.regions.push_back(std::move(region));
    });
    top.each("region_groups", [&](const std::string& id, const View& view) {
        RegionGroup group{id, {}};
        for (const Node& item : view.self().items) group.regions.push_back(item.text);
        if (std::any_of(out.regions.begin(), out.regions.end(), [&](const Region& r) { return r.id == id; }))
            context.error(view.path(), "a group cannot have the id of a region", "rename the group");
        out.region_groups.push_back(std::move(group));
    });
}

void decode_products(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("products", [&](const std::string& id, const View& view) {
        Product product{id, title_or_id(view, id), view.text("hs"), view.number("price"), view.text("form"), named_numbers(view, "elements"), view.flag("look_alike")};
        double content = 0;
        for (const auto& [element, share] : product.elements) content += share;
        if (content > 1 + 1e-9)
            context.error(view.path("elements"), fmt::format("the contents add up to {} %, above the whole", core::plain(content * 100)), "lower one of them");
        out.products.push_back(std::move(product));
    });
}

void decode_families(const View& top, const DecodeContext& context, Scenario& out)
{
    std::vector<std::string> taken;
    top.each("families", [&](const std::string& id, const View& view) {
        Family family;
        family.id = id;
        family.title = title_or_id(view, id);
        family.controlled = view.text("controlled");
        family.look_alike = view.text("look_alike");
        family.look_alike_share = view.number("look_alike_share");
        family.sector_factor = named_numbers(view, "by_sector");
        family.region_factor = named_numbers(view, "by_region");
        family.flows = table_of(context.tables.flows, id);
        family.margins = table_of(context.tables.margins, id);
        if (std::any_of(out.products.begin(), out.products.end(), [&](const Product& p) { return p.id == id; }))
            context.error(view.path(), "a trade table cannot have the id of a product", "rename the trade table");
        if (family.look_alike == family.controlled)
            context.error(view.path("look_alike"), "is the same product as controlled", "remove it");
        for (const char* key : {"controlled", "look_alike"}) {
            if (!view.has(key)) continue;
            if (std::find(taken.begin(), taken.end(), view.text(key)) != taken.end() && view.text(key) != (std::string_view(key) == "look_alike" ? family.controlled : ""))
                context.error(view.path(key), fmt::format("{} already has a trade table", view.text(key)), "keep one trade table per product");
            taken.push_back(view.text(key));
        }
        if (family.look_alike.empty() && !view.node("look_alike_share").from_table)
            context.error(view.path("look_alike_share"), "there is no look_alike product to have a share", "add look_alike:, or remove the share");
        out.families.push_back(std::move(family));
    });
}

void decode_lanes(const View& top, const DecodeContext& context, Scenario& out)
{
    const View transit = top.at("transit");
    const int fallback = transit.whole("default");
    const int domestic = transit.whole("domestic");
    const double noise = transit.number("noise");
    const double freight = transit.number("freight");
    int air = 0;
    if (transit.has("air")) {
        const View flights = transit.at("air");
        air = flights.whole("days");
        out.air_below = flights.number("below");
        out.air_premium = flights.number("premium");
    }
    const auto& lanes = context.tables.lanes;
    bool flown = false;
    for (const Region& origin : out.regions) {
        for (const Region& destination : out.regions) {
            int days = origin.id == destination.id ? domestic : fallback;
            if (const auto way = lanes.find({origin.id, destination.id}); way != lanes.end())
                days = way->second;
            else if (const auto back = lanes.find({destination.id, origin.id}); back != lanes.end())
                days = back->second;
            const bool flies = air > 0 && origin.id != destination.id && air < days;
            flown = flown || flies;
            out.lanes.push_back({origin.id, destination.id, days, noise, flies ? air : 0, origin.id == destination.id ? 0 : freight});
        }
    }
    if (air > 0 && !flown)
        context.error(transit.path("air.days"), "no lane between regions takes longer", "write fewer days, or remove air");
}
}  // namespace

void decode_places(const View& top, const DecodeContext& context, Scenario& out)
{
    decode_regions(top, context, out);
    decode_products(top, context, out);
    decode_families(top, context, out);
    decode_lanes(top, context, out);
}

}  // namespace chokepoint::scenario

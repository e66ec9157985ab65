#include "decode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::scenario {

const char* sector_name(Sector sector)
{
    switch (sector) {
    case Sector::kAutomotive: return "automotive";
    case Sector::kDefense: return "defense";
    case Sector::kElectronics: return "electronics";
    case Sector::kWind: return "wind";
    case Sector::kIndustrial: return "industrial";
    case Sector::kMedical: return "medical";
    case Sector::kOther: return "other";
    }
    return "other";
}

Sector sector_of(std::string_view name)
{
    for (int i = 0; i < kSectorCount; ++i)
        if (name == sector_name(static_cast<Sector>(i))) return static_cast<Sector>(i);
    return Sector::kOther;
}

std::vector<std::string> View::texts(std::string_view key) const
{
    std::vector<std::string> out;
    if (!has(key)) return out;
    for (const Node& item : node(key).items) out.push_back(item.text);
    return out;
}

std::vector<std::pair<std::string, double>> named_numbers(const View& view, std::string_view key)
{
    std::vector<std::pair<std::string, double>> out;
    view.each(key, [&](const std::string& id, const View& value) { out.emplace_back(id, value.number(value.self())); });
    return out;
}

namespace {
void add_once(std::vector<std::string>& out, const std::string& id)
{
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
}

const RegionGroup* find_group(const Scenario& scenario, const std::string& id)
{
    for (const RegionGroup& group : scenario.region_groups)
        if (group.id == id) return &group;
    return nullptr;
}
}  // namespace

std::vector<std::string> expand_regions(const std::vector<std::string>& names, const Scenario& scenario)
{
    std::vector<std::string> out;
    for (const std::string& name : names) {
        if (const RegionGroup* group = find_group(scenario, name)) {
            for (const std::string& region : group->regions) add_once(out, region);
        } else if (name != "other") {
            add_once(out, name);
        }
    }
    return out;
}

std::vector<std::string> expand_products(const std::vector<std::string>& names, const Scenario& scenario)
{
    std::vector<std::string> out;
    for (const std::string& name : names) {
        const auto family = std::find_if(scenario.families.begin(), scenario.families.end(), [&](const Family& f) { return f.id == name; });
        if (family == scenario.families.end()) {
            add_once(out, name);
            continue;
        }
        add_once(out, family->controlled);
        if (!family->look_alike.empty()) add_once(out, family->look_alike);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> most_specific(const View& toward, const std::string& except, const Scenario& scenario,
                                                               const DecodeContext& context)
{
    std::vector<std::pair<std::string, std::string>> out;
    for (const Region& region : scenario.regions) {
        if (region.id == except) continue;
        std::string by;
        if (toward.has(region.id)) {
            by = region.id;
        } else {
            for (const RegionGroup& group : scenario.region_groups) {
                if (!toward.has(group.id) || std::find(group.regions.begin(), group.regions.end(), region.id) == group.regions.end()) continue;
                if (!by.empty())
                    context.error(toward.path(group.id), fmt::format("{} is in two groups named here, {} and {}", region.id, by, group.id),
                                  fmt::format("name {} itself as well", region.id));
                by = group.id;
            }
            if (by.empty() && toward.has("other")) by = "other";
        }
        out.emplace_back(region.id, by);
    }
    return out;
}

void check_exactly_one(const View& view, const char* a, const char* b, const DecodeContext& context)
{
    const Entry* first = view.self().entry(a);
    const Entry* second = view.self().entry(b);
    if ((first == nullptr) != (second == nullptr)) return;
    if (first == nullptr)
        context.error(view.path(), fmt::format("has neither {} nor {}", a, b), "give exactly one of the two");
    else
        context.error(view.path(first < second ? b : a), fmt::format("stands beside {}", first < second ? a : b), fmt::format("give exactly one of the two ({}: null removes the other)", first < second ? a : b));
}

namespace {
void decode_frame(const View& top, Scenario& out)
{
    out.name = top.text("name");
    out.title = top.has("title") ? top.text("title") : out.name;
    out.question = top.text("question");
    out.sources = top.texts("sources");
    out.seed = read_count(top.text("seed")).value_or(1);
    out.time = {top.at("time").date("start"), top.at("time").whole("horizon")};
    const View world = top.at("world");
    out.world.scale = world.number("scale");
    const auto& suppliers = world.node("suppliers").items;
    out.world.suppliers_min = static_cast<int>(suppliers.front().value);
    out.world.suppliers_max = static_cast<int>(suppliers.back().value);
    out.ensemble.members = top.at("ensemble").whole("members");
}

void decode_output(const View& top, const DecodeContext& context, Scenario& out)
{
    const View output = top.at("output");
    out.output.members_daily = output.text("members") == "daily";
    for (const Node& item : output.node("quantiles").items) out.output.quantiles.push_back(item.value);
    if (!std::is_sorted(out.output.quantiles.begin(), out.output.quantiles.end(), std::less_equal<>{}))
        context.error("output.quantiles", "the quantiles do not ascend", "put the smallest first, each once");
    out.output.exports_of = output.texts("exports_of");
    if (out.output.exports_of.empty())
        for (const Licensing& control : out.licensing) add_once(out.output.exports_of, control.authority);
}

void check_suppliers(const View& top, const DecodeContext& context)
{
    const auto& items = top.at("world").node("suppliers").items;
    if (items.size() != 2 || items.front().value > items.back().value)
        context.error("world.suppliers", "wants the fewest and the most suppliers", "write \"[1, 3]\"");
}
}  // namespace

Scenario decode(const Node& root, const Tables& tables, const std::vector<double>* draws, Report& report)
{
    Scenario out;
    const View top(root, draws, "");
    const DecodeContext context{root, tables, report};
    decode_frame(top, out);
    check_suppliers(top, context);
    decode_places(top, context, out);
    decode_firms(top, context, out);
    decode_tariffs(top, context, out);
    decode_licensing(top, context, out);
    decode_routes(top, context, out);
    decode_behaviour(top, context, out);
    decode_stockpiles(top, context, out);
    decode_output(top, context, out);
    decode_rules(top, context, out);  // reads which prices are published
    check_limit_cases(context, out);
    return out;
}

}  // namespace chokepoint::scenario

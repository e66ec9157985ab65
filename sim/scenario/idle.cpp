#include "idle.hpp"

#include "fields.hpp"
#include "quantity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {

// A switch and the parameters that say how what it switches on goes about.
struct Switch {
    const char* key;
    const char* off;  // how its value reads when it is off
    std::vector<const char*> parameters;
};

const std::vector<Switch>& switches()
{
    static const std::vector<Switch> kAll{
        {"behaviour.switching.speed", "0 %/d", {"behaviour.switching.lag", "behaviour.switching.cap"}},
        {"behaviour.substitution.rate", "0 %/yr", {"behaviour.substitution.lag", "behaviour.substitution.cap"}},
        {"behaviour.search.candidates", "0", {"behaviour.search.after", "behaviour.search.qualification"}},
        {"behaviour.price.speed", "0 %/d",
         {"behaviour.price.backlog", "behaviour.price.clip", "behaviour.price.outside_speed", "behaviour.price.supply_elasticity", "behaviour.price.bid_elasticity", "behaviour.price.unlicensed_weight", "behaviour.price.least"}},
        {"behaviour.lead.up", "0 %/d", {"behaviour.lead.down_ratio"}},
    };
    return kAll;
}

// Set by the user to something else than what holds anyway.
bool is_set(const Node& root, const char* key)
{
    const Node* node = find_path(root, key);
    if (node == nullptr || node->from_table || node->field == nullptr) return false;
    if (node->distribution != nullptr) return true;
    if (node->field->kind != FieldKind::kQuantity) return node->text != node->field->fallback;
    const auto usual = read_quantity(node->field->fallback, node->field->dimension);
    const auto* quantity = std::get_if<Quantity>(&usual);
    return quantity == nullptr || quantity->value != node->value;
}

bool is_off(const Node& root, const char* key)
{
    const Node* node = find_path(root, key);
    return node == nullptr || (node->distribution == nullptr && node->value == 0);
}

// A distributor or trading house through which nothing goes, and what buyers say of behaviour that is off. What a file inherits
// it cannot help.
void warn_of_firms(const Scenario& scenario, const Node& root, Report& report)
{
    struct Caps {
        const char *key, *needs;
    };
    for (const auto& [key, needs] : {Caps{"switching_cap", "behaviour.switching.speed"}, Caps{"substitution_cap", "behaviour.substitution.rate"}, Caps{"qualification", "behaviour.search.candidates"}}) {
        if (!is_off(root, needs)) continue;
        for (const Buyer& buyer : scenario.buyers) {
            const std::string path = "buyers." + buyer.id + "." + key;
            if (is_set_here(root, path)) report.warning(mark_of_path(root, path), path, fmt::format("does nothing while {} is 0", needs), fmt::format("set {}, or remove it", needs));
        }
    }
    const auto warn_of_share = [&](const std::string& path) {
        const Node* share = find_path(root, path);
        if (share != nullptr && share->distribution == nullptr && share->value == 0) report.warning(mark_of_path(root, path), path, "is 0 %, so no goods go through it", "give it a share, or remove the block");
    };
    for (const auto& block : scenario.exporters) warn_of_share("exporters." + block.id + ".share");
    for (const auto& block : scenario.importers) warn_of_share("importers." + block.id + ".share");
}

void warn_of_parameters(const Node& root, Report& report)
{
    for (const Switch& one : switches()) {
        if (!is_off(root, one.key)) continue;
        for (const char* parameter : one.parameters)
            if (is_set(root, parameter)) report.warning(mark_of_path(root, parameter), parameter, fmt::format("does nothing while {} is {}", one.key, one.off), fmt::format("set {}, or remove it", one.key));
    }
}

}  // namespace

bool is_set_here(const Node& root, const std::string& path)
{
    const Node* node = find_path(root, path);
    return node != nullptr && !node->from_table && node->mark.source != nullptr && (node->mark.source == root.mark.source || node->mark.source->is_override);
}

void warn_of_idle_keys(const Scenario& scenario, const Node& root, Report& report)
{
    const Behaviour& b = scenario.behaviour;
    const auto warn = [&](bool idle, const std::string& key, std::string problem, std::string remedy) {
        if (idle) report.warning(mark_of_path(root, key), key, std::move(problem), std::move(remedy));
    };
    warn(b.composite && b.fixed_shares, "behaviour.sourcing.rule", "does nothing while fixed_shares is true (the mix of sources never changes)", "remove fixed_shares, or write rule: shares");
    warn(b.backlog_dropped && b.cancellation > 0, "behaviour.ordering.cancellation", "does nothing beside backlog: dropped (no order waits)", "remove one of the two");
    warn(b.instant_delivery && !b.counts_ordered, "behaviour.ordering.counts", "does nothing beside delivery: instant (nothing is on order overnight)", "remove one of the two");
    warn(b.forecast_window == 0 && is_set(root, "behaviour.ordering.window"), "behaviour.ordering.window", "does nothing unless behaviour.ordering.forecast is average", "write forecast: average, or remove it");
    warn(b.forecast_window > 0 && is_set(root, "behaviour.demand_smoothing"), "behaviour.demand_smoothing", "does nothing beside behaviour.ordering.forecast: average", "remove one of the two");
    warn(is_set_here(root, "behaviour.closures") && b.closures && !b.season.on, "behaviour.closures", "does nothing without a season (what is called off ahead of a closure follows its curve)", "state behaviour.season.region, or remove it");
    warn(b.home_reserve == 1, "behaviour.home_reserve", "leaves nothing for anyone abroad", "write less than 100 %");
    const auto catches_up = [&](const Buyer& buyer) { return find_path(root, "buyers." + buyer.id + ".catch_up") != nullptr; };
    warn(is_off(root, "behaviour.production.catch_up") && is_set(root, "behaviour.production.catch_up_cap") && std::none_of(scenario.buyers.begin(), scenario.buyers.end(), catches_up),
         "behaviour.production.catch_up_cap", "does nothing while behaviour.production.catch_up is 0 %", "set behaviour.production.catch_up, or remove it");
    const bool strained = !is_off(root, "behaviour.switching.speed") || !is_off(root, "behaviour.substitution.rate") || !is_off(root, "behaviour.search.candidates");
    for (const char* key : {"behaviour.strain.cover", "behaviour.strain.price"})
        warn(!strained && is_set(root, key), key, "does nothing while switching, substitution and search are off", "switch one of them on, or remove it");
    const auto invests = [](const Producer& producer) { return producer.growth.investment.has_value(); };
    warn(is_set(root, "behaviour.investment_cap") && std::none_of(scenario.producers.begin(), scenario.producers.end(), invests), "behaviour.investment_cap",
         "does nothing, since no producer has investment", "give a producer investment, or remove it");
    const Node* by_sector = find_path(root, "behaviour.search.by_sector");
    warn(is_off(root, "behaviour.search.candidates") && by_sector != nullptr && !by_sector->entries.empty(), "behaviour.search.by_sector",
         "does nothing while behaviour.search.candidates is 0", "set behaviour.search.candidates, or remove it");
    const auto has_cap = [&](const char* key) {
        return std::any_of(scenario.buyers.begin(), scenario.buyers.end(), [&](const Buyer& buyer) { return find_path(root, "buyers." + buyer.id + "." + key) != nullptr; });
    };
    warn(is_off(root, "behaviour.switching.cap") && is_set(root, "behaviour.switching.speed") && !has_cap("switching_cap"), "behaviour.switching.speed",
         "does nothing while behaviour.switching.cap is 0 %", "set behaviour.switching.cap, or remove it");
    warn(is_off(root, "behaviour.substitution.cap") && is_set(root, "behaviour.substitution.rate") && !has_cap("substitution_cap"), "behaviour.substitution.rate",
         "does nothing while behaviour.substitution.cap is 0 %", "set behaviour.substitution.cap, or remove it");
    const Node* sectors = find_path(root, "behaviour.demand.by_sector");
    const bool answers = !is_off(root, "behaviour.demand.elasticity") ||
                         (sectors != nullptr && std::any_of(sectors->entries.begin(), sectors->entries.end(), [](const Entry& entry) {
                              const Node* elasticity = entry.value.find("elasticity");
                              return elasticity != nullptr && (elasticity->distribution != nullptr || elasticity->value != 0);
                          }));
    for (const char* key : {"behaviour.demand.lag", "behaviour.demand.price"})
        warn(!answers && is_set(root, key), key, "does nothing while no elasticity of demand is set", "set behaviour.demand.elasticity or that of a sector, or remove it");
    warn(b.fixed_shares && is_set_here(root, "behaviour.sourcing.sigma"), "behaviour.sourcing.sigma", "does nothing while fixed_shares is true", "remove one of the two");
    warn_of_parameters(root, report);
    warn_of_firms(scenario, root, report);
    warn_of_idle_licensing(scenario, root, report);
}

}  // namespace chokepoint::scenario

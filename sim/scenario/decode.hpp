#pragma once
// A checked tree to the typed scenario, with one member's draws in place.
//
// Decoders read numbers already parsed and defaults already filled in. What depends on several keys is
// reported on the way: a correct scenario reports nothing, whatever the draws.

#include "chokepoint/scenario/scenario.hpp"
#include "quantity.hpp"
#include "node.hpp"
#include "report.hpp"
#include "tables.hpp"

#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

// A map of the tree seen by a decoder: values by key, at a known path.
class View {
  public:
    View(const Node& node, const std::vector<double>* draws, std::string path) : node_(&node), draws_(draws), path_(std::move(path)) {}

    [[nodiscard]] bool has(std::string_view key) const { return node_->find(key) != nullptr; }
    [[nodiscard]] const Node& node(std::string_view key) const { return *node_->find(key); }
    [[nodiscard]] View at(std::string_view key) const { return {node(key), draws_, join_path(path_, key)}; }
    [[nodiscard]] double number(const Node& value) const
    {
        return draws_ != nullptr && value.draw >= 0 ? (*draws_)[static_cast<std::size_t>(value.draw)] : value.value;
    }
    [[nodiscard]] double number(std::string_view key) const { return number(node(key)); }
    [[nodiscard]] int whole(std::string_view key) const { return static_cast<int>(std::lround(number(key))); }
    [[nodiscard]] bool flag(std::string_view key) const { return node(key).value != 0; }
    [[nodiscard]] core::Date date(std::string_view key) const { return {static_cast<int>(node(key).value)}; }
    [[nodiscard]] std::string text(std::string_view key) const { return has(key) ? node(key).text : std::string{}; }
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
    // Calls f(id, view) for each named thing of the map `key`; nothing when it is absent.
    template <typename F>
    void each(std::string_view key, F f) const
    {
        if (!has(key)) return;
        const View map = at(key);
        for (const Entry& entry : map.node_->entries) f(entry.key, View{entry.value, draws_, join_path(map.path_, entry.key)});
    }
    [[nodiscard]] const Node& self() const { return *node_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string path(std::string_view key) const { return join_path(path_, key); }

  private:
    const Node* node_;
    const std::vector<double>* draws_;
    std::string path_;
};

// What every decoder needs beside its own view.
struct DecodeContext {
    const Node& root;
    const Tables& tables;
    Report& report;

    // Reports at a key path, or at its nearest ancestor when it is absent.
    void error(const std::string& path, std::string problem, std::string remedy = {}) const
    {
        report.error(mark_of_path(root, path), path, std::move(problem), std::move(remedy));
    }
};

[[nodiscard]] Sector sector_of(std::string_view name);
// The numbers of a map by the ids they stand at, in the order of the map; empty when it is absent.
[[nodiscard]] std::vector<std::pair<std::string, double>> named_numbers(const View& view, std::string_view key);

[[nodiscard]] Scenario decode(const Node& root, const Tables& tables, const std::vector<double>* draws, Report& report);

void decode_places(const View& top, const DecodeContext& context, Scenario& out);
void decode_firms(const View& top, const DecodeContext& context, Scenario& out);
void decode_tariffs(const View& top, const DecodeContext& context, Scenario& out);
// `other` spares what another block names; blocks that charge the same goods must say that they add up.
void share_out_lanes(const View& top, const DecodeContext& context, Scenario& out);
void decode_licensing(const View& top, const DecodeContext& context, Scenario& out);
// Stages, priorities, entities, decisions, general licences, disclosure of one control.
void decode_authority(const View& view, const DecodeContext& context, const Scenario& scenario, Licensing& out);
// Needs the postures and the throughput of the control.
void decode_regimes(const View& licensing, const DecodeContext& context, const Scenario& scenario, Licensing& control);
[[nodiscard]] Throughput decode_throughput(const View& view, const DecodeContext& context);
void decode_rules(const View& top, const DecodeContext& context, Scenario& out);
void decode_routes(const View& top, const DecodeContext& context, Scenario& out);
void decode_stockpiles(const View& top, const DecodeContext& context, Scenario& out);
void decode_growth(const View& producer, const DecodeContext& context, Growth& out);
void decode_behaviour(const View& top, const DecodeContext& context, Scenario& out);
// Delivery, backlog and forecasts against the parts of the model they leave no room for.
void check_limit_cases(const DecodeContext& context, const Scenario& out);
void decode_conduct(const View& behaviour, Conduct& out);
void decode_buyer_conduct(const View& buyer, const DecodeContext& context, BuyerConduct& out);

// Reports unless the map has exactly one of two keys; the one written last is where the fault lies.
void check_exactly_one(const View& view, const char* a, const char* b, const DecodeContext& context);
// The posture that `key` names, reported when the control has none of that name.
std::string known_posture(const View& view, std::string_view key, const Licensing& control, const DecodeContext& context);
// Region ids of a list of regions and groups, each once, in the order named; `other` is skipped.
[[nodiscard]] std::vector<std::string> expand_regions(const std::vector<std::string>& names, const Scenario& scenario);
// Product ids of a list of products and families.
[[nodiscard]] std::vector<std::string> expand_products(const std::vector<std::string>& names, const Scenario& scenario);
// A map from region, group or `other` to something, resolved: the most specific wins. The result has one
// entry per region of the scenario except `except`, with the key that decided; empty where none does.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> most_specific(const View& toward, const std::string& except, const Scenario& scenario,
                                                                             const DecodeContext& context);

}  // namespace chokepoint::scenario

#include "trade_fields.hpp"

namespace chokepoint::scenario {

namespace {

constexpr double kHighestTariff = 100;  // [1] 10,000 per cent: a slip of units beyond

void add_head(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(count("chokepoint", "Version of the grammar.").bounds(1, 1));
    add(text("name", "Short name: letters, digits, underscores."));
    table.back().presence = Presence::kRequired;
    add(text("title", "One line shown at the head of the report."));
    add(text("question", "The question this file answers."));
    add(of_kind(FieldKind::kSources, "sources", "Source keys of data/sources.csv this file rests on.").optional());
    add(reference("market", {"regions"}, "Importer whose market the SMART report treats; the only importer when there is but one.").optional());
}

void add_elasticities(std::vector<Field>& table, const std::string& path, bool required)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    const auto presence = required ? Presence::kRequired : Presence::kOptional;
    add(quantity(path + ".demand", Dimension::kBare, "Elasticity of demand for the good as a whole; negative.").fixed());
    table.back().presence = presence;
    add(quantity(path + ".substitution", Dimension::kBare, "Elasticity of substitution between origins; positive.").fixed());
    table.back().presence = presence;
    add(quantity(path + ".supply", Dimension::kBare, "Elasticity of export supply; without it infinite, which GSIM does not take.").fixed().optional());
}

void add_regions(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block("elasticities", "Elasticities of every region that names none of its own."));
    table.back().presence = Presence::kRequired;
    add_elasticities(table, "elasticities", true);
    add_notes(table, "elasticities");
    table[table.size() - 2].presence = Presence::kRequired;
    add(map_of("regions", "The regions that trade."));
    table.back().presence = Presence::kRequired;
    add(block("regions.*", "One region; its elasticities, where they differ, need a source."));
    add(text("regions.*.title", "Name shown in tables."));
    add_elasticities(table, "regions.*", false);
    add_notes(table, "regions.*");
}

void add_trade(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of("exports", "Value of trade before the change, by exporter.").keys_of({"regions"}));
    table.back().presence = Presence::kRequired;
    add(block("exports.*", "What one region sells; to itself: sales at home."));
    add(map_of("exports.*.to", "Value by importer, duty not included.").keys_of({"regions"}));
    table.back().presence = Presence::kRequired;
    add(quantity("exports.*.to.*", Dimension::kMoney, "Value of one flow.").above(0).fixed());
    add_notes(table, "exports.*");
    add(map_of("tariffs", "Duties by importer; a flow that is not named pays none.").keys_of({"regions"}));
    table.back().presence = Presence::kRequired;
    add(map_of("tariffs.*", "Duties of one importer by exporter; `other` stands for those not named. A region of several countries may levy duty on itself.").keys_of({"regions", "other"}));
    add(block("tariffs.*.*", "Duty on one flow."));
    add(quantity("tariffs.*.*.before", Dimension::kShare, "Rate at which the values were traded.").bounds(0, kHighestTariff).fixed());
    add(quantity("tariffs.*.*.after", Dimension::kShare, "Rate after the change; without it as before.").bounds(0, kHighestTariff).fixed().optional());
    add_notes(table, "tariffs.*.*");
}

}  // namespace

const std::vector<Field>& trade_table()
{
    static const std::vector<Field> table = [] {
        std::vector<Field> out;
        add_head(out);
        add_regions(out);
        add_trade(out);
        return out;
    }();
    return table;
}

const FieldNode& trade_tree()
{
    static const std::unique_ptr<FieldNode> tree = tree_of(trade_table());
    return *tree;
}

}  // namespace chokepoint::scenario

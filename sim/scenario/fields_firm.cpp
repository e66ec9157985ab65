#include "fields.hpp"

namespace chokepoint::scenario {

namespace {
// A word, two of which look like the flag it once was.
Field criticality(std::string path)
{
    return word(std::move(path), {"true", "important", "false"},
                "true: output stops without it. important: output falls by half of what the stock of it lacks. false: output does not need it.")
        .defaults("true");
}

// Keys that every block of firms has.
void add_block(std::vector<Field>& table, const std::string& path, const std::string& what)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(map_of(path.substr(0, path.find('.')), what));
    add(block(path, "One block of similar firms; its totals are divided over its firms."));
    add(text(path + ".title", "Name shown in tables."));
    add(reference(path + ".region", {"regions"}, "Region the firms are in."));
    add(count(path + ".firms", "Number of firms.").bounds(1, 1e7));
    add(quantity(path + ".size_log_sd", Dimension::kBare, "Standard deviation of the logarithm of firm sizes; 0 makes them equal.").bounds(0, 5).defaults("1"));
    add_notes(table, path);
}

// Without a fallback it is optional: what holds for the block then holds.
void add_cover(std::vector<Field>& table, const std::string& path, const std::string& fallback, const std::string& range, const std::string& sentence)
{
    Field cover = of_kind(FieldKind::kCover, path, sentence).defaults(fallback).bounds(0, 3650).as("H0").assumed(range, "assumption");
    cover.dimension = Dimension::kDays;
    if (fallback.empty()) cover.presence = Presence::kOptional;
    table.push_back(std::move(cover));
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(of_kind(FieldKind::kBlock, path + ".lognormal", "Cover differs between the firms, log-normally; give log_sd or p95.").optional());
    add(quantity(path + ".lognormal.median", Dimension::kDays, "Median over the firms.").above(0).bounds(0, 3650));
    add(quantity(path + ".lognormal.log_sd", Dimension::kBare, "Standard deviation of the logarithm.").bounds(0, 5).optional());
    add(quantity(path + ".lognormal.p95", Dimension::kDays, "Cover that 95 % of the firms stay below.").bounds(0, 36500).optional());
    for (const std::string& kind : {std::string("uniform"), std::string("triangular")}) {
        Field list = of_kind(FieldKind::kShares, path + "." + kind, kind == "uniform" ? "Least and most cover over the firms." : "Least, most frequent and most cover over the firms.");
        list.dimension = Dimension::kDays;
        add(list.optional().bounds(0, 3650));
    }
}

void add_trades(std::vector<Field>& table, const std::string& path, const std::string& share)
{
    table.push_back(references(path + ".trades", {"products", "families"}, "Products or trade tables it deals in."));
    table.push_back(quantity(path + ".share", Dimension::kShare, share));
}

void add_candour(std::vector<Field>& table, const std::string& path)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(block(path + ".candour", "What its firms do when an application must name the end user."));
    add(quantity(path + ".candour.withhold", Dimension::kShare, "Share of the firms that name nobody: their files have no known end use.").defaults("0 %").assumed("0 to 20 %", "assumption"));
    add(quantity(path + ".candour.change_source", Dimension::kShare, "Share of the firms that turn to sellers who need no licence while a control is in force.").defaults("0 %").assumed("0 to 20 %", "assumption"));
    add(quantity(path + ".candour.defense_clients", Dimension::kShare, "Share of the firms that serve defense as well, which their files do not say.").defaults("0 %").assumed("0 to 20 %", "assumption"));
}

void add_producers(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add_block(table, "producers.*", "Makers of a product, in blocks.");
    add(reference("producers.*.makes", {"products", "families"}, "Product they make, or a trade table whose products share the capacity."));
    add(quantity("producers.*.capacity", Dimension::kMassRate, "Most the block can make a day. Give capacity or utilisation.").above(0).optional());
    add(quantity("producers.*.utilisation", Dimension::kShare, "Base output over capacity, where capacity is not known.").above(0).bounds(0, 1).optional());
    add(map_of("producers.*.uses", "Inputs, by product or trade table.").keys_of({"products", "families"}));
    add(block("producers.*.uses.*", "One input."));
    add(quantity("producers.*.uses.*.amount", Dimension::kRatio, "Input per tonne of output, or a daily total of the block.").above(0));
    add(criticality("producers.*.uses.*.critical"));
    add_cover(table, "producers.*.uses.*.cover", "", "10 to 120 d", "Days of use held as stock of this input; the block's cover when absent.");
    add_notes(table, "producers.*.uses.*");
    add_cover(table, "producers.*.cover", "20 d", "10 to 60 d", "Days of use held as input stock; a distribution is over the firms.");
    add(quantity("producers.*.finished_cover", Dimension::kDays, "Days of output held as finished stock.").bounds(0, 365).defaults("10 d").as("F*").assumed("5 to 20 d", "assumption"));
    add(quantity("producers.*.supply_elasticity", Dimension::kBare, "Elasticity of what the block offers to its price; behaviour.price.supply_elasticity when absent.").bounds(0, 10).optional().as("es").assumed("0 to 0.5", "assumption"));
}

void add_buyers(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add_block(table, "buyers.*", "Industrial buyers, in blocks.");
    add(word("buyers.*.sector", {"automotive", "defense", "electronics", "wind", "industrial", "medical", "other"}, "Sector of the block."));
    add(text("buyers.*.makes", "What its output is counted in, one word such as vehicle."));
    add(quantity("buyers.*.output", Dimension::kOutputRate, "Output of the block a day, in what it makes.").above(0).optional());
    add(quantity("buyers.*.value", Dimension::kOutputValue, "Value added per unit of output; lost output is then given in USD as well.").above(0).optional());
    add(map_of("buyers.*.uses", "Materials it needs, by product or trade table.").keys_of({"products", "families"}));
    table.back().presence = Presence::kRequired;
    add(block("buyers.*.uses.*", "One material."));
    add(quantity("buyers.*.uses.*.amount", Dimension::kAmount, "Amount per unit of output, or a daily total of the block. Give amount or remainder.").above(0).optional());
    add(quantity("buyers.*.uses.*.remainder", Dimension::kShare, "Share of what the region's flows leave after every stated amount and what its makers use; the shares of a region and material add up to 100 %.").above(0).bounds(0, 1).fixed().optional());
    add(criticality("buyers.*.uses.*.critical"));
    add_cover(table, "buyers.*.uses.*.cover", "", "10 to 365 d", "Days of use held as stock of this material; the block's cover when absent.");
    add_notes(table, "buyers.*.uses.*");
    add_cover(table, "buyers.*.cover", "35 d", "automotive 21 to 35 d, other 20 to 90 d, defense 30 to 365 d", "Days of use held in stock; a distribution is over the firms.");
    add(flag("buyers.*.rated", "false", "Rated orders go first inside the buyer's own region."));
    add_candour(table, "buyers.*");
    add(quantity("buyers.*.growth", Dimension::kPerYear, "Growth of need a year.").bounds(-0.9, 10).defaults("0 %/yr").as("g").assumed("-5 to 10 %/yr", "assumption"));
    add(quantity("buyers.*.noise", Dimension::kBare, "Standard deviation of the logarithm of a firm's need from week to week; its mean is 1, each firm draws its own.").bounds(0, 1).defaults("0").assumed("0 to 0.3", "assumption"));
    add(map_of("buyers.*.steps", "Dated changes of need: a slump, a new model, a strike. Where several hold, each changes what the others leave."));
    add(block("buyers.*.steps.*", "One change of need."));
    add(text("buyers.*.steps.*.title", "Name shown in tables."));
    add(date("buyers.*.steps.*.date", "First day."));
    add(date("buyers.*.steps.*.until", "First day it is over; it lasts when absent.").optional());
    add(quantity("buyers.*.steps.*.change", Dimension::kShare, "Change of need, of what it would be without it; -100 % stops it.").bounds(-1, 10));
    add_notes(table, "buyers.*.steps.*");
    add_buyer_conduct_fields(table);
}
}  // namespace

void add_firm_fields(std::vector<Field>& table)
{
    add_producers(table);
    add_supply_fields(table);
    add_block(table, "exporters.*", "Trading houses at origin, in blocks.");
    add_trades(table, "exporters.*", "Share of the region's exports of these that pass through the block.");
    add_cover(table, "exporters.*.cover", "10 d", "5 to 30 d", "Days of sales held in stock; a distribution is over the firms.");
    add_block(table, "importers.*", "Distributors at destination, in blocks.");
    add_trades(table, "importers.*", "Share of the region's imports of these that pass through the block; defense buys directly.");
    add_candour(table, "importers.*");
    add_cover(table, "importers.*.cover", "30 d", "15 to 60 d", "Days of sales held in stock; a distribution is over the firms.");
    add_buyers(table);
}

}  // namespace chokepoint::scenario

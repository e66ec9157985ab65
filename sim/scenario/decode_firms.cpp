// Producers, exporters, importers, buyers.

#include "decode.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>


namespace chokepoint::scenario {

namespace {
constexpr double kNormal95 = 1.6448536269514722;  // 95 % quantile of the standard normal

FirmDistribution decode_cover(const View& block)
{
    FirmDistribution out;
    const Node& node = block.node("cover");
    if (!node.is_map() || node.draw >= 0 || node.distribution != nullptr) {
        out.a = block.number(node);
        return out;
    }
    const View cover = block.at("cover");
    const Entry& kind = node.entries.front();
    if (kind.key == "lognormal") {
        const View shape = cover.at(kind.key);
        out.kind = FirmDistribution::Kind::kLognormal;
        out.a = shape.number("median");
        out.b = shape.has("log_sd") ? shape.number("log_sd") : std::log(shape.number("p95") / out.a) / kNormal95;
        return out;
    }
    const auto& items = kind.value.items;
    out.kind = kind.key == "uniform" ? FirmDistribution::Kind::kUniform : FirmDistribution::Kind::kTriangular;
    out.a = items[0].value;
    out.b = items[1].value;
    if (items.size() > 2) out.c = items[2].value;
    return out;
}

// What the four kinds of blocks have in common.
template <typename Block>
Block decode_block(const std::string& id, const View& view)
{
    Block out;
    out.id = id;
    out.title = view.has("title") ? view.text("title") : id;
    out.region = view.text("region");
    out.firms = view.whole("firms");
    out.size_log_sd = view.number("size_log_sd");
    out.cover = decode_cover(view);
    return out;
}

Criticality criticality_of(const std::string& word)
{
    return word == "true" ? Criticality::kCritical : word == "important" ? Criticality::kImportant : Criticality::kMinor;
}

// `unit_name` is what an amount per unit of output is divided by: g for producers.
Input decode_input(const std::string& product, const View& view, const std::string& unit_name, const DecodeContext& context)
{
    Input out;
    out.product = product;
    out.critical = criticality_of(view.text("critical"));
    if (view.has("cover")) out.cover = decode_cover(view);
    if (view.has("remainder")) out.remainder = view.number("remainder");
    if (!view.has("amount")) return out;
    const std::string& unit = view.node("amount").unit;
    if (unit == "g/d") {
        out.grams_per_day = view.number("amount");
        return out;
    }
    out.grams_per_unit = view.number("amount");
    if (unit == "g/" + unit_name) return out;
    const std::string written = unit.substr(2);
    if (unit_name.empty())
        context.error(view.path("amount"), fmt::format("is per {}, but the block has no output", written), "write an amount a day, or add makes: and output:");
    else
        context.error(view.path("amount"), fmt::format("is per {}, but the block makes {}", written, unit_name), fmt::format("write the amount per {}", unit_name));
    return out;
}

void decode_producers(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("producers", [&](const std::string& id, const View& view) {
        Producer block = decode_block<Producer>(id, view);
        block.makes = view.text("makes");
        if (view.has("capacity")) block.capacity = view.number("capacity");
        if (view.has("utilisation")) block.utilisation = view.number("utilisation");
        check_exactly_one(view, "capacity", "utilisation", context);
        block.finished_cover = view.number("finished_cover");
        decode_growth(view, context, block.growth);
        if (view.has("supply_elasticity")) block.supply_elasticity = view.number("supply_elasticity");
        view.each("uses", [&](const std::string& product, const View& use) { block.uses.push_back(decode_input(product, use, "g", context)); });
        out.producers.push_back(std::move(block));
    });
}

template <typename Block>
Block decode_trader(const std::string& id, const View& view)
{
    Block block = decode_block<Block>(id, view);
    block.trades = view.texts("trades");
    block.share = view.number("share");
    return block;
}

// Shares of trade that pass through blocks of one region cannot exceed the whole.
template <typename Block>
void check_trade_shares(const std::vector<Block>& blocks, const std::string& kind, const Scenario& scenario, const DecodeContext& context)
{
    std::map<std::pair<std::string, std::string>, double> total;
    for (const Block& block : blocks) {
        for (const std::string& product : expand_products(block.trades, scenario)) {
            double& sum = total[{block.region, product}];
            const bool was_inside = sum <= 1 + 1e-9;
            sum += block.share;
            if (was_inside && sum > 1 + 1e-9)
                context.error(fmt::format("{}.{}.share", kind, block.id), fmt::format("the shares of {} in {} add up to {} %", product, block.region, core::plain(sum * 100, 6)),
                              "keep them within 100 %");
        }
    }
}

Candour decode_candour(const View& view, const DecodeContext& context)
{
    const View at = view.at("candour");
    const Candour out{at.number("withhold"), at.number("change_source"), at.number("defense_clients")};
    if (out.withhold + out.change_source > 1 + 1e-9)
        context.error(at.path("change_source"), "withhold and change_source add up to more than the whole", "lower one of them");
    return out;
}

void decode_value(const View& view, const DecodeContext& context, Buyer& block)
{
    if (!view.has("value")) return;
    block.value = view.number("value");
    const std::string unit = view.node("value").unit.substr(4);  // after USD/
    if (block.makes.empty())
        context.error(view.path("value"), fmt::format("is per {}, but the block has no output", unit), "add makes: and output:, or remove it");
    else if (unit != block.makes)
        context.error(view.path("value"), fmt::format("is per {}, but the block makes {}", unit, block.makes), fmt::format("write the value per {}", block.makes));
}

void decode_steps(const View& view, const DecodeContext& context, Buyer& block)
{
    view.each("steps", [&](const std::string& id, const View& step) {
        NeedStep out{id, step.has("title") ? step.text("title") : id, step.date("date"), std::nullopt, step.number("change")};
        if (step.has("until")) out.until = step.date("until");
        if (out.until && *out.until <= out.date) context.error(step.path("until"), "is not after date", "write a later date, or remove it");
        block.steps.push_back(std::move(out));
    });
}

void decode_buyers(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("buyers", [&](const std::string& id, const View& view) {
        Buyer block = decode_block<Buyer>(id, view);
        block.sector = sector_of(view.text("sector"));
        block.makes = view.text("makes");
        if (view.has("makes") != view.has("output"))
            context.error(view.path(view.has("makes") ? "output" : "makes"), "makes and output go together", fmt::format("add {}:", view.has("makes") ? "output" : "makes"));
        if (view.has("output")) {
            block.output_per_day = view.number("output");
            if (const std::string& unit = view.node("output").unit; view.has("makes") && unit != block.makes + "/d")
                context.error(view.path("output"), fmt::format("is counted in {}, but the block makes {}", unit.substr(0, unit.find('/')), block.makes),
                              fmt::format("write the output in {}/d", block.makes));
        }
        decode_value(view, context, block);
        block.candour = decode_candour(view, context);
        block.rated = view.flag("rated");
        block.growth = view.number("growth");
        block.noise = view.number("noise");
        decode_steps(view, context, block);
        decode_buyer_conduct(view, context, block.conduct);
        view.each("uses", [&](const std::string& product, const View& use) {
            check_exactly_one(use, "amount", "remainder", context);
            block.uses.push_back(decode_input(product, use, view.has("output") ? block.makes : "", context));
        });
        out.buyers.push_back(std::move(block));
    });
}

// What a region's flows leave is divided completely, or not at all.
void check_remainders(const Scenario& scenario, const DecodeContext& context)
{
    struct Sum {
        double total = 0;
        std::string path;
    };
    std::map<std::pair<std::string, std::string>, Sum> sums;
    for (const Buyer& block : scenario.buyers) {
        for (const Input& input : block.uses) {
            if (!input.remainder) continue;
            Sum& sum = sums[{block.region, input.product}];
            sum.total += *input.remainder;
            sum.path = fmt::format("buyers.{}.uses.{}.remainder", block.id, input.product);
        }
    }
    for (const auto& [key, sum] : sums)
        if (std::abs(sum.total - 1) > 1e-9)
            context.error(sum.path, fmt::format("the remainders of {} in {} add up to {} %", key.second, key.first, core::plain(sum.total * 100, 6)), "make them add up to 100 %");
}
}  // namespace

void decode_firms(const View& top, const DecodeContext& context, Scenario& out)
{
    decode_producers(top, context, out);
    top.each("exporters", [&](const std::string& id, const View& view) { out.exporters.push_back(decode_trader<Exporter>(id, view)); });
    top.each("importers", [&](const std::string& id, const View& view) { 
        out.importers.push_back(decode_trader<Importer>(id, view));
        out.importers.back().candour = decode_candour(view, context);
    });
    decode_buyers(top, context, out);
    check_trade_shares(out.exporters, "exporters", out, context);
    check_trade_shares(out.importers, "importers", out, context);
    check_remainders(out, context);
}

}  // namespace chokepoint::scenario

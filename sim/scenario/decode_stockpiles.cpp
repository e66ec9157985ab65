// Public stockpiles.

#include "decode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {
bool has(const std::vector<std::string>& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

void check_users(const View& view, const DecodeContext& context, const Scenario& scenario, const Stockpile& stockpile)
{
    for (const Buyer& buyer : scenario.buyers) {
        if (!has(stockpile.serves, buyer.id)) continue;
        std::vector<std::string> uses;
        for (const Input& input : buyer.uses) uses.push_back(input.product);
        if (!has(expand_products(uses, scenario), stockpile.product))
            context.error(view.path("serves"), fmt::format("{} does not use {}", buyer.id, stockpile.product), "name buyers that use it");
    }
}

Refill decode_refill(const View& view, const DecodeContext& context, const Scenario& scenario, const Stockpile& stockpile)
{
    Refill out;
    out.from = view.text("from");
    out.below = view.number("below");
    out.rate = view.number("rate");
    out.target = view.has("target") ? view.number("target") : stockpile.stock;
    out.first = view.flag("first");
    for (const Producer& producer : scenario.producers) {
        if (producer.id != out.from || has(expand_products({producer.makes}, scenario), stockpile.product)) continue;
        context.error(view.path("from"), fmt::format("{} does not make {}", out.from, stockpile.product), "name a producer block that makes it");
    }
    return out;
}

void check_offtake(const DecodeContext& context, const Scenario& scenario)
{
    for (const Producer& producer : scenario.producers) {
        if (!producer.growth.offtake) continue;
        const std::string& by = producer.growth.offtake->by;
        for (const Stockpile& stockpile : scenario.stockpiles) {
            if (stockpile.id != by || has(expand_products({producer.makes}, scenario), stockpile.product)) continue;
            context.error("producers." + producer.id + ".offtake.by", fmt::format("{} holds {}, which {} does not make", by, stockpile.product, producer.id),
                          "name a stockpile of what it makes");
        }
    }
}
}  // namespace

void decode_stockpiles(const View& top, const DecodeContext& context, Scenario& out)
{
    top.each("stockpiles", [&](const std::string& id, const View& view) {
        Stockpile stockpile;
        stockpile.id = id;
        stockpile.title = view.has("title") ? view.text("title") : id;
        stockpile.region = view.text("region");
        stockpile.product = view.text("product");
        stockpile.stock = view.number("stock");
        stockpile.serves = view.texts("serves");
        stockpile.cover = view.number("cover");
        stockpile.release = view.number("release");
        if (view.has("from")) stockpile.from = view.date("from");
        stockpile.at_market = view.text("price") == "market";
        check_users(view, context, out, stockpile);
        if (view.has("refill")) stockpile.refill = decode_refill(view.at("refill"), context, out, stockpile);
        out.stockpiles.push_back(std::move(stockpile));
    });
    check_offtake(context, out);
}

}  // namespace chokepoint::scenario

// Which block of duties charges which goods: `other` is who is not named, and no goods are charged by two blocks
// unless one says that it adds to the other.

#include "decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace chokepoint::scenario {

namespace {
using Ids = std::set<std::string>;

struct Block {
    Tariff* tariff = nullptr;
    Ids importers, origins, products;
    Ids named;    // origins by name, without those of `other`
    Ids adds_to;
    bool other = false;
    std::set<std::tuple<std::string, std::string, std::string>> spared;
};

Ids in_both(const Ids& a, const Ids& b)
{
    Ids out;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
    return out;
}

Block block_of(const View& view, Tariff& tariff, const Scenario& scenario)
{
    Block out;
    out.tariff = &tariff;
    out.importers = {tariff.importers.begin(), tariff.importers.end()};
    out.origins = {tariff.origins.begin(), tariff.origins.end()};
    for (const TariffLayer& layer : tariff.layers) {
        out.products.insert(layer.products.begin(), layer.products.end());
        if (!layer.products.empty()) continue;
        for (const Product& product : scenario.products) out.products.insert(product.id);
    }
    const auto names = view.texts("origin");
    const auto named = expand_regions(names, scenario);
    out.named = {named.begin(), named.end()};
    out.other = std::find(names.begin(), names.end(), "other") != names.end();
    const auto adds_to = view.texts("adds_to");
    out.adds_to = {adds_to.begin(), adds_to.end()};
    return out;
}

bool add_up(const Block& a, const Block& b) { return a.adds_to.count(b.tariff->id) != 0 || b.adds_to.count(a.tariff->id) != 0; }

// Calls f(importer, origin, product) for the goods that two blocks have in common, the origins being those given.
template <typename F>
void each_common(const Block& a, const Block& b, const Ids& origins, F f)
{
    const Ids products = in_both(a.products, b.products);
    for (const std::string& importer : in_both(a.importers, b.importers))
        for (const std::string& origin : origins)
            for (const std::string& product : products)
                if (importer != origin) f(importer, origin, product);
}

void spare_named(Block& block, const Block& by)
{
    if (!block.other || add_up(block, by)) return;
    Ids named;  // a block that says `other` as well is told apart by what both name
    std::set_difference(by.named.begin(), by.named.end(), block.named.begin(), block.named.end(), std::inserter(named, named.end()));
    each_common(block, by, named, [&](const auto& importer, const auto& origin, const auto& product) {
        if (block.spared.emplace(importer, origin, product).second) block.tariff->spared.push_back({importer, origin, product});
    });
}

void check_pair(const Block& first, const Block& second, const DecodeContext& context)
{
    std::string goods;
    int more = 0;
    each_common(first, second, in_both(first.origins, second.origins), [&](const auto& importer, const auto& origin, const auto& product) {
        const std::tuple cell{importer, origin, product};
        if (first.spared.count(cell) != 0 || second.spared.count(cell) != 0) return;
        if (goods.empty()) goods = fmt::format("{} of {} in {}", product, origin, importer);
        else ++more;
    });
    const std::string& a = first.tariff->id;
    const std::string& b = second.tariff->id;
    if (add_up(first, second)) {
        const bool by_second = second.adds_to.count(a) != 0;
        if (goods.empty())
            context.report.warning(mark_of_path(context.root, fmt::format("tariffs.{}.adds_to", by_second ? b : a)), fmt::format("tariffs.{}.adds_to", by_second ? b : a),
                                   fmt::format("{} and {} charge no goods in common (there is nothing to add to)", a, b), "remove it");
        return;
    }
    if (goods.empty()) return;
    if (more > 0) goods += fmt::format(" and {} more like it", more);
    const core::Location other = mark_of_path(context.root, fmt::format("tariffs.{}.origin", a)).location();
    context.error(fmt::format("tariffs.{}.origin", b), fmt::format("tariffs.{} ({}:{}) charges {} as well", a, other.file, other.line, goods),
                  fmt::format("write `adds_to: {}` in tariffs.{} if both duties are due, else name each origin in one of them", a, b));
}
}  // namespace

void share_out_lanes(const View& top, const DecodeContext& context, Scenario& out)
{
    std::vector<Block> blocks;
    std::size_t next = 0;
    top.each("tariffs", [&](const std::string& id, const View& view) {
        blocks.push_back(block_of(view, out.tariffs[next++], out));
        if (blocks.back().adds_to.count(id) != 0) context.error(view.path("adds_to"), "a block cannot add to itself", "name another block");
    });
    for (Block& block : blocks)
        for (const Block& by : blocks)
            if (&by != &block) spare_named(block, by);
    for (std::size_t second = 1; second < blocks.size(); ++second)
        for (std::size_t first = 0; first < second; ++first) check_pair(blocks[first], blocks[second], context);
}

}  // namespace chokepoint::scenario

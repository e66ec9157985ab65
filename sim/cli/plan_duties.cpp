#include "plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>
#include <vector>

namespace chokepoint::cli {

namespace {

using Steps = std::map<int, std::int64_t>;  // day -> duty from then on [ppm]; day 0 stands for before

// How the duty of every cell moves over time.
std::vector<Steps> duty_steps(const world::Structure& structure)
{
    const auto& policy = structure.policy;
    const std::size_t n_cells =
        structure.regions.size() * structure.regions.size() * structure.products.size();
    std::vector<std::int64_t> duty(n_cells, 0);
    std::vector<std::vector<std::int64_t>> layer_ppm;
    for (const auto& tariff : policy.tariffs) {
        layer_ppm.emplace_back();
        for (const auto& layer : tariff.layers) {
            layer_ppm.back().push_back(layer.base_ppm);
            for (const std::uint32_t cell : layer.cells) duty[cell] += layer.base_ppm;
        }
    }
    std::vector<Steps> steps(n_cells);
    for (std::size_t cell = 0; cell < n_cells; ++cell) steps[cell][0] = duty[cell];
    for (const auto& change : policy.duty_changes) {
        if (change.day >= structure.horizon) break;
        auto& now = layer_ppm[change.tariff][change.layer];
        for (const std::uint32_t cell : policy.tariffs[change.tariff].layers[change.layer].cells) {
            duty[cell] += change.ppm - now;
            steps[cell][std::max(change.day, 0)] = duty[cell];
        }
        now = change.ppm;
    }
    return steps;
}

std::string history_text(const world::Structure& structure, const Steps& steps)
{
    std::string out;
    std::int64_t last = -1;
    for (const auto& [day, ppm] : steps) {
        if (ppm == last) continue;  // two changes that cancel
        const std::string rate = fmt::format("{:.4g} %", static_cast<double>(ppm) / 1e4);
        out += out.empty() ? rate : fmt::format(", {} {}", (structure.start + day).to_string(), rate);
        last = ppm;
    }
    return out;
}

}  // namespace

std::string duty_plan(const world::Structure& structure)
{
    const auto steps = duty_steps(structure);
    // importer and history -> products -> origins: what shares a history shares a line.
    std::map<std::pair<std::size_t, std::string>, std::map<std::size_t, std::vector<std::string>>>
        products_by_origin;
    for (std::size_t importer = 0; importer < structure.regions.size(); ++importer) {
        for (std::size_t origin = 0; origin < structure.regions.size(); ++origin) {
            for (std::size_t product = 0; product < structure.products.size(); ++product) {
                const Steps& cell = steps[structure.duty_cell(importer, origin, product)];
                if (origin == importer || (cell.size() == 1 && cell.begin()->second == 0)) continue;
                products_by_origin[{importer, history_text(structure, cell)}][origin].push_back(
                    structure.products[product].id);
            }
        }
    }
    std::string out;
    for (const auto& [line, origins] : products_by_origin) {
        std::map<std::vector<std::string>, std::vector<std::string>> by_products;
        for (const auto& [origin, products] : origins)
            by_products[products].push_back(structure.regions[origin].id);
        for (const auto& [products, names] : by_products) {
            const std::string what = products.size() == structure.products.size()
                                         ? "all products"
                                         : fmt::format("{}", fmt::join(products, ", "));
            out += fmt::format("  {} <- {} ({}): {}\n", structure.regions[line.first].id,
                               fmt::join(names, ", "), what, line.second);
        }
    }
    return out.empty() ? "duties: none\n" : "duties by lane (importer <- origin), as they change\n" + out;
}

}  // namespace chokepoint::cli

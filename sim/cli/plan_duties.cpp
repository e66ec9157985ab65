#include "plan.hpp"
#include "table.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <tuple>
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

// What changes, without two changes that cancel.
std::vector<std::pair<core::Date, std::int64_t>> rates_of(const world::Structure& structure, const Steps& steps)
{
    std::vector<std::pair<core::Date, std::int64_t>> out;
    for (const auto& [day, ppm] : steps)
        if (out.empty() || ppm != out.back().second) out.emplace_back(structure.start + day, ppm);
    return out;
}

// "2.1 %", then "2025-02-04 12.1 %" for each change.
std::vector<std::string> rate_texts(const DutyLine& line)
{
    std::vector<std::string> out;
    for (const auto& [day, ppm] : line.rates) {
        const std::string rate = fmt::format("{} %", core::plain(static_cast<double>(ppm) / 1e4));
        out.push_back(out.empty() ? rate : fmt::format("{} {}", day.to_string(), rate));
    }
    return out;
}

// On one line where it fits; else the rates below what they are on, none cut in two.
std::string lane_text(const std::string& lane, const std::vector<std::string>& rates, std::size_t width)
{
    const std::string one = fmt::format("  {}: {}\n", lane, fmt::join(rates, ", "));
    if (text_width(one) <= width) return one;
    std::string out = wrapped(lane + ":", width - 2, 4), line = "   ";
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const std::string next = " " + rates[i] + (i + 1 < rates.size() ? "," : "\n");
        if (line != "   " && line.size() + next.size() > width) {
            out += line + "\n";
            line = "   ";
        }
        line += next;
    }
    return "  " + out + line;
}

}  // namespace

std::vector<DutyLine> duty_lines(const world::Structure& structure)
{
    const auto steps = duty_steps(structure);
    using History = std::vector<std::pair<core::Date, std::int64_t>>;
    // importer and history -> origin -> products: what shares a history shares a line.
    std::map<std::pair<std::size_t, History>, std::map<std::size_t, std::vector<std::string>>> by_origin;
    for (std::size_t importer = 0; importer < structure.regions.size(); ++importer) {
        for (std::size_t origin = 0; origin < structure.regions.size(); ++origin) {
            for (std::size_t product = 0; product < structure.products.size(); ++product) {
                const Steps& cell = steps[structure.duty_cell(importer, origin, product)];
                if (origin == importer || (cell.size() == 1 && cell.begin()->second == 0)) continue;
                by_origin[{importer, rates_of(structure, cell)}][origin].push_back(
                    structure.products[product].id);
            }
        }
    }
    std::vector<DutyLine> out;
    for (const auto& [lane, origins] : by_origin) {
        std::map<std::vector<std::string>, std::vector<std::string>> by_products;
        for (const auto& [origin, products] : origins)
            by_products[products].push_back(structure.regions[origin].id);
        for (const auto& [products, names] : by_products)
            out.push_back({structure.regions[lane.first].id, names, products, lane.second});
    }
    std::sort(out.begin(), out.end(), [](const DutyLine& a, const DutyLine& b) {  // an origin's goods stand together
        return std::tie(a.importer, a.origins, a.products) < std::tie(b.importer, b.origins, b.products);
    });
    return out;
}

std::string duty_plan(const world::Structure& structure, std::size_t width)
{
    std::string out;
    for (const DutyLine& line : duty_lines(structure)) {
        const std::string what = line.products.size() == structure.products.size()
                                     ? "all products"
                                     : fmt::format("{}", fmt::join(line.products, ", "));
        const std::string lane = fmt::format("{} <- {} ({})", line.importer, fmt::join(line.origins, ", "), what);
        out += lane_text(lane, rate_texts(line), width);
    }
    return out.empty() ? "duties: none\n" : "duties by lane (importer <- origin), as they change\n" + out;
}

}  // namespace chokepoint::cli

#include "product_circle.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::world {

namespace {

using scenario::Scenario;

core::Diagnostic fault(const Scenario& scenario, const std::string& key, std::string problem, std::string remedy)
{
    const core::Location where = scenario.origin ? scenario.origin(key) : core::Location{};
    return {core::Diagnostic::Severity::kError, where, key, std::move(problem), std::move(remedy)};
}

std::string names(const Scenario& scenario, const ProductGroup& circle)
{
    std::string out;
    for (const std::uint32_t product : circle.products) out += (out.empty() ? "" : ", ") + scenario.products[product].id;
    return out;
}

// Calls f(key, input) for every use of a product of a circle by a maker of one.
template <class F>
void each_use(const Scenario& scenario, const TradeTables& tables, const ProductGroup& circle, F f)
{
    const auto inside = [&](const std::string& id) {
        const auto found = tables.expand({id});
        return std::any_of(found.begin(), found.end(), [&](std::uint32_t product) {
            return std::binary_search(circle.products.begin(), circle.products.end(), product);
        });
    };
    for (const auto& producer : scenario.producers) {
        if (!inside(producer.makes)) continue;
        for (const auto& input : producer.uses) {
            if (inside(input.product)) f("producers." + producer.id + ".uses." + input.product, input);
        }
    }
}

}  // namespace

std::vector<core::Diagnostic> circle_faults(const Scenario& scenario, const TradeTables& tables, const ProductGroup& circle)
{
    std::vector<core::Diagnostic> out;
    const bool in_table = std::any_of(circle.products.begin(), circle.products.end(),
                                      [&](std::uint32_t product) { return tables.in_family(product); });
    each_use(scenario, tables, circle, [&](const std::string& key, const scenario::Input& input) {
        if (in_table) {
            out.push_back(fault(scenario, key,
                                fmt::format("closes a circle of {}, of which one stands in a trade table (what the table leaves "
                                            "would hang on itself)", names(scenario, circle)),
                                "remove this use, or the family"));
        } else if (input.grams_per_day) {
            out.push_back(fault(scenario, key + ".amount",
                                fmt::format("is a daily total in a circle of {} (output hangs on it)", names(scenario, circle)),
                                "write it per tonne of output"));
        }
    });
    return out;
}

core::Diagnostic uses_up_what_it_makes(const Scenario& scenario, const TradeTables& tables, const ProductGroup& circle)
{
    std::string largest = "producers";
    double most = 0;
    each_use(scenario, tables, circle, [&](const std::string& key, const scenario::Input& input) {
        if (input.grams_per_unit.value_or(0) <= most) return;
        most = *input.grams_per_unit;
        largest = key + ".amount";
    });
    const bool itself = circle.products.size() == 1;
    return fault(scenario, largest,
                 fmt::format("{} {} up what is made (a round of the circle asks for as much again), and this is the largest amount",
                             names(scenario, circle), itself ? "is made from itself and uses" : "are made from each other and use"),
                 "lower it");
}

}  // namespace chokepoint::world

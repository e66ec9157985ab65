#include "fineness.hpp"

#include "judge_tables.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::world {

namespace {

using scenario::Scenario;


constexpr std::int64_t kFinest = 1'000'000;      // counts a gram
constexpr double kMostCounts = 4e17;             // in the run, with its value: a twentieth of what 64 bits hold, for dear goods and duty
constexpr double kMicroDollars = 1e3;            // a gram, at 1 USD/kg

// Counts that the run adds up at one a gram: grams, or where that is more millionths of a dollar.
double largest_sum(const Scenario& scenario, const BlockPlan& plan)
{
    const auto worth = [&](std::uint32_t product) { return std::max(1.0, scenario.products[product].price * kMicroDollars); };
    double sum = 0;
    for (const PlannedInput& input : plan.inputs) sum += input.grams_per_day * worth(input.product) * scenario.time.horizon;
    for (const PlannedBlock& planned : plan.blocks) sum += std::max(0.0, planned.capacity) * scenario.time.horizon;
    for (const auto& stockpile : scenario.stockpiles) {
        const auto product = std::find_if(scenario.products.begin(), scenario.products.end(), [&](const auto& one) { return one.id == stockpile.product; });
        const double most = std::max(stockpile.stock, stockpile.refill ? stockpile.refill->target : 0.0);
        if (product != scenario.products.end()) sum += most * worth(static_cast<std::uint32_t>(product - scenario.products.begin()));
    }
    return sum;
}

double smallest_need(const BlockPlan& plan)
{
    double least = kLeastCounts;
    for (const PlannedInput& input : plan.inputs) {
        if (input.grams_per_day > 0 && uses_it(plan, input)) least = std::min(least, input.grams_per_day);
    }
    return least;
}

}  // namespace

std::int64_t counts_per_gram(const Scenario& scenario, const BlockPlan& plan)
{
    const double least = smallest_need(plan);
    std::int64_t counts = 1;
    if (least >= kLeastCounts) return counts;
    const double sum = largest_sum(scenario, plan);
    while (least * static_cast<double>(counts) < kLeastCounts && counts < kFinest && sum * static_cast<double>(counts) * 10 <= kMostCounts) counts *= 10;
    return counts;
}

Scenario in_counts(Scenario scenario, std::int64_t per_gram)
{
    const auto factor = static_cast<double>(per_gram);
    const auto scale = [&](double& amount) { amount *= factor; };
    // A limit may be stated far beyond any amount, to say that there is none.
    const auto scale_limit = [&](double& amount) { amount = std::min(amount * factor, std::max(amount, kMostCounts)); };
    for (auto& buyer : scenario.buyers) {
        scale(buyer.output_per_day);
        for (auto& input : buyer.uses) if (input.grams_per_day) scale(*input.grams_per_day);
    }
    for (auto& family : scenario.families) {
        for (auto& flow : family.flows) scale(flow.tonnes_per_year);
        for (auto& margin : family.margins) scale(margin.tonnes_per_year);
    }
    for (auto& producer : scenario.producers) {
        for (auto& input : producer.uses) if (input.grams_per_day) scale(*input.grams_per_day);
        if (producer.capacity) scale(*producer.capacity);
        for (auto& project : producer.growth.projects) scale(project.capacity);
        if (producer.growth.offtake) scale(producer.growth.offtake->amount);
    }
    for (auto& licensing : scenario.licensing) scale_limit(licensing.shipment_size);
    for (auto& route : scenario.routes) {
        if (route.capacity) scale_limit(*route.capacity);
        scale_limit(route.lot_size);
    }
    for (auto& stockpile : scenario.stockpiles) {
        scale(stockpile.stock);
        scale_limit(stockpile.release);
        if (!stockpile.refill) continue;
        scale_limit(stockpile.refill->rate);
        scale(stockpile.refill->target);
    }
    return scenario;
}

double lost_by_rounding(double grams_per_day, std::int64_t per_gram)
{
    const double counts = grams_per_day * static_cast<double>(per_gram);
    return counts > 0 ? std::abs(std::round(counts) / counts - 1) : 0;
}

}  // namespace chokepoint::world

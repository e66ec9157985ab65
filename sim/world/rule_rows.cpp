// Flags, commitments and rules as rows.

#include "policy_rows.hpp"
#include "row_index.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <climits>
#include <map>

namespace chokepoint::world {

namespace {

using scenario::Condition;
using scenario::Scenario;

using Index = std::map<std::string, std::uint32_t>;

struct Indices {
    explicit Indices(const Scenario& s)
        : regions(index_by_id(s.regions)), products(index_by_id(s.products)), tariffs(index_by_id(s.tariffs)),
          licensing(index_by_id(s.licensing)), flags(index_by_id(s.flags))
    {
    }
    Index regions, products, tariffs, licensing, flags;
};

int day_of(const std::optional<core::Date>& date, const Structure& structure, int otherwise)
{
    return date ? *date - structure.start : otherwise;
}

bool named(const std::vector<std::string>& ids, const std::string& id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Ids as text, cut where a list would not be read.
std::string listed(const std::vector<std::string>& ids)
{
    if (ids.size() <= 4) return fmt::format("{}", fmt::join(ids, ", "));
    return fmt::format("{} and {} more", fmt::join(ids.begin(), ids.begin() + 3, ", "), ids.size() - 3);
}

void add_shortage(const Condition& from, const Structure& structure, ConditionRow& to)
{
    for (std::uint32_t row = 0; row < structure.rows.size(); ++row) {
        if (!named(from.buyers, structure.blocks[structure.rows[row].block].id)) continue;
        const std::string& product = structure.products[structure.rows[row].product].id;
        if (from.products.empty() || named(from.products, product)) to.cells.push_back(row);
    }
    to.name = fmt::format("unmet need of {} over {} d", listed(from.buyers), from.window);
}

// One duty cell for every product the tariff is charged on.
void add_tariff(const Condition& from, const Structure& structure, const Indices& indices, ConditionRow& to)
{
    to.subject = indices.tariffs.at(from.subject);
    to.name = from.subject;
    std::map<std::size_t, std::uint32_t> first;
    for (const DutyLayer& layer : structure.policy.tariffs[to.subject].layers)
        for (const std::uint32_t cell : layer.cells) {
            auto [at, fresh] = first.emplace(cell % structure.products.size(), cell);
            if (!fresh) at->second = std::min(at->second, cell);
        }
    for (const auto& [product, cell] : first) to.cells.push_back(cell);
}

void add_granted(const Condition& from, const Indices& indices, ConditionRow& to)
{
    to.subject = indices.licensing.at(from.subject);
    for (const auto& region : from.toward) to.cells.push_back(indices.regions.at(region));
    to.name = fmt::format("share granted by {} toward {} over {} d", from.subject, listed(from.toward), from.window);
}

void add_price(const Condition& from, const Structure& structure, const Indices& indices, ConditionRow& to)
{
    to.subject = indices.products.at(from.subject);
    to.name = fmt::format("price of {} {} over that of day 0", from.subject,
                          from.origin.empty() ? "outside" : "in " + from.origin);
    if (from.origin.empty()) return;
    const auto& published = structure.exports_of;
    const auto at = std::find(published.begin(), published.end(), indices.regions.at(from.origin)) - published.begin();
    to.cells.push_back(static_cast<std::uint32_t>(at) * static_cast<std::uint32_t>(structure.products.size()) +
                       to.subject);
}

ConditionRow condition_row(const Condition& from, const Structure& structure, const Indices& indices)
{
    ConditionRow to;
    to.indicator = static_cast<Indicator>(from.kind);
    to.below = from.below;
    to.lowered = from.lowered;
    to.level_ppm = ppm(from.level);
    to.end_ppm = ppm(from.hysteresis.value_or(from.level));
    to.for_days = from.for_days;
    to.from = day_of(from.from, structure, INT_MIN);
    to.until = day_of(from.until, structure, INT_MAX);
    switch (from.kind) {
        case Condition::Kind::kTariff: add_tariff(from, structure, indices, to); break;
        case Condition::Kind::kShortage: add_shortage(from, structure, to); break;
        case Condition::Kind::kGranted: add_granted(from, indices, to); break;
        case Condition::Kind::kPrice: add_price(from, structure, indices, to); break;
        case Condition::Kind::kFlag:
            to.subject = indices.flags.at(from.subject);
            to.name = "flag " + from.subject;
            break;
        case Condition::Kind::kDates: to.name = "the date"; break;
    }
    const bool sums = from.kind == Condition::Kind::kShortage || from.kind == Condition::Kind::kGranted;
    to.window = sums ? from.window : 0;
    return to;
}

RuleStepRow step_row(const scenario::RuleStep& from, const Index& postures, const Indices& indices)
{
    RuleStepRow to{from.id, from.after, {}, {}, {}, {}};
    for (std::size_t i = 0; i < from.toward.size(); ++i) {
        to.regions.push_back(indices.regions.at(from.toward[i]));
        to.postures.push_back(static_cast<std::uint16_t>(postures.at(from.postures[i])));
    }
    for (const auto& flag : from.raise) to.raise.push_back(indices.flags.at(flag));
    for (const auto& flag : from.lower) to.lower.push_back(indices.flags.at(flag));
    return to;
}

void add_flags(const Scenario& scenario, const Indices& indices, Structure& structure)
{
    for (const auto& flag : scenario.flags) {
        structure.policy.flags.push_back(
            {flag.id, day_of(flag.from, structure, INT_MAX), day_of(flag.until, structure, INT_MAX)});
    }
    for (const auto& commitment : scenario.commitments) {
        CommitmentRow row{commitment.date - structure.start, commitment.id,
                          fmt::format("\"{}\": the scenario takes the reading it calls {}", commitment.text, commitment.reading), {}};
        for (const auto& flag : commitment.raise) row.raise.push_back(indices.flags.at(flag));
        structure.policy.commitments.push_back(std::move(row));
    }
}

}  // namespace

void add_rules(const Scenario& scenario, Structure& structure)
{
    const Indices indices(scenario);
    add_flags(scenario, indices, structure);
    for (const auto& rule : scenario.rules) {
        RuleRow row;
        row.id = rule.id;
        for (const auto& condition : rule.when) row.conditions.push_back(condition_row(condition, structure, indices));
        Index postures;
        if (!rule.licensing.empty()) {
            row.control = indices.licensing.at(rule.licensing);
            postures = index_by_id(scenario.licensing[row.control].postures);
        }
        if (!rule.by.empty()) row.calendar = structure.regions[indices.regions.at(rule.by)].calendar;
        row.then = step_row(rule.then, postures, indices);
        for (const auto& step : rule.restored) row.restored.push_back(step_row(step, postures, indices));
        row.at_most = rule.at_most;
        structure.policy.rules.push_back(std::move(row));
    }
}

}  // namespace chokepoint::world

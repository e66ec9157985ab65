#include "chokepoint/world/judge.hpp"

#include "chokepoint/core/plain.hpp"
#include "chokepoint/world/block_flows.hpp"
#include "trade_tables.hpp"
#include "without_effect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace chokepoint::world {

namespace {

using core::Diagnostic;
using scenario::Scenario;

constexpr double kPerYear = 365e-6;     // g/d in t/yr
constexpr double kMargin = 1.25;        // a table further from its margins than this is told
constexpr double kMarginFalse = 3;      // and further than this refused
constexpr double kTold = 1.1;           // what is needed against what a table brings: a gap that the plan lists
constexpr double kNeed = 1.5;           // more than the table brings by so much is a warning
constexpr double kNeedFalse = 100;      // a scenario may grow a market tenfold, not to kilograms for tonnes
constexpr double kWorld = 1.05;         // times the most that is published
constexpr double kWorldFalse = 10;
constexpr double kPrice = 3;            // outside the published range by so much
constexpr double kPriceFalse = 30;
constexpr double kRounding = 0.05;      // share of a need that whole grams may add or lose

// What a number so many times too large most likely is.
std::string slip(double times)
{
    struct Slip {
        double times;
        const char* what;
    };
    static constexpr Slip kSlips[] = {{1e6, "grams?"}, {1e3, "kilograms?"}, {365, "is it per day elsewhere?"}, {12, "a year where a month is meant?"},
                                      {1.0 / 12, "per month?"}, {1.0 / 365, "per day?"}, {1e-3, "thousands of tonnes?"}};
    for (const Slip& one : kSlips)
        if (std::abs(std::log(times / one.times)) < std::log(1.45)) return one.what;
    return "check its unit and its year";
}

std::string number(double value) { return core::plain(value, 3); }

std::string times_text(double times) { return times >= 1 ? number(times) + " times too large" : number(1 / times) + " times too small"; }

class Judge {
  public:
    Judge(const Scenario& scenario, const std::vector<scenario::Plausible>& published)
        : scenario_(scenario), published_(published), tables_(scenario), n_(scenario.regions.size())
    {
    }

    Judgement all()
    {
        judge_prices();
        for (std::size_t family = 0; family < scenario_.families.size(); ++family) {
            judge_margins(family);
            judge_world_of_table(family);
        }
        judge_capacities();
        const bool refused = std::any_of(found_.begin(), found_.end(), [](const Finding& f) { return f.diagnostic.severity == Diagnostic::Severity::kError; });
        if (!refused) {
            const BlockPlan plan = plan_blocks(scenario_);
            judge_needs(plan);
            judge_world_of_needs(plan);
            judge_rounding(plan);
            out_.without_effect = without_effect(scenario_, plan);
        }
        for (Finding& finding : found_) out_.diagnostics.push_back(std::move(finding.diagnostic));
        return std::move(out_);
    }

  private:
    struct Finding {
        Diagnostic diagnostic;
        double times = 1;  // how far off, 1 or more
    };

    // One row is blamed once, for what it is furthest off.
    void say(bool error, double times, core::Location where, const std::string& key, std::string problem, std::string remedy)
    {
        const auto severity = error ? Diagnostic::Severity::kError : Diagnostic::Severity::kWarning;
        Finding finding{{severity, std::move(where), key, std::move(problem), std::move(remedy)}, std::max(times, 1 / times)};
        const auto same = std::find_if(found_.begin(), found_.end(), [&](const Finding& other) {
            const core::Location &a = other.diagnostic.where, &b = finding.diagnostic.where;
            return other.diagnostic.key == key && a.file == b.file && a.line == b.line;
        });
        if (same == found_.end()) found_.push_back(std::move(finding));
        else if (finding.times > same->times) *same = std::move(finding);
    }
    [[nodiscard]] core::Location where(const std::string& key) const { return scenario_.origin ? scenario_.origin(key) : core::Location{}; }
    static std::string place(const core::Location& at) { return at.line > 0 ? fmt::format(" ({}:{})", at.file, at.line) : std::string{}; }

    // The largest flow of a table that `counts`.
    template <typename Counts>
    const scenario::Flow* largest_flow(std::size_t family, Counts counts) const
    {
        const scenario::Flow* out = nullptr;
        for (const auto& flow : scenario_.families[family].flows)
            if (counts(flow) && (out == nullptr || flow.tonnes_per_year > out->tonnes_per_year)) out = &flow;
        return out;
    }

    void judge_margins(std::size_t family)
    {
        const auto& entry = scenario_.families[family];
        const auto& flow = tables_.flow(family);
        if (flow.empty()) return;
        for (const auto& margin : entry.margins) {
            const std::uint32_t region = tables_.region(margin.region);
            double sum = 0;
            for (std::size_t other = 0; other < n_; ++other) sum += flow[margin.is_production ? region * n_ + other : other * n_ + region] * kPerYear;
            if (margin.tonnes_per_year <= 0) continue;
            const double times = sum / margin.tonnes_per_year;
            if (times < kMargin && times > 1 / kMargin) continue;
            blame_margin(family, margin, sum);
        }
    }

    void blame_margin(std::size_t family, const scenario::FlowMargin& margin, double sum)
    {
        const std::string side = margin.is_production ? "production" : "use";
        const auto inside = [&](const scenario::Flow& flow) { return (margin.is_production ? flow.origin : flow.destination) == margin.region; };
        const scenario::Flow* largest = largest_flow(family, inside);
        const double times = sum / margin.tonnes_per_year;
        const bool error = times > kMarginFalse || times < 1 / kMarginFalse;
        const std::string id = scenario_.families[family].id;
        if (times > 1 && largest != nullptr && largest->tonnes_per_year > sum / 2) {
            const double of_flow = largest->tonnes_per_year / std::max(margin.tonnes_per_year - (sum - largest->tonnes_per_year), margin.tonnes_per_year / 2);
            return say(error, of_flow, largest->where, "families." + id + ".flows",
                       fmt::format("{} t/yr from {} to {} are more than the {} of {} allows, {} t/yr{}", number(largest->tonnes_per_year), largest->origin, largest->destination, side,
                                   margin.region, number(margin.tonnes_per_year), place(margin.where)),
                       fmt::format("{}; {}", times_text(of_flow), slip(of_flow)));
        }
        say(error, times, margin.where, "families." + id + ".margins",
            fmt::format("the {} of {} is {} t/yr, but its flows come to {} t/yr", side, margin.region, number(margin.tonnes_per_year), number(sum)),
            fmt::format("{}; {}", times_text(1 / times), slip(1 / times)));
    }

    using Amounts = std::vector<std::pair<std::uint32_t, double>>;  // product, t/yr

    // Tells of amounts that the whole world does not make. `what` says whose amount it is, up to the number.
    void beyond_world(const Amounts& amounts, const std::string& what, const core::Location& at, const std::string& key)
    {
        for (const auto& row : published_) {
            double counted = 0;
            for (const auto& [product, tonnes] : amounts) counted += tonnes * row.share_of(scenario_.products[product]);
            const double times = row.tonnes_per_year > 0 ? counted / row.tonnes_per_year : 0;
            if (times <= kWorld) continue;
            say(times > kWorldFalse, times, at, key,
                fmt::format("{} {} t/yr{}, more than is published for the whole world, {} t/yr ({} in data/world_totals.csv)", what, number(counted),
                            row.element.empty() ? "" : " of " + row.element, number(row.tonnes_per_year), row.source),
                fmt::format("{} times as much; {}", number(times), times > kWorldFalse ? "kilograms, or a day for a year?" : "check its unit and its year"));
        }
    }

    void judge_world_of_table(std::size_t family)
    {
        const auto& entry = scenario_.families[family];
        double total = 0;
        for (const double grams : tables_.flow(family)) total += grams * kPerYear;
        const scenario::Flow* largest = largest_flow(family, [](const auto&) { return true; });
        if (largest == nullptr) return;
        Amounts amounts;
        for (const std::uint32_t product : tables_.expand({entry.id}))
            amounts.emplace_back(product, total * (scenario_.products[product].id == entry.controlled ? 1 - entry.look_alike_share : entry.look_alike_share));
        beyond_world(amounts, fmt::format("with {} t/yr from {} to {} the flows of {} come to", number(largest->tonnes_per_year), largest->origin, largest->destination, entry.id),
                     largest->where, "families." + entry.id + ".flows");
    }

    void judge_capacities()
    {
        for (const auto& producer : scenario_.producers) {
            const std::string key = "producers." + producer.id + ".capacity";
            if (producer.capacity) beyond_world({{tables_.expand({producer.makes}).front(), *producer.capacity * kPerYear}}, producer.id + " can make", where(key), key);
        }
    }

    void judge_prices()
    {
        for (const auto& product : scenario_.products) {
            for (const auto& row : published_) {
                if (!row.prices(product)) continue;
                const double times = product.price > row.price_high ? product.price / row.price_high : product.price < row.price_low ? product.price / row.price_low : 1;
                const double off = std::max(times, 1 / times);
                if (off <= kPrice) continue;
                const auto fits = [&](double scale) { return product.price * scale > row.price_low / kPrice && product.price * scale < row.price_high * kPrice; };
                const char* likely = fits(1e-3) ? "USD/t?" : fits(1e3) ? "USD/g?" : "check its unit";
                const std::string key = "products." + product.id + ".price";
                say(off > kPriceFalse, times, where(key), key,
                    fmt::format("{} USD/kg is far from what {} has cost, {} to {} USD/kg (data/prices.csv)", number(product.price), row.commodity, number(row.price_low), number(row.price_high)),
                    fmt::format("{}; {}", times_text(times), likely));
            }
        }
    }

    struct Needed {
        double grams = 0, largest = 0;  // [g/d]
        std::string key = {};           // of the largest
        template <typename Key>
        void add(double more, Key key_of)
        {
            grams += more;
            if (more <= largest) return;
            largest = more;
            key = key_of();
        }
    };

    // Traders need what they pass on.
    static bool uses_it(const BlockPlan& plan, const PlannedInput& input)
    {
        const Role role = plan.blocks[input.block].block.role;
        return role == Role::kBuyer || role == Role::kProducer;
    }

    [[nodiscard]] std::string need_key(const PlannedBlock& block, std::uint32_t product) const
    {
        std::string used = scenario_.products[product].id;
        const auto names = [&](const auto& users) {
            for (const auto& user : users) {
                if (block.key != (block.block.role == Role::kBuyer ? "buyers." : "producers.") + user.id) continue;
                for (const auto& input : user.uses)
                    if (const auto ids = tables_.expand({input.product}); std::find(ids.begin(), ids.end(), product) != ids.end()) used = input.product;
            }
        };
        if (block.block.role == Role::kBuyer) names(scenario_.buyers);
        else names(scenario_.producers);
        return block.key + ".uses." + used;
    }

    void judge_needs(const BlockPlan& plan)
    {
        for (std::size_t family = 0; family < scenario_.families.size(); ++family) {
            if (tables_.flow(family).empty()) continue;
            const auto products = tables_.expand({scenario_.families[family].id});
            std::vector<Needed> needs(n_);
            for (const PlannedInput& input : plan.inputs) {
                if (!uses_it(plan, input) || std::find(products.begin(), products.end(), input.product) == products.end()) continue;
                needs[plan.blocks[input.block].block.region].add(input.grams_per_day, [&] { return need_key(plan.blocks[input.block], input.product); });
            }
            for (std::uint32_t region = 0; region < n_; ++region) compare_need(family, region, needs[region]);
        }
    }

    void compare_need(std::size_t family, std::uint32_t region, const Needed& need)
    {
        double brought = 0;
        for (std::size_t origin = 0; origin < n_; ++origin) brought += tables_.flow(family)[origin * n_ + region];
        if (brought <= 0) return;  // nobody supplies it: refused where the world is planned
        const std::string& id = scenario_.families[family].id;
        const std::string& to = scenario_.regions[region].id;
        const double times = need.grams / brought;
        const scenario::Flow* largest = largest_flow(family, [&](const scenario::Flow& flow) { return flow.destination == to; });
        if (times > kTold || times < 1 / kTold)
            out_.gaps.push_back({id, to, need.key, need.grams * kPerYear, brought * kPerYear, need.key.empty() ? largest->where : where(need.key), largest->where});
        if (times < kNeed && times > 1 / kNeedFalse) return;
        if (need.key.empty())
            return say(false, 1, largest->where, "families." + id + ".flows", fmt::format("{} t/yr go to {}, where nobody needs any: they do not move", number(brought * kPerYear), to),
                       "add a buyer there, or leave the row out");
        say(times > kNeedFalse || times < 1 / kNeedFalse, times, where(need.key), need.key,
            fmt::format("with this {} needs {} t/yr of {}, but the table brings {} t/yr{}, and as much as is needed is shipped", to, number(need.grams * kPerYear), id,
                        number(brought * kPerYear), place(largest->where)),
            fmt::format("{}; {}", times_text(times), slip(times)));
    }

    void judge_world_of_needs(const BlockPlan& plan)
    {
        std::map<std::uint32_t, Needed> needs;  // by product that stands first in a table
        std::map<std::uint32_t, std::map<std::uint32_t, double>> amounts;
        for (const PlannedInput& input : plan.inputs) {
            if (!uses_it(plan, input)) continue;
            const std::uint32_t table = tables_.same_table(input.product).front();
            amounts[table][input.product] += input.grams_per_day * kPerYear;
            needs[table].add(input.grams_per_day, [&] { return need_key(plan.blocks[input.block], input.product); });
        }
        for (const auto& [table, need] : needs)
            beyond_world({amounts[table].begin(), amounts[table].end()}, fmt::format("with this, the largest need, users of {} need", scenario_.products[table].id), where(need.key), need.key);
    }

    void judge_rounding(const BlockPlan& plan)
    {
        for (const PlannedInput& input : plan.inputs) {
            if (input.grams_per_day <= 0 || !uses_it(plan, input)) continue;
            const double whole = std::round(input.grams_per_day);
            const double off = std::abs(whole / input.grams_per_day - 1);
            if (off <= kRounding) continue;
            const std::string key = need_key(plan.blocks[input.block], input.product);
            say(whole == 0, 1 + off, where(key), key,
                fmt::format("needs {:.3g} g/d of {}, but goods are counted in whole grams: {}", input.grams_per_day, scenario_.products[input.product].id,
                            whole == 0 ? std::string("it would never need any") : fmt::format("it would need {:.0f} g/d, {:.0f} % off", whole, 100 * off)),
                "take fewer and larger blocks, or write the scenario in a larger unit");
        }
    }

    const Scenario& scenario_;
    const std::vector<scenario::Plausible>& published_;
    TradeTables tables_;
    std::size_t n_;
    std::vector<Finding> found_;
    Judgement out_;
};

}  // namespace

Judgement judge(const Scenario& scenario, const std::vector<scenario::Plausible>& published)
{
    return Judge(scenario, published).all();
}

}  // namespace chokepoint::world

#include "chokepoint/world/judge.hpp"

#include "chokepoint/core/plain.hpp"
#include "chokepoint/world/block_flows.hpp"
#include "findings.hpp"
#include "fineness.hpp"
#include "judge_tables.hpp"
#include "trade_tables.hpp"
#include "without_effect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

namespace chokepoint::world {

namespace {

using scenario::Scenario;

constexpr double kWorld = 1.05;      // times the most that is published
constexpr double kWorldFalse = 10;
constexpr double kPrice = 3;         // outside the published range by so much
constexpr double kPriceFalse = 30;
constexpr double kOutput = 1.5;      // times what is published
constexpr double kOutputFalse = 10;
constexpr double kSlipped = 0.1;
constexpr double kYear = 365;        // [d]
constexpr double kTonnes = 1e-6;     // g in t
constexpr double kRounding = 0.005;  // share of a need that whole counts may add or lose

class Judge {
  public:
    Judge(const Scenario& scenario, const scenario::Published& published)
        : scenario_(scenario), published_(published), tables_(scenario), findings_(scenario)
    {
    }

    Judgement all()
    {
        judge_prices();
        judge_outputs();
        judge_contents();
        judge_margins(scenario_, tables_, findings_);
        for (std::size_t family = 0; family < scenario_.families.size(); ++family) judge_world_of_table(family);
        judge_supply();
        judge_stockpiles();
        judge_routes_and_licences();
        Judgement out;
        if (!findings_.refused()) {
            const BlockPlan plan = plan_blocks(scenario_);
            out.gaps = judge_needs(scenario_, tables_, plan, findings_);
            judge_world_of_needs(plan);
            judge_rounding(plan);
            out.without_effect = without_effect(scenario_, plan);
        }
        out.diagnostics = findings_.diagnostics();
        return out;
    }

  private:
    using Amounts = std::vector<std::pair<std::uint32_t, double>>;  // product, t/yr or t

    struct Kind {  // of a quantity that is held against what the world makes in a year
        const char* unit;       // of the quantity
        const char* published;  // how the sentence goes on
        const char* slips;      // what is likely where it cannot be true
    };
    static constexpr Kind kFlow{"t/yr", "more than is published for the whole world", "kilograms, or a day for a year?"};
    static constexpr Kind kPerUnit{"t/yr", "more than is published for the whole world", "kilograms, or an amount that is not per tonne or unit of output?"};
    static constexpr Kind kMass{"t", "more than is published for a year of the whole world", "kilograms?"};
    static constexpr Kind kDaily{"t on one day", "more than is published for a year of the whole world", "kilograms, or a year for a day?"};

    // Tells of amounts that the whole world does not make. `what` says whose amount it is, up to the number.
    void beyond_world(const Amounts& amounts, const std::string& what, const Kind& kind, const core::Location& at, const std::string& key)
    {
        for (const auto& row : published_.goods) {
            double counted = 0;
            for (const auto& [product, tonnes] : amounts) counted += tonnes * row.share_of(scenario_.products[product]);
            const double times = row.tonnes_per_year > 0 ? counted / row.tonnes_per_year : 0;
            if (times <= kWorld) continue;
            findings_.say(times > kWorldFalse, times, at, key,
                fmt::format("{} {} {}{}, {}, {} {} ({} in data/world_totals.csv)", what, number(counted), kind.unit, row.element.empty() ? "" : " of " + row.element, kind.published,
                            number(row.tonnes_per_year), std::string_view(kind.unit) == "t/yr" ? "t/yr" : "t", row.source),
                fmt::format("{} times as much; {}", number(times), times > kWorldFalse ? kind.slips : "check its unit and its year"));
        }
    }

    // How many times as much as the world makes of a product; 0 where nothing is published.
    [[nodiscard]] double times_the_world(std::uint32_t product, double tonnes) const
    {
        double out = 0;
        for (const auto& row : published_.goods)
            if (row.tonnes_per_year > 0) out = std::max(out, tonnes * row.share_of(scenario_.products[product]) / row.tonnes_per_year);
        return out;
    }

    // The same of an amount that may be of any of some goods: it is held against those of which the world makes most.
    void beyond_world_of_any(const std::vector<std::string>& goods, double tonnes, const std::string& what, const Kind& kind, const std::string& key)
    {
        const auto products = tables_.expand(goods);
        const auto most = std::min_element(products.begin(), products.end(), [&](auto a, auto b) { return times_the_world(a, tonnes) < times_the_world(b, tonnes); });
        if (most != products.end()) beyond_world({{*most, tonnes}}, what, kind, findings_.where(key), key);
    }

    void judge_world_of_table(std::size_t family)
    {
        const auto& entry = scenario_.families[family];
        double total = 0;
        for (const double grams : tables_.flow(family)) total += grams * kPerYear;
        const scenario::Flow* largest = largest_flow(entry, [](const auto&) { return true; });
        if (largest == nullptr) return;
        Amounts amounts;
        for (const std::uint32_t product : tables_.expand({entry.id}))
            amounts.emplace_back(product, total * (scenario_.products[product].id == entry.controlled ? 1 - entry.look_alike_share : entry.look_alike_share));
        beyond_world(amounts, fmt::format("with {} t/yr from {} to {} the flows of {} come to", number(largest->tonnes_per_year), largest->origin, largest->destination, entry.id),
                     kFlow, largest->where, "families." + entry.id + ".flows");
    }

    void judge_supply()
    {
        for (const auto& producer : scenario_.producers) {
            const std::string key = "producers." + producer.id;
            const auto makes = [&](double grams_per_day, const std::string& what, const std::string& at) {
                beyond_world_of_any({producer.makes}, grams_per_day * kPerYear, producer.id + what, kFlow, key + at);
            };
            if (producer.capacity) makes(*producer.capacity, " can make", ".capacity");
            for (const auto& project : producer.growth.projects) makes(project.capacity, " adds by it", ".projects." + project.id + ".capacity");
            if (producer.growth.offtake) makes(producer.growth.offtake->amount, " makes whatever is ordered", ".offtake.amount");
        }
    }

    // What may leave a stockpile in a year is what it holds: its daily release is held against a whole year of the world.
    void judge_stockpiles()
    {
        for (const auto& pile : scenario_.stockpiles) {
            const std::string key = "stockpiles." + pile.id;
            const auto judge = [&](double tonnes, const std::string& what, const Kind& kind, const std::string& at) { beyond_world_of_any({pile.product}, tonnes, pile.id + what, kind, key + at); };
            judge(pile.stock * kTonnes, " holds", kMass, ".stock");
            judge(pile.release * kTonnes, " gives up to", kDaily, ".release");
            if (!pile.refill) continue;
            judge(pile.refill->rate * kPerYear, " buys up to", kFlow, ".refill.rate");
            if (pile.refill->target != pile.stock) judge(pile.refill->target * kTonnes, " buys until it holds", kMass, ".refill.target");
        }
    }

    void judge_routes_and_licences()
    {
        for (const auto& route : scenario_.routes) {
            const std::string key = "routes." + route.id;
            if (route.capacity) beyond_world_of_any(route.products, *route.capacity * kPerYear, route.id + " carries up to", kFlow, key + ".capacity");
            beyond_world_of_any(route.products, route.lot_size * kTonnes, "a lot is", kMass, key + ".lot.size");
        }
        for (const auto& control : scenario_.licensing) {
            std::vector<std::string> goods = control.products;
            for (const auto& list : control.lists) goods.insert(goods.end(), list.products.begin(), list.products.end());
            beyond_world_of_any(goods, control.shipment_size * kTonnes, "one licence is for up to", kMass, "licensing." + control.id + ".shipment_size");
        }
    }

    void judge_prices()
    {
        for (const auto& product : scenario_.products) judge_price(product, product.price, "products." + product.id + ".price");
        for (const auto& producer : scenario_.producers) {
            if (!producer.growth.floor) continue;
            for (const std::uint32_t made : tables_.expand({producer.makes})) judge_price(scenario_.products[made], producer.growth.floor->price, "producers." + producer.id + ".floor.price");
        }
    }

    void judge_price(const scenario::Product& product, double price, const std::string& key)
    {
        for (const auto& row : published_.goods) {
            if (!row.prices(product)) continue;
            const double times = price > row.price_high ? price / row.price_high : price < row.price_low ? price / row.price_low : 1;
            const double off = std::max(times, 1 / times);
            if (off <= kPrice) continue;
            const auto fits = [&](double scale) { return price * scale > row.price_low / kPrice && price * scale < row.price_high * kPrice; };
            const char* likely = fits(1e-3) ? "USD/t?" : fits(1e3) ? "USD/g?" : "check its unit";
            findings_.say(off > kPriceFalse, times, key,
                fmt::format("{} USD/kg is far from the published prices of {}, {} to {} USD/kg (data/prices.csv)", number(price), row.commodity, number(row.price_low), number(row.price_high)),
                fmt::format("{}; {}", times_text(times), likely));
        }
    }

    // More than a country makes is told. Less may be a part of its makers: a slip of the unit alone is told.
    void judge_outputs()
    {
        for (const auto& row : published_.outputs) {
            double sum = 0, largest = 0;
            std::string key;
            for (const auto& buyer : scenario_.buyers) {
                if (buyer.region != row.region || buyer.makes != row.makes) continue;
                sum += buyer.output_per_day * kYear;
                if (buyer.output_per_day <= largest) continue;
                largest = buyer.output_per_day;
                key = "buyers." + buyer.id + ".output";
            }
            const double times = row.per_year > 0 ? sum / row.per_year : 0;
            const bool slipped = times > 0 && times < 1 && !likely_slip(times).empty() && times < kSlipped;
            if (times <= kOutput && !slipped) continue;
            findings_.say(times > kOutputFalse, times, key,
                fmt::format("with this {} makes {} {}s a year, and {} are published ({} in data/buyers.csv)", row.region, core::plain(sum, 3), row.makes, core::plain(row.per_year, 3), row.source),
                fmt::format("{}; {}", times_text(times), times > kOutputFalse ? "a year for a day?" : times > 1 ? "check its unit and its year" : "thousands, or a day for a year?"));
        }
    }

    void judge_contents()
    {
        for (const auto& row : published_.contents) {
            for (const auto& buyer : scenario_.buyers) {
                if (buyer.makes != row.makes) continue;
                for (const auto& input : buyer.uses) {
                    const auto products = tables_.expand({input.product});
                    const bool is_of = std::any_of(products.begin(), products.end(), [&](auto product) { return scenario_.products[product].hs.rfind(row.hs, 0) == 0; });
                    if (!input.grams_per_unit || !is_of) continue;
                    const double grams = *input.grams_per_unit, times = grams > row.high ? grams / row.high : grams < row.low ? grams / row.low : 1;
                    const double off = std::max(times, 1 / times);
                    if (off <= kPrice) continue;
                    findings_.say(off > kPriceFalse, times, fmt::format("buyers.{}.uses.{}.amount", buyer.id, input.product),
                        fmt::format("{} kg a {} is far from what is published, {} to {} kg ({} in data/buyers.csv)", number(grams * 1e-3), row.makes, number(row.low * 1e-3), number(row.high * 1e-3), row.source),
                        fmt::format("{}; {}", times_text(times), off <= kPriceFalse ? "check its unit" : times > 1 ? "grams?" : "kilograms?"));
                }
            }
        }
    }

    void judge_world_of_needs(const BlockPlan& plan)
    {
        std::map<std::uint32_t, Needed> needs;  // by product that stands first in a table
        std::map<std::uint32_t, std::map<std::uint32_t, double>> amounts;
        for (const PlannedInput& input : plan.inputs) {
            if (!uses_it(plan, input)) continue;
            const std::uint32_t table = tables_.same_table(input.product).front();
            amounts[table][input.product] += input.grams_per_day * kPerYear;
            needs[table].add(input.grams_per_day, [&] { return need_key(scenario_, tables_, plan.blocks[input.block], input.product); });
        }
        for (const auto& [table, need] : needs)
            beyond_world({amounts[table].begin(), amounts[table].end()}, fmt::format("with this, the largest need, users of {} need", scenario_.products[table].id),
                         is_per_unit(need.key) ? kPerUnit : kFlow, findings_.where(need.key), need.key);
    }

    // Whether the need at this key is stated per unit of output.
    [[nodiscard]] bool is_per_unit(const std::string& key) const
    {
        const auto among = [&](const auto& users, const std::string& kind) {
            return std::any_of(users.begin(), users.end(), [&](const auto& user) {
                return std::any_of(user.uses.begin(), user.uses.end(), [&](const auto& input) { return input.grams_per_unit && key == kind + user.id + ".uses." + input.product; });
            });
        };
        return among(scenario_.buyers, "buyers.") || among(scenario_.producers, "producers.");
    }

    // A world is counted as finely as its smallest need asks, so what is left to refuse is a need too small beside what
    // else there is.
    void judge_rounding(const BlockPlan& plan)
    {
        const std::int64_t per_gram = counts_per_gram(scenario_, plan);
        const double step = 1 / static_cast<double>(per_gram);  // [g]
        for (const PlannedInput& input : plan.inputs) {
            if (!uses_it(plan, input)) continue;
            const double lost = lost_by_rounding(input.grams_per_day, per_gram);
            if (lost <= kRounding) continue;
            const std::string key = need_key(scenario_, tables_, plan.blocks[input.block], input.product);
            const double whole = std::round(input.grams_per_day / step) * step;
            findings_.say(true, 1 + lost, key,
                fmt::format("needs {:.3g} g/d of {}, but a world with amounts as large as here can be counted in steps of {} g only: {}", input.grams_per_day,
                            scenario_.products[input.product].id, core::plain(step, 1),
                            whole == 0 ? std::string("it would never need any") : fmt::format("it would need {:.3g} g/d, {:.1f} % {}", whole, 100 * lost, whole > input.grams_per_day ? "more" : "less")),
                fmt::format("let one block stand for this and others, so that it needs {:.3g} g/yr or more", kLeastCounts * step * 365));
        }
    }

    const Scenario& scenario_;
    const scenario::Published& published_;
    TradeTables tables_;
    Findings findings_;
};

}  // namespace

Judgement judge(const Scenario& scenario, const scenario::Published& published)
{
    return Judge(scenario, published).all();
}

}  // namespace chokepoint::world

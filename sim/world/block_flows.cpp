#include "chokepoint/world/block_flows.hpp"

#include "chokepoint/world/balance.hpp"
#include "product_circle.hpp"
#include "product_order.hpp"
#include "trade_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace chokepoint::world {

namespace {

using scenario::Scenario;

// Everything plan_blocks needs to look up while it walks the products upstream.
class Planner {
  public:
    explicit Planner(const Scenario& scenario) : scenario_(scenario), tables_(scenario) {}

    BlockPlan plan()
    {
        add_blocks();
        const std::vector<ProductGroup> groups = order_products();
        add_buyer_needs();
        stop_on_errors();
        for (const ProductGroup& group : groups) {
            if (group.circle) {
                supply_circle(group);
            } else {
                settle_needs(group.products.front());
                supply(group.products.front());
            }
        }
        stop_on_errors();
        for (const auto& [key, grams] : flows_) {
            plan_.flows.push_back({std::get<0>(key), std::get<2>(key), std::get<1>(key), grams});
        }
        for (const auto& [key, need] : needs_) {
            plan_.inputs.push_back({key.first, key.second, need.grams, need.critical, need.cover});
        }
        plan_.residual = tables_.residual();
        return std::move(plan_);
    }

  private:
    struct Need {
        double grams = 0;
        scenario::Criticality critical = scenario::Criticality::kCritical;
        std::optional<scenario::FirmDistribution> cover = {};
        double supplied = 0;  // what sellers have been found for; less than `grams` only in a circle
        void add(double more, const scenario::Input& input)
        {
            grams += more;
            critical = input.critical;
            cover = input.cover;
        }
    };

    void fail(const std::string& key, std::string problem, std::string remedy = {})
    {
        core::Location where;
        if (scenario_.origin) where = scenario_.origin(key);
        errors_.push_back({core::Diagnostic::Severity::kError, where, key, std::move(problem), std::move(remedy)});
    }
    void stop_on_errors() const
    {
        if (!errors_.empty()) throw core::InputError(errors_);
    }

    // `key` is the path of its owner, e.g. "buyers.auto_usa".
    PlannedBlock base_block(const std::string& id, const std::string& title, const std::string& region,
                            Role role, const std::string& key) const
    {
        PlannedBlock planned;
        planned.block.id = id;
        planned.block.title = title.empty() ? id : title;
        planned.block.role = role;
        planned.block.region = tables_.region(region);
        planned.key = key;
        planned.owner = key.substr(key.find('.') + 1);
        planned.block.key = core::entity_key(planned.owner);
        return planned;
    }

    // Of a seller: its owner may have other products, and which ones is no matter of this block.
    void sells(PlannedBlock& planned, std::uint32_t product) const
    {
        planned.block.product = product;
        planned.block.key = core::combine_keys(planned.block.key, plan_.product_key[product]);
    }

    template <class Trader>
    void add_traders(const std::vector<Trader>& traders, Role role, const std::string& section)
    {
        for (const auto& trader : traders) {
            const auto products = tables_.expand(trader.trades);
            for (const std::uint32_t product : products) {
                const std::string id =
                    products.size() == 1 ? trader.id : trader.id + ":" + scenario_.products[product].id;
                PlannedBlock planned =
                    base_block(id, trader.title, trader.region, role, section + "." + trader.id);
                sells(planned, product);
                planned.block.n_firms = firms(trader.firms);
                planned.cover = trader.cover;
                planned.finished_cover = kTraderFinishedCover;
                planned.size_log_sd = trader.size_log_sd;
                trader_share_[id] = trader.share;
                plan_.blocks.push_back(std::move(planned));
            }
        }
    }

    void add_blocks()
    {
        for (const auto& product : scenario_.products) plan_.product_key.push_back(core::entity_key(product.id));
        for (const auto& producer : scenario_.producers) {
            for (const std::uint32_t product : tables_.expand({producer.makes})) {
                PlannedBlock planned = base_block(block_id(producer.id, producer.makes, product), producer.title,
                                                  producer.region, Role::kProducer, "producers." + producer.id);
                sells(planned, product);
                planned.block.n_firms = firms(producer.firms);
                planned.cover = producer.cover;
                planned.finished_cover = producer.finished_cover;
                planned.block.supply_elasticity = producer.supply_elasticity.value_or(scenario_.behaviour.supply_elasticity);
                planned.size_log_sd = producer.size_log_sd;
                planned.capacity = producer.capacity.value_or(-1);
                planned.utilisation = producer.utilisation.value_or(-1);
                plan_.blocks.push_back(std::move(planned));
            }
        }
        add_traders(scenario_.exporters, Role::kExporter, "exporters");
        add_traders(scenario_.importers, Role::kImporter, "importers");
        for (const auto& buyer : scenario_.buyers) {
            PlannedBlock planned =
                base_block(buyer.id, buyer.title, buyer.region, Role::kBuyer, "buyers." + buyer.id);
            planned.block.sector = static_cast<int>(buyer.sector);
            planned.block.sector_name = scenario::sector_name(buyer.sector);
            const scenario::DemandResponse demand = scenario_.behaviour.demand.of(buyer.sector);
            planned.block.demand_elasticity = demand.elasticity;
            planned.block.cost_share = demand.cost_share;
            planned.block.unit = buyer.makes;
            planned.block.rated = buyer.rated;
            planned.block.growth = buyer.growth;
            planned.block.need_noise = buyer.noise;
            planned.block.common_noise = scenario_.behaviour.demand.noise;
            for (const auto& step : buyer.steps)
                planned.block.need_steps.push_back({step.date - scenario_.time.start, step.until ? *step.until - scenario_.time.start : INT_MAX, 1 + step.change});
            planned.block.value = buyer.value;
            planned.block.n_firms = firms(buyer.firms);
            planned.cover = buyer.cover;
            planned.size_log_sd = buyer.size_log_sd;
            planned.activity = buyer.output_per_day * kMilli;
            planned.spot = buyer.conduct.spot;
            planned.parts = buyer.conduct.parts;
            plan_.blocks.push_back(std::move(planned));
        }
        std::sort(plan_.blocks.begin(), plan_.blocks.end(), [](const auto& a, const auto& b) {
            return std::tie(a.owner, a.block.product) < std::tie(b.owner, b.block.product);
        });
        for (std::uint32_t i = 0; i < plan_.blocks.size(); ++i) block_of_[plan_.blocks[i].block.id] = i;
    }

    // A block that makes a family is one block per product of it.
    [[nodiscard]] std::string block_id(const std::string& id, const std::string& makes, std::uint32_t product) const
    {
        return tables_.expand({makes}).size() == 1 ? id : id + ":" + scenario_.products[product].id;
    }

    [[nodiscard]] std::uint32_t firms(int count) const
    {
        constexpr double kMost = 4e9;  // fits the type; far more than fits memory (footprint.hpp)
        return static_cast<std::uint32_t>(std::clamp(static_cast<double>(count) * scenario_.world.scale + 0.5, 1.0, kMost));
    }

    // Downstream first: a product comes after everything made from it.
    std::vector<ProductGroup> order_products()
    {
        const std::size_t n = scenario_.products.size();
        std::vector<std::set<std::uint32_t>> made_into(n);
        for (const auto& producer : scenario_.producers) {
            for (const auto& input : producer.uses) {
                for (const std::uint32_t made : tables_.expand({producer.makes})) {
                    // What is left of a table depends on what makers take of any of its products.
                    const std::uint32_t used = tables_.product(input.product);
                    const auto together = tables_.same_table(used);
                    const bool own = std::find(together.begin(), together.end(), made) != together.end();
                    for (const std::uint32_t each : together) {
                        if (!own || each == used) made_into[each].insert(made);
                    }
                }
            }
        }
        std::vector<ProductGroup> groups = downstream_first(made_into);
        plan_.in_circle.assign(n, false);
        for (const ProductGroup& group : groups) {
            for (const std::uint32_t product : group.products) {
                plan_.products_downstream_first.push_back(product);
                plan_.in_circle[product] = group.circle;
            }
        }
        return groups;
    }

    void add_need(const scenario::Buyer& buyer, const scenario::Input& input, double total)
    {
        for (const auto& [product, share] : tables_.mix(buyer, input.product)) {
            needs_[{block_of_.at(buyer.id), product}].add(total * share, input);
        }
    }

    // Stated amounts; what a table leaves is known only once its makers' needs are.
    void add_buyer_needs()
    {
        for (const auto& buyer : scenario_.buyers) {
            for (const auto& input : buyer.uses) {
                if (!input.remainder) add_need(buyer, input, absolute_need(buyer, input));
            }
        }
    }

    // The needs of makers, then the remainders, of every product that shares a table with this one.
    void settle_needs(std::uint32_t product)
    {
        const auto together = tables_.same_table(product);
        if (!settled_.insert(together.front()).second) return;
        for (const std::uint32_t each : together) add_producer_needs(each);
        for (const auto& buyer : scenario_.buyers) {
            for (const auto& input : buyer.uses) {
                if (!input.remainder || tables_.same_table(tables_.product(input.product)) != together) continue;
                add_need(buyer, input, tables_.remainder(buyer, input, errors_));
            }
        }
    }

    void add_producer_needs(std::uint32_t product)
    {
        for (const auto& producer : scenario_.producers) {
            for (const auto& input : producer.uses) {
                if (tables_.product(input.product) != product) continue;
                for (const std::uint32_t made : tables_.expand({producer.makes})) {
                    const std::uint32_t block = block_of_.at(block_id(producer.id, producer.makes, made));
                    double& counted = counted_[{block, product}];
                    const double grams = input_per_gram(producer, input) * (plan_.blocks[block].activity - counted);
                    counted = plan_.blocks[block].activity;
                    needs_[{block, product}].add(grams, input);
                    tables_.take(product, plan_.blocks[block].block.region, grams);
                }
            }
        }
    }

    // Grams of an input per gram of output; a daily total is over what the whole block makes.
    double input_per_gram(const scenario::Producer& producer, const scenario::Input& input)
    {
        if (!input.grams_per_day) return input.grams_per_unit.value_or(0);
        double output = 0;
        for (const PlannedBlock& planned : plan_.blocks) output += planned.owner == producer.id ? planned.activity : 0;
        if (output > 0) return *input.grams_per_day / output;
        fail("producers." + producer.id + ".uses." + input.product + ".amount",
             fmt::format("is a daily total, but nobody buys what {} makes", producer.id), "write it per tonne of output");
        return 0;
    }

    // Blocks of a role in a region that deal in a product, in id order.
    [[nodiscard]] std::vector<std::uint32_t> dealers(Role role, std::uint32_t region, std::uint32_t product) const
    {
        std::vector<std::uint32_t> out;
        for (std::uint32_t i = 0; i < plan_.blocks.size(); ++i) {
            const Block& block = plan_.blocks[i].block;
            if (block.role == role && block.region == region && block.product == product) out.push_back(i);
        }
        return out;
    }

    void add_flow(std::uint32_t buyer, std::uint32_t seller, std::uint32_t product, double grams)
    {
        if (grams <= 0) return;
        flows_[{buyer, product, seller}] += grams;
        plan_.blocks[seller].activity += grams;
    }

    void from_producers(std::uint32_t buyer, std::uint32_t origin, std::uint32_t product, double grams)
    {
        if (grams <= 0) return;
        const auto producers = dealers(Role::kProducer, origin, product);
        if (producers.empty()) {
            fail(tables_.supply_key(product),
                 fmt::format("{} supplies {} but has no producer of it", scenario_.regions[origin].id,
                             scenario_.products[product].id),
                 fmt::format("add a block to producers with region {} and makes {}", scenario_.regions[origin].id,
                             scenario_.products[product].id));
            return;
        }
        double total = 0;
        for (const std::uint32_t block : producers) total += tables_.supply_weight(plan_.blocks[block].owner);
        for (const std::uint32_t block : producers) {
            add_flow(buyer, block, product, grams * tables_.supply_weight(plan_.blocks[block].owner) / total);
        }
    }

    // From an origin abroad: part through its trading houses, the rest straight from producers.
    void from_abroad(std::uint32_t buyer, std::uint32_t origin, std::uint32_t product, double grams)
    {
        double direct = grams;
        for (const std::uint32_t block : dealers(Role::kExporter, origin, product)) {
            const double part = grams * trader_share_.at(plan_.blocks[block].block.id);
            add_flow(buyer, block, product, part);
            direct -= part;
        }
        from_producers(buyer, origin, product, std::max(0.0, direct));
    }

    // Finds sellers for what is needed of a product and has none yet; returns how much that is [g/d].
    double supply(std::uint32_t product)
    {
        const double asked = supply_users(product);
        supply_traders(product, Role::kImporter);
        supply_traders(product, Role::kExporter);
        return asked;
    }

    // Round by round: what makers need for what the last round asked of them is asked for in the next.
    void supply_circle(const ProductGroup& circle)
    {
        const auto faults = circle_faults(scenario_, tables_, circle);
        errors_.insert(errors_.end(), faults.begin(), faults.end());
        stop_on_errors();
        for (const std::uint32_t product : circle.products) settle_needs(product);
        double total = 0;
        for (int round = 0; round < kMostRounds && total < kMostGrams; ++round) {
            double asked = 0;
            for (const std::uint32_t product : circle.products) {
                if (round > 0) add_producer_needs(product);
                asked += supply(product);
            }
            total += asked;
            stop_on_errors();
            if (asked <= kCircleRest * total) return;
        }
        errors_.push_back(uses_up_what_it_makes(scenario_, tables_, circle));
        stop_on_errors();
    }

    double supply_users(std::uint32_t product)
    {
        double asked = 0;
        for (auto& [key, need] : needs_) {
            const auto [user, used] = key;
            const double more = need.grams - need.supplied;
            if (used != product || more <= 0) continue;
            const Block& block = plan_.blocks[user].block;
            if (block.role == Role::kImporter || block.role == Role::kExporter) continue;
            need.supplied = need.grams;
            asked += more;
            const bool through_importers = block.sector != static_cast<int>(scenario::Sector::kDefense);
            const auto shares = tables_.origin_shares(product, block.region, errors_);
            for (std::uint32_t origin = 0; origin < shares.size(); ++origin) {
                const double grams = more * shares[origin];
                if (grams <= 0) continue;
                if (origin == block.region) {
                    from_producers(user, origin, product, grams);
                    continue;
                }
                double rest = grams;
                if (through_importers) {
                    for (const std::uint32_t importer : dealers(Role::kImporter, block.region, product)) {
                        const double part = grams * trader_share_.at(plan_.blocks[importer].block.id);
                        add_flow(user, importer, product, part);
                        imports_[{importer, origin}] += part;
                        rest -= part;
                    }
                }
                from_abroad(user, origin, product, std::max(0.0, rest));
            }
        }
        return asked;
    }

    void supply_traders(std::uint32_t product, Role role)
    {
        for (std::uint32_t i = 0; i < plan_.blocks.size(); ++i) {
            const Block& block = plan_.blocks[i].block;
            if (block.role != role || block.product != product || plan_.blocks[i].activity <= 0) continue;
            Need& need = needs_[{i, product}];
            need.grams = plan_.blocks[i].activity;
            const double more = need.grams - need.supplied;
            need.supplied = need.grams;
            if (role == Role::kExporter) {
                from_producers(i, block.region, product, more);
                continue;
            }
            for (std::uint32_t origin = 0; origin < scenario_.regions.size(); ++origin) {
                const auto found = imports_.find({i, origin});
                if (found != imports_.end()) from_abroad(i, origin, product, std::exchange(found->second, 0.0));
            }
        }
    }

    static double absolute_need(const scenario::Buyer& buyer, const scenario::Input& input)
    {
        if (input.grams_per_day) return *input.grams_per_day;
        if (input.grams_per_unit) return *input.grams_per_unit * buyer.output_per_day;
        return 0;
    }

    static constexpr double kTraderFinishedCover = 2;  // [d] goods made ready for the day's orders
    static constexpr double kMilli = 1000;             // buyers' output is counted in thousandths
    static constexpr int kMostRounds = 5000;           // enough where a round asks for 99.4 % of the last
    static constexpr double kCircleRest = 1e-12;       // of all that was asked: below it a circle is at rest
    static constexpr double kMostGrams = 1e18;         // [g/d] far beyond any world: what is asked grows for ever

    const Scenario& scenario_;
    TradeTables tables_;
    BlockPlan plan_;
    std::map<std::string, std::uint32_t> block_of_;
    std::map<std::string, double> trader_share_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Need> needs_;                       // block, product
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, double> flows_;     // buyer, product, seller
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> imports_;                   // importer, origin: not yet bought
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> counted_;                   // block, product: activity whose need is in
    std::set<std::uint32_t> settled_;  // first product of each table whose needs are complete
    std::vector<core::Diagnostic> errors_;
};

}  // namespace

BlockPlan plan_blocks(const scenario::Scenario& scenario) { return Planner(scenario).plan(); }

}  // namespace chokepoint::world

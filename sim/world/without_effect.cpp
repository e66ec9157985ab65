#include "without_effect.hpp"

#include "chokepoint/core/plain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::world {

namespace {

using core::Diagnostic;
using scenario::Scenario;

bool among(const std::vector<std::string>& names, const std::string& id) { return std::find(names.begin(), names.end(), id) != names.end(); }
// An empty list stands for all.
bool all_or_among(const std::vector<std::string>& names, const std::string& id) { return names.empty() || among(names, id); }

class WithoutEffect {
  public:
    WithoutEffect(const Scenario& scenario, const BlockPlan& plan)
        : scenario_(scenario), plan_(plan)
    {
        for (const PlannedFlow& flow : plan.flows) add_lane(plan.blocks[flow.seller].block.region, plan.blocks[flow.buyer].block.region, flow.product);
        for (const PlannedInput& input : plan.inputs) needed_.insert(input.product);
        add_lanes_that_may_open();
    }

    std::vector<Diagnostic> all()
    {
        judge_goods();
        judge_tariffs();
        add(licensing_without_effect(scenario_, plan_, lanes_));
        judge_flags();
        judge_steps();
        judge_stockpiles();
        for (const auto& route : scenario_.routes) judge_route(route);
        judge_traders("exporters", scenario_.exporters, Role::kExporter, "leaves");
        judge_traders("importers", scenario_.importers, Role::kImporter, "comes to");
        judge_regions();
        add(rules_without_effect(scenario_));
        add(enforcement_without_effect(scenario_));
        return std::move(out_);
    }

  private:
    void say(const std::string& key, std::string problem, std::string remedy)
    {
        out_.push_back({Diagnostic::Severity::kWarning, scenario_.origin ? scenario_.origin(key) : core::Location{}, key, std::move(problem), std::move(remedy)});
    }

    void add(std::vector<Diagnostic> more)
    {
        for (Diagnostic& one : more) out_.push_back(std::move(one));
    }

    void add_lane(std::uint32_t origin, std::uint32_t destination, std::uint32_t product)
    {
        lanes_.emplace(scenario_.regions[origin].id, scenario_.regions[destination].id, scenario_.products[product].id);
    }

    // Makers that firms may search, and covert routes.
    void add_lanes_that_may_open()
    {
        for (const PlannedBlock& maker : plan_.blocks) {
            if (scenario_.behaviour.conduct.search.candidates <= 0 || maker.block.role != Role::kProducer) continue;
            for (const PlannedInput& input : plan_.inputs)
                if (input.product == maker.block.product) add_lane(maker.block.region, plan_.blocks[input.block].block.region, input.product);
        }
        for (const auto& route : scenario_.routes)
            for (const std::string& product : route.products)
                for (const std::string& to : route.to) lanes_.emplace(route.declares_via ? route.via : route.from, to, product);
    }

    [[nodiscard]] bool moves(const std::string& origin, const std::string& destination, const std::string& product) const
    {
        return lanes_.count({origin, destination, product}) != 0;
    }

    void judge_goods()
    {
        for (std::uint32_t product = 0; product < scenario_.products.size(); ++product)
            if (needed_.count(product) == 0) say("products." + scenario_.products[product].id, "nobody needs it, so none of it moves", "let a buyer or a maker use it, or leave it out");
    }

    // Whether goods move on any lane on which the layer is charged, or would be if no other block named anyone.
    [[nodiscard]] bool has_goods(const scenario::Tariff& tariff, const scenario::TariffLayer& layer, bool as_if_alone = false) const
    {
        return std::any_of(lanes_.begin(), lanes_.end(), [&](const auto& lane) {
            const auto& [origin, destination, product] = lane;
            const auto same = [&](const scenario::DutyCell& cell) { return cell.importer == destination && cell.origin == origin && cell.product == product; };
            return origin != destination && among(tariff.importers, destination) && among(tariff.origins, origin) && all_or_among(layer.products, product) &&
                   (as_if_alone || std::none_of(tariff.spared.begin(), tariff.spared.end(), same));
        });
    }

    // A block whose duty another one's `other` would charge instead says something even at 0 %.
    [[nodiscard]] bool spares(const scenario::Tariff& tariff) const
    {
        return std::any_of(scenario_.tariffs.begin(), scenario_.tariffs.end(), [&](const scenario::Tariff& blanket) {
            return std::any_of(blanket.spared.begin(), blanket.spared.end(), [&](const scenario::DutyCell& cell) { return among(tariff.importers, cell.importer) && among(tariff.origins, cell.origin); });
        });
    }

    // A change dated after the last day is told as such.
    void judge_changes(const scenario::Tariff& tariff)
    {
        using Why = scenario::IdleChange::Why;
        for (const auto& idle : tariff.idle) {
            const std::string problem = idle.why == Why::kNothing    ? "is +0 pp: the rate stays as it is"
                                        : idle.why == Why::kInForce ? fmt::format("gives the rate already in force, {} %: nothing changes", core::plain(idle.rate * 100))
                                                                    : std::string("does nothing, since another change of the same day sets the rate");
            say(idle.key, problem, idle.why == Why::kSameDay ? "give it another date, or remove it" : "give it another rate, or remove it");
        }
    }

    void judge_tariffs()
    {
        for (const auto& tariff : scenario_.tariffs) {
            judge_changes(tariff);
            const auto goods = [&](const scenario::TariffLayer& layer) { return has_goods(tariff, layer); };
            if (tariff.for_the_record) continue;
            if (std::none_of(tariff.layers.begin(), tariff.layers.end(), goods)) {
                const auto goods_alone = [&](const scenario::TariffLayer& layer) { return has_goods(tariff, layer, true); };
                if (std::any_of(tariff.layers.begin(), tariff.layers.end(), goods_alone))
                    say("tariffs." + tariff.id, "every origin with goods is named by another block, so nobody is left for `other`: the duty is charged on nothing", "charge it on top of those blocks with adds_to, name origins, or remove the block");
                else say("tariffs." + tariff.id, fmt::format("no goods it is charged on move from {} to {}: the duty is charged on nothing", fmt::join(tariff.origins, ", "), fmt::join(tariff.importers, ", ")),
                    "add a flow on that lane, remove the block, or say `for_the_record: true` in it");
                continue;
            }
            std::set<std::string> live, told;
            for (const auto& layer : tariff.layers)
                if (goods(layer)) live.insert(layer.id);
            for (const auto& layer : tariff.layers) {
                const std::string key = "tariffs." + tariff.id + ".layers." + layer.id;
                if (!told.insert(layer.id).second) continue;
                if (live.count(layer.id) == 0)
                    say(key, fmt::format("none of its goods ({}) move on these lanes: the layer is charged on nothing", fmt::join(layer.products, ", ")), "name other products, or remove the layer");
                else if (layer.base_rate == 0 && layer.points.empty() && layer.announced.empty() && !spares(tariff))
                    say(key, "is 0 % on every day", "give it a rate or changes, or remove it");
            }
        }
    }

    [[nodiscard]] bool is_asked_for(const std::string& flag) const
    {
        for (const auto& rule : scenario_.rules)
            for (const auto& condition : rule.when)
                if (condition.kind == scenario::Condition::Kind::kFlag && condition.subject == flag) return true;
        for (const auto& tariff : scenario_.tariffs)
            for (const auto& layer : tariff.layers)
                for (const auto& lapse : layer.lapses)
                    if (lapse.flag == flag) return true;
        return false;
    }

    void judge_flags()
    {
        for (const auto& flag : scenario_.flags)
            if (!is_asked_for(flag.id)) say("flags." + flag.id, "no rule and no renewal asks for it", "let a rule or a renewal ask for it, or remove it");
    }

    void judge_steps()
    {
        for (const auto& buyer : scenario_.buyers)
            for (const auto& step : buyer.steps)
                if (step.change == 0) say("buyers." + buyer.id + ".steps." + step.id + ".change", "is 0 %", "give it another change, or remove the step");
    }

    void judge_stockpiles()
    {
        for (const auto& pile : scenario_.stockpiles) {
            if (pile.stock == 0 && !pile.refill && std::none_of(scenario_.producers.begin(), scenario_.producers.end(), [&](const auto& p) { return p.growth.offtake && p.growth.offtake->by == pile.id; }))
                say("stockpiles." + pile.id, "holds nothing and buys nothing", "give it a stock or a refill, or remove it");
            else if (pile.release == 0) say("stockpiles." + pile.id + ".release", "is 0 t/d, so nobody ever draws on it", "give it a daily amount, or remove the stockpile");
        }
    }

    // Whether a list of the origin covers goods of the route on a day of the run on which it is open. The engine counts `delay`
    // from the first list that names a product.
    [[nodiscard]] bool ever_evades(const scenario::Route& route) const
    {
        const core::Date end = scenario_.time.start + scenario_.time.horizon;
        for (const auto& control : scenario_.licensing) {
            if (control.authority != route.from) continue;
            for (const std::string& product : route.products) {
                std::vector<std::pair<core::Date, core::Date>> covered;  // from, until
                const auto add_list = [&](const auto& list) {
                    if (among(list.products, product)) covered.emplace_back(list.from, list.until.value_or(end));
                };
                add_list(control);
                for (const auto& list : control.lists) add_list(list);
                if (covered.empty()) continue;
                const core::Date opens = route.onset.value_or(std::min_element(covered.begin(), covered.end())->first + route.delay_days);
                for (const auto& [from, until] : covered)
                    if (std::max({from, opens, scenario_.time.start}) < std::min(until, end)) return true;
            }
        }
        return false;
    }

    // What senders ask follows the cost of their imports where they are abroad; at the origin fixed prices leave no premium.
    void judge_route(const scenario::Route& route)
    {
        const std::string key = "routes." + route.id;
        if (!ever_evades(route))
            say(key, fmt::format("carries nothing: on no day of the run is it open while a control of {} covers its goods ({})", route.from, fmt::join(route.products, ", ")), "name goods under control, give it an earlier day, or remove it");
        else if (route.kind == scenario::RouteKind::kUndeclared && scenario_.behaviour.price_speed == 0 && !(scenario_.drawn && scenario_.drawn("behaviour.price.speed")))
            say(key, "carries nothing: prices are fixed (behaviour.price.speed is 0 %/d), so nobody gains by it", "set behaviour.price.speed, or remove it");
    }

    // A share of nothing; one of 0 % is told as such.
    template <class Block>
    void judge_traders(const std::string& kind, const std::vector<Block>& blocks, Role role, const char* verb)
    {
        std::set<std::string> busy;
        for (const PlannedFlow& flow : plan_.flows)
            if (plan_.blocks[flow.buyer].block.role == role) busy.insert(plan_.blocks[flow.buyer].owner);
        for (const Block& block : blocks)
            if (block.share > 0 && busy.count(block.id) == 0)
                say(kind + "." + block.id, fmt::format("none of what it trades ({}) {} {}, so no goods go through it", fmt::join(block.trades, ", "), verb, block.region), "name other goods, or remove it");
    }

    // Nobody is in it, nothing moves or may move to it or from it.
    void judge_regions()
    {
        std::set<std::string> busy;
        for (const PlannedBlock& block : plan_.blocks) busy.insert(scenario_.regions[block.block.region].id);
        for (const auto& [origin, destination, product] : lanes_) busy.insert({origin, destination});
        for (const auto& route : scenario_.routes) busy.insert({route.from, route.via});
        for (const auto& region : scenario_.regions)
            if (busy.count(region.id) == 0) say("regions." + region.id, "nobody in it makes, trades or uses anything, so no goods come or go", "add a maker or a buyer in it, or leave it out");
    }

    const Scenario& scenario_;
    const BlockPlan& plan_;
    Lanes lanes_;
    std::set<std::uint32_t> needed_;
    std::vector<Diagnostic> out_;
};

}  // namespace

std::vector<Diagnostic> without_effect(const Scenario& scenario, const BlockPlan& plan)
{
    return WithoutEffect(scenario, plan).all();
}

}  // namespace chokepoint::world

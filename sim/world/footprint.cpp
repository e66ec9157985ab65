#include "chokepoint/world/footprint.hpp"

#include "canonical.hpp"
#include "fineness.hpp"
#include "network.hpp"

#include "chokepoint/world/block_flows.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace chokepoint::world {

namespace {

using scenario::Licensing;
using scenario::Scenario;

// What a row takes in Structure and State, as vectors of its fields [B]. A file takes its row, its places in a queue and
// among licences, and room to grow.
constexpr double kFirm = 210, kPrice = 8, kInput = 130, kLink = 110, kGuarded = 230, kFile = 60, kCell = 4;

bool lists(const Licensing& licensing, const std::string& product)
{
    const auto holds = [&](const std::vector<std::string>& ids) { return std::find(ids.begin(), ids.end(), product) != ids.end(); };
    return holds(licensing.products) || std::any_of(licensing.lists.begin(), licensing.lists.end(), [&](const auto& l) { return holds(l.products); });
}

class Counter {
  public:
    explicit Counter(const Scenario& given) : scenario_(canonical(given)), plan_(plan_blocks(scenario_)), per_gram_(static_cast<double>(counts_per_gram(scenario_, plan_)))
    {
        for (const auto& lane : scenario_.lanes) lanes_[{lane.origin, lane.destination}] = &lane;
        for (const PlannedFlow& flow : plan_.flows) flows_[{flow.buyer, flow.product}].push_back(&flow);
    }

    Footprint count()
    {
        double sellers = 0;
        for (const PlannedBlock& planned : plan_.blocks) {
            out_.firms += planned.block.n_firms;
            if (planned.block.product != kNone) sellers += planned.block.n_firms;
        }
        for (const PlannedInput& input : plan_.inputs) add_input(input);
        double days = 2;  // of prices kept: longer than any transit
        for (const auto& lane : scenario_.lanes) days = std::max(days, lane.days * (lane.noise_sd > 0 ? 1.5 : 1.0) + 3);
        out_.bytes += out_.firms * kFirm + sellers * days * kPrice + out_.inputs * kInput + out_.links * kLink + out_.files_waiting * kFile;
        return out_;
    }

  private:
    void add_input(const PlannedInput& input)
    {
        if (input.grams_per_day <= 0) return;
        const PlannedBlock& buyer = plan_.blocks[input.block];
        const double inputs = static_cast<double>(buyer.block.n_firms) * parts_of(buyer, input.critical);
        const double each = (scenario_.world.suppliers_min + scenario_.world.suppliers_max) / 2.0;
        const double orders = std::min(inputs * each, input.grams_per_day * per_gram_);
        out_.inputs += inputs;
        out_.links += inputs * scenario_.behaviour.conduct.search.candidates;
        double total = 0;
        for (const PlannedFlow* flow : flows_[{input.block, input.product}]) total += flow->grams_per_day;
        for (const PlannedFlow* flow : flows_[{input.block, input.product}]) {
            const double part = orders * flow->grams_per_day / total;
            add_links(*flow, part + std::min<double>(plan_.blocks[flow->seller].block.n_firms, std::ceil(part)));
        }
    }

    void add_links(const PlannedFlow& flow, double links)
    {
        const std::string& from = scenario_.regions[plan_.blocks[flow.seller].block.region].id;
        const std::string& to = scenario_.regions[plan_.blocks[flow.buyer].block.region].id;
        const scenario::Lane& lane = *lanes_.at({from, to});
        out_.links += links;
        out_.bytes += links * kCell * (lane.days + std::ceil(std::sqrt(lane.noise_sd * lane.days)) + 1);
        for (const Licensing& licensing : scenario_.licensing) {
            if (licensing.authority != from || from == to || !lists(licensing, scenario_.products[flow.product].id)) continue;
            out_.bytes += links * kGuarded;
            add_files(licensing, flow.grams_per_day, links);
        }
    }

    // Of links of a mean size: each files as much as fills a shipment, or what its batch has gathered.
    void add_files(const Licensing& licensing, double grams, double links)
    {
        const double batch = std::max(1.0, std::min<double>(licensing.batch_days, licensing.batch_cover));
        const double a_day = std::max(grams / std::max(1.0, licensing.shipment_size), links / batch);
        const double least_wait = 1.5 * (licensing.minimum_review_days + 1);  // [d]
        out_.files_a_day += a_day;
        out_.files_waiting += a_day * (licensing.throughput.unlimited ? least_wait : std::max(least_wait, licensing.held_cap));
    }

    Scenario scenario_;
    BlockPlan plan_;
    double per_gram_;
    std::map<std::pair<std::string, std::string>, const scenario::Lane*> lanes_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const PlannedFlow*>> flows_;  // buyer, product
    Footprint out_;
};

}  // namespace

Footprint footprint(const Scenario& scenario) { return Counter(scenario).count(); }

}  // namespace chokepoint::world

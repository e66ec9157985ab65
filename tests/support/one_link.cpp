#include "support/one_link.hpp"

#include "support/small_world.hpp"

namespace chokepoint::test {

using namespace scenario;

Scenario clients_world(const std::vector<Client>& clients, int lane_days)
{
    Scenario s;
    s.name = "clients";
    s.time = {core::Date::from_ymd(2025, 1, 1), 400};
    for (const char* id : {"XAA", "XBB", "XCC"}) {
        Region region;
        region.id = id;
        s.regions.push_back(region);
    }
    for (const auto& from : s.regions) {
        for (const auto& to : s.regions) s.lanes.push_back({from.id, to.id, lane_days, 0});
    }
    Product magnet;
    magnet.id = "magnet";
    magnet.price = 1;
    s.products = {magnet};
    Producer maker;
    maker.id = "maker";
    maker.region = "XAA";
    maker.makes = "magnet";
    maker.size_log_sd = 0;
    s.producers = {maker};
    for (const Client& client : clients) {
        Buyer buyer;
        buyer.id = client.id;
        buyer.region = client.region;
        buyer.sector = client.sector;
        buyer.rated = client.rated;
        buyer.cover = {FirmDistribution::Kind::kConstant, 30, 0, 0};
        Input use;
        use.product = "magnet";
        use.grams_per_day = client.grams_per_day;
        buyer.uses = {use};
        s.buyers.push_back(buyer);
    }
    s.world.suppliers_min = s.world.suppliers_max = 1;
    Behaviour& b = s.behaviour;
    b.review_days = 1;
    b.gap_share = 0;
    b.fixed_shares = true;
    b.price_speed = 0;
    b.dispatch_cap = 0;
    return s;
}

Licensing& add_file_queue(Scenario& scenario, int from_day, double shipment_size, double per_day)
{
    Licensing& l = add_licensing(scenario, from_day);
    l.throughput.unlimited = false;
    l.throughput.mode = ThroughputMode::kFiles;
    l.throughput.files_per_reviewer_day = 1;
    l.shipment_size = shipment_size;
    l.batch_cover = 0;
    l.held_cap = 1e6;
    l.use_first = 0;
    l.throughput.levels = {{l.from, per_day}};
    return l;
}

}  // namespace chokepoint::test

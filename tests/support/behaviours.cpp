#include "support/behaviours.hpp"

#include "support/model.hpp"

namespace chokepoint::test {

using scenario::Scenario;

namespace {

template <class Change>
std::function<void(Scenario&)> buyers(Change change)
{
    return [change](Scenario& s) { for (auto& buyer : s.buyers) change(buyer); };
}
template <class Change>
std::function<void(Scenario&)> inputs(Change change)
{
    return [change](Scenario& s) {
        for (auto& buyer : s.buyers) for (auto& input : buyer.uses) change(input);
    };
}
template <class Change>
std::function<void(Scenario&)> makers(Change change)
{
    return [change](Scenario& s) { for (auto& producer : s.producers) change(producer.growth); };
}

std::vector<Behaviour> need_and_ordering()
{
    using scenario::Criticality;
    return {
        {"demand elasticity", [](Scenario& s) { s.behaviour.demand.all.elasticity = 0; }},
        {"need and what is paid", [](Scenario& s) { s.behaviour.demand.price = scenario::DemandPrice::kOutside; }},
        {"lag of prices behind costs", [](Scenario& s) { s.behaviour.demand.lag_days = 0; }},
        {"share of inputs in a price", [](Scenario& s) { s.behaviour.demand.all.cost_share = 1; }},
        {"growth", buyers([](auto& b) { b.growth = 0; })},
        {"season", [](Scenario& s) { s.behaviour.season.on = false; }},
        {"closures", [](Scenario& s) { s.behaviour.closures = false; }},
        {"working days", buyers([](auto& b) { b.conduct.working_days = false; })},
        {"demand of a sector", [](Scenario& s) { s.behaviour.demand.by_sector.clear(); }},
        {"forecast", [](Scenario& s) { s.behaviour.demand_smoothing = 0; }},
        {"announced wait", [](Scenario& s) { s.behaviour.announcement = 0; }},
        {"learning of waits", [](Scenario& s) { s.behaviour.lead_up = 0; }},
        {"forgetting of waits", [](Scenario& s) { s.behaviour.lead_down_ratio = 0; }},
        {"cap of waits", [](Scenario& s) { s.behaviour.wait_cap = 1e6; }},
        {"front-loading", [](Scenario& s) { s.behaviour.front_loading = 0; }},
        {"hoarding", [](Scenario& s) { s.behaviour.hoarding = 0; }},
        {"cap of cover", [](Scenario& s) { s.behaviour.cover_cap = 100; }},
        {"smoothing of orders", [](Scenario& s) { s.behaviour.gap_share = 1; }},
        {"cap of orders", [](Scenario& s) { s.behaviour.order_cap = 0; }},
        {"orders by stock alone", [](Scenario& s) { s.behaviour.counts_ordered = true; }},
        {"orders elsewhere", [](Scenario& s) { s.behaviour.elsewhere_after = 0; }},
        {"use before restocking", [](Scenario& s) { for (auto& l : s.licensing) l.use_first = 0; }},
        {"cancellation", [](Scenario& s) { s.behaviour.cancellation = 0; }},
        {"important inputs", inputs([](auto& i) { if (i.critical == Criticality::kImportant) i.critical = Criticality::kMinor; })},
        {"critical inputs", inputs([](auto& i) { if (i.critical == Criticality::kCritical) i.critical = Criticality::kImportant; })},
        {"precaution", [](Scenario& s) { s.behaviour.conduct.precaution = 0; for (auto& b : s.buyers) b.conduct.precaution.reset(); }},
        {"catch-up", [](Scenario& s) { s.behaviour.conduct.catch_up = 0; for (auto& b : s.buyers) b.conduct.catch_up.reset(); }},
        {"cap of catch-up", [](Scenario& s) { s.behaviour.conduct.catch_up_cap = 10; }},
        {"strain by cover", [](Scenario& s) { s.behaviour.conduct.strain_cover = 0; }},
        {"strain by price", [](Scenario& s) { s.behaviour.conduct.strain_price = 1e9; }},
        {"switching", [](Scenario& s) { s.behaviour.conduct.switching.speed = 0; }},
        {"substitution", [](Scenario& s) { s.behaviour.conduct.substitution.speed = 0; }},
        {"kinds of part", buyers([](auto& b) { b.conduct.parts = 1; })},
    };
}

std::vector<Behaviour> sources_and_sellers()
{
    return {
        {"choice by landed cost", [](Scenario& s) { s.behaviour.sigma = 0; }},
        {"choice by wait", [](Scenario& s) { s.behaviour.lead_weight = 0; }},
        {"choice by risk", [](Scenario& s) { s.behaviour.refusal_weight = 0; }},
        {"composite of sources", [](Scenario& s) { s.behaviour.composite = false; }},
        {"partial adjustment", [](Scenario& s) { s.behaviour.share_adjustment = 1; }},
        {"search", [](Scenario& s) { s.behaviour.conduct.search.candidates = 0; }},
        {"inertia", [](Scenario& s) { s.behaviour.inertia = 0; }},
        {"qualification", [](Scenario& s) { s.behaviour.conduct.search.qualification_days = 0; for (auto& b : s.buyers) b.conduct.qualification_days.reset(); }},
        {"qualification by sector", [](Scenario& s) { for (auto& [sector, days] : s.behaviour.conduct.search.by_sector) days = 0; }},
        {"beliefs on fill", [](Scenario& s) { s.behaviour.fill_learning = 0; }},
        {"freight", [](Scenario& s) { for (auto& lane : s.lanes) lane.freight = 0; }},
        {"cost of a licence", [](Scenario& s) { for (auto& l : s.licensing) l.cost = 0; }},
        {"change of source", buyers([](auto& b) { b.candour.change_source = 0; })},
        {"spot", buyers([](auto& b) { b.conduct.spot = 0; })},
        {"rated orders", buyers([](auto& b) { b.rated = false; })},
        {"domestic first", [](Scenario& s) { s.behaviour.domestic_first = false; }},
        {"home reserve", [](Scenario& s) { s.behaviour.home_reserve = 0; }},
        {"rationing by rank", [](Scenario& s) { s.behaviour.rationing = scenario::Rationing::kProportional; }},
        {"daily limit", [](Scenario& s) { s.behaviour.dispatch_cap = 0; }},
        {"price", [](Scenario& s) { s.behaviour.price_speed = 0; }},
        {"backlog in the price", [](Scenario& s) { s.behaviour.price_backlog_days = 1e12; }},
        {"speed of the price outside", [](Scenario& s) { s.behaviour.outside_price_speed = 1; }},
        {"clip of the price", [](Scenario& s) { s.behaviour.price_clip = 100; }},
        {"elasticity of supply", [](Scenario& s) { s.behaviour.supply_elasticity = 0; }},
        {"elasticity of bids", [](Scenario& s) { s.behaviour.bid_elasticity = 0; }},
        {"contract price", [](Scenario& s) { s.behaviour.contract_share = 0; }},
        {"unlicensed orders in the price", [](Scenario& s) { s.behaviour.unlicensed_weight = 0; }},
        {"least price", [](Scenario& s) { s.behaviour.least_price = 0; }},
        {"projects", makers([](auto& g) { g.projects.clear(); })},
        {"outages", makers([](auto& g) { g.outages.clear(); })},
        {"stretch", makers([](auto& g) { g.stretch.most = 1; })},
        {"investment", makers([](auto& g) { g.investment.reset(); })},
        {"cap of investment", [](Scenario& s) { s.behaviour.investment_cap = 10; }},
        {"price floor", makers([](auto& g) { g.floor.reset(); })},
        {"offtake", makers([](auto& g) { g.offtake.reset(); })},
        {"stockpile", [](Scenario& s) { s.stockpiles[0].release = 0; }},
        {"refill", [](Scenario& s) { s.stockpiles[0].refill->rate = 0; }},
        {"air freight", [](Scenario& s) { for (auto& lane : s.lanes) lane.air_days = 0; }},
        {"noise of transit", [](Scenario& s) { for (auto& lane : s.lanes) lane.noise_sd = 0; }},
        {"covert routes", [](Scenario& s) { s.routes.clear(); s.enforcement.clear(); }},
    };
}

// What is published, by day; rows do not change with a behaviour.
struct Trace {
    std::vector<std::int64_t> amounts;
    std::vector<double> prices;
    bool operator==(const Trace&) const = default;
};

Trace trace_of(const world::State& state)
{
    const auto& p = state.published;
    Trace out;
    for (const auto* values : {&p.need, &p.use, &p.stock, &p.received, &p.output, &p.wanted, &p.duty, &p.exports, &p.capacity, &p.support})
        out.amounts.insert(out.amounts.end(), values->begin(), values->end());
    for (const auto* values : {&p.price_origin, &p.price_outside, &p.price_contract})
        out.prices.insert(out.prices.end(), values->begin(), values->end());
    return out;
}

// Whether a run without a behaviour leaves the trace of the run with all.
bool same_run(const std::vector<Trace>& all, const Scenario& without)
{
    Model model(without);
    for (std::size_t day = 0; day < all.size(); ++day) {
        model.run_to(static_cast<int>(day));
        if (trace_of(model.state) != all[day]) return false;
    }
    return true;
}

}  // namespace

std::vector<Behaviour> every_behaviour()
{
    std::vector<Behaviour> out = need_and_ordering();
    for (Behaviour& other : sources_and_sellers()) out.push_back(std::move(other));
    return out;
}

std::set<std::string> idle_in_all(const std::vector<Scenario>& scenarios, int days)
{
    std::vector<Behaviour> idle = every_behaviour();
    for (const Scenario& scenario : scenarios) {
        Model model(scenario);
        std::vector<Trace> all;
        model.run_to(days - 1, [&](int, const world::State& state) { all.push_back(trace_of(state)); });
        std::erase_if(idle, [&](const Behaviour& behaviour) {
            Scenario without = scenario;
            behaviour.off(without);
            return !same_run(all, without);
        });
    }
    std::set<std::string> out;
    for (const Behaviour& behaviour : idle) out.insert(behaviour.name);
    return out;
}

}  // namespace chokepoint::test

// What does not matter to a run changes nothing in it.
//
// Expected: a product nobody uses, a region without trade, a buyer without need, a duty of 0 %, an empty stockpile, a
// measure over goods that nobody makes, and the like, under any name and in any place of its list, change no bit of what
// the result without them holds, and none of its events. Draws and ties hang on names; sums pass over rows of nothing.

#include "support/by_name.hpp"
#include "support/catch.hpp"
#include "support/dice.hpp"
#include "support/full_scenario.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <set>

using namespace chokepoint;
using namespace chokepoint::test;
using namespace chokepoint::scenario;

namespace {

constexpr int kDays = 120;

template <class Item>
void insert(std::vector<Item>& items, Item item, Dice& dice)
{
    items.insert(items.begin() + dice.whole(0, static_cast<int>(items.size())), std::move(item));
}

template <class Item>
const Item& any(const std::vector<Item>& items, Dice& dice)
{
    return items[static_cast<std::size_t>(dice.whole(0, static_cast<int>(items.size()) - 1))];
}

// Three letters and a word: before, between or after the names of the scenario.
std::string name(Dice& dice, const char* word)
{
    std::string out;
    for (int i = 0; i < 3; ++i) out += static_cast<char>('a' + dice.whole(0, 25));
    return out + "_" + word;
}

std::string add_product(Scenario& s, Dice& dice)
{
    Product product;
    product.id = name(dice, "product");
    product.price = dice.uniform(1, 500);
    product.look_alike = dice.chance(0.3);
    insert(s.products, product, dice);
    return product.id;
}

std::string add_region(Scenario& s, Dice& dice)
{
    Region region;
    for (int i = 0; i < 3; ++i) region.id += static_cast<char>('A' + dice.whole(0, 25));
    region.id += "_region";
    insert(s.regions, region, dice);
    for (const Region& other : s.regions) {
        s.lanes.push_back({region.id, other.id, dice.whole(1, 60), dice.chance(0.5) ? 0.2 : 0.0});
        if (other.id != region.id) s.lanes.push_back({other.id, region.id, dice.whole(1, 60), 0});
    }
    for (Tariff& tariff : s.tariffs) {
        if (dice.chance(0.5)) insert(tariff.importers, region.id, dice);
        if (dice.chance(0.5)) insert(tariff.origins, region.id, dice);
    }
    for (Licensing& licensing : s.licensing) insert(licensing.toward, Toward{region.id, any(licensing.postures, dice).id, {}}, dice);
    return region.id;
}

// Of a product by the day; nothing where the amount is 0.
std::string add_buyer(Scenario& s, Dice& dice, const std::string& product, const std::string& region, double grams)
{
    Buyer buyer;
    buyer.id = name(dice, "buyer");
    buyer.region = region;
    buyer.sector = dice.one_of({Sector::kAutomotive, Sector::kDefense, Sector::kMedical});
    buyer.firms = dice.whole(1, 4);
    buyer.cover = {FirmDistribution::Kind::kConstant, 20, 0, 0};
    Input input;
    input.product = product;
    input.grams_per_day = grams;
    buyer.uses = {input};
    buyer.conduct.precaution = dice.chance(0.3) ? std::optional(0.5) : std::nullopt;
    buyer.conduct.catch_up = dice.chance(0.3) ? std::optional(0.5) : std::nullopt;
    buyer.conduct.working_days = dice.chance(0.3);
    insert(s.buyers, buyer, dice);
    return buyer.id;
}

void add_idle_buyer(Scenario& s, Dice& dice)
{
    add_buyer(s, dice, any(s.products, dice).id, any(s.regions, dice).id, 0);
}

std::string add_producer(Scenario& s, Dice& dice, const std::string& makes, const std::string& region)
{
    Producer producer;
    producer.id = name(dice, "producer");
    producer.region = region;
    producer.makes = makes;
    producer.firms = dice.whole(1, 3);
    producer.utilisation = 0.8;
    insert(s.producers, producer, dice);
    return producer.id;
}

// A maker and traders of goods nobody buys; a trader of other goods deals in them as well.
void add_idle_sellers(Scenario& s, Dice& dice)
{
    const std::string product = add_product(s, dice);
    const std::string region = any(s.regions, dice).id;
    add_producer(s, dice, product, region);
    const bool several = !s.families.empty();  // a trader of one product would get another name in results
    if (several && !s.exporters.empty() && dice.chance(0.5)) s.exporters[0].trades.push_back(product);
    if (several && !s.importers.empty() && dice.chance(0.5)) s.importers[0].trades.push_back(product);
    insert(s.exporters, Exporter{name(dice, "house"), "", region, {product}, 2, 0.5, {}, 1.0}, dice);
}

// Three that deal with each other and with nobody else.
void add_world_apart(Scenario& s, Dice& dice)
{
    const std::string product = add_product(s, dice), from = add_region(s, dice), to = add_region(s, dice);
    add_producer(s, dice, product, from);
    add_buyer(s, dice, product, to, dice.uniform(1e3, 1e6));
}

void add_free_layer(Scenario& s, Dice& dice)
{
    TariffLayer layer{name(dice, "layer"), {}, 0, {{s.time.start + dice.whole(5, 50), 0}}, {}};
    if (dice.chance(0.5)) layer.announced = {{s.time.start + 2, layer.points[0].date, layer.points[0].date, 0}};
    if (!s.tariffs.empty() && dice.chance(0.7)) {
        insert(s.tariffs[static_cast<std::size_t>(dice.whole(0, static_cast<int>(s.tariffs.size()) - 1))].layers, layer, dice);
        return;
    }
    insert(s.tariffs, Tariff{name(dice, "tariff"), {any(s.regions, dice).id}, {any(s.regions, dice).id}, {layer}}, dice);
}

// Of goods nobody has.
void add_empty_duty(Scenario& s, Dice& dice)
{
    const TariffLayer layer{"layer", {add_product(s, dice)}, 0.1, {{s.time.start + dice.whole(5, 50), 1.45}}, {}};
    Tariff tariff{name(dice, "tariff"), {}, {}, {layer}};
    for (const Region& region : s.regions) {
        tariff.importers.push_back(region.id);
        tariff.origins.push_back(region.id);
    }
    insert(s.tariffs, tariff, dice);
}

// Over goods nobody makes there.
void add_empty_measure(Scenario& s, Dice& dice)
{
    Licensing licensing;
    licensing.id = name(dice, "measure");
    licensing.authority = any(s.regions, dice).id;
    licensing.products = {add_product(s, dice)};
    licensing.from = s.time.start + dice.whole(-5, 40);
    licensing.throughput.unlimited = true;
    licensing.postures = {{"closed", 0, 0, 1, 1}};
    licensing.cost = dice.chance(0.5) ? 5 : 0;
    licensing.pause_days = dice.chance(0.5) ? 100 : 0;
    for (const Region& region : s.regions) licensing.toward.push_back({region.id, "closed", {}});
    insert(s.licensing, licensing, dice);
}

// Priorities, lists, postures and products of a measure that reach nobody.
void add_to_measure(Scenario& s, Dice& dice)
{
    if (s.licensing.empty()) return;
    Licensing& licensing = s.licensing[0];
    const std::string nobody = add_buyer(s, dice, any(s.products, dice).id, any(s.regions, dice).id, 0);
    Priority priority;
    priority.id = name(dice, "priority");
    priority.end_users = {nobody};
    priority.weight = 3;
    insert(licensing.priorities, priority, dice);
    EntityList list;
    list.id = name(dice, "list");
    list.users = {nobody};
    list.state = EntityState::kBanned;
    insert(licensing.entities, list, dice);
    // Of real firms, and on no day anything but what they are without it.
    Priority as_all;
    as_all.id = name(dice, "priority");
    insert(licensing.priorities, as_all, dice);
    EntityList unlisted;
    unlisted.id = name(dice, "list");
    unlisted.users = {any(s.buyers, dice).id};
    unlisted.owned = 0.3;
    insert(licensing.entities, unlisted, dice);
    // Of real firms, after the last day. The first list that names a firm counts, so this one is the last.
    Priority later = as_all;
    later.id = name(dice, "priority");
    later.destinations = {any(s.regions, dice).id};
    later.largest_users = 0.4;
    later.weight = 4;
    later.strict = dice.chance(0.5);
    later.from = s.time.start + kDays + 1;
    insert(licensing.priorities, later, dice);
    EntityList late = unlisted;
    late.id = name(dice, "list");
    late.share = 0.4;
    late.ownership_from = s.time.start + 5;
    late.changes = {{s.time.start + kDays + 1, dice.chance(0.5) ? EntityState::kBanned : EntityState::kSuspended}};
    licensing.entities.push_back(late);
    insert(licensing.postures, Posture{name(dice, "posture"), 0, 0, 1, 1}, dice);
    insert(licensing.products, add_product(s, dice), dice);
}

void add_empty_stockpile(Scenario& s, Dice& dice)
{
    Stockpile stockpile;
    stockpile.id = name(dice, "stockpile");
    stockpile.region = any(s.regions, dice).id;
    stockpile.product = any(s.products, dice).id;
    stockpile.release = 1e6;
    stockpile.serves = {any(s.buyers, dice).id};
    insert(s.stockpiles, stockpile, dice);
}

void add_idle_rule(Scenario& s, Dice& dice)
{
    const std::string flag = name(dice, "flag"), never = name(dice, "flag");
    insert(s.flags, Flag{flag, {}, {}}, dice);
    insert(s.flags, Flag{never, {}, {}}, dice);
    Condition condition;
    condition.kind = Condition::Kind::kFlag;
    condition.subject = never;
    insert(s.rules, Rule{name(dice, "rule"), {condition}, "", "", {"then", 0, {}, {}, {flag}, {}}, {}, 0}, dice);
    insert(s.commitments, Commitment{name(dice, "commitment"), "", "", s.time.start + dice.whole(1, 50), {flag}}, dice);
}

// A route and a campaign after the last day.
void add_late_route(Scenario& s, Dice& dice)
{
    if (s.routes.empty()) return;
    Route route = s.routes[0];
    route.id = name(dice, "route");
    route.onset = s.time.start + s.time.horizon;
    insert(s.routes, route, dice);
    insert(s.enforcement, Enforcement{name(dice, "campaign"), route.from, *route.onset, true, true, {}, 2.0}, dice);
}

using Addition = void (*)(Scenario&, Dice&);
const std::vector<std::pair<std::string, Addition>> kAdditions = {
    {"product", [](Scenario& s, Dice& dice) { add_product(s, dice); }},
    {"region", [](Scenario& s, Dice& dice) { add_region(s, dice); }},
    {"buyer", add_idle_buyer},
    {"sellers", add_idle_sellers},
    {"world apart", add_world_apart},
    {"layer", add_free_layer},
    {"duty", add_empty_duty},
    {"measure", add_empty_measure},
    {"parts of a measure", add_to_measure},
    {"stockpile", add_empty_stockpile},
    {"rule", add_idle_rule},
    {"route", add_late_route},
};

std::vector<Scenario> worlds()
{
    Scenario small = small_world();
    add_tariff(small, 0.1, {{20, 1.45}, {60, 0.3}});
    chokepoint::test::add_licensing(small, 10).throughput = {ThroughputMode::kTonnage, true, false, 1, {{small.time.start + 10, 0.4}}};
    return {small, random_scenario(3), random_scenario(5), full_scenario(2), full_scenario(7)};
}

}  // namespace

TEST_CASE("what does not matter to a run changes nothing in it")
{
    constexpr std::uint64_t kTrials = 10;  // of each world
    std::set<std::string> tried;
    for (const Scenario& world : worlds()) {
        const NamedResult before = run_by_name(world, kDays);
        REQUIRE(!before.events.empty());
        for (std::uint64_t trial = 0; trial < kTrials; ++trial) {
            Dice dice(trial, world.name.c_str());
            Scenario more = world;
            std::string what = world.name;
            for (int n = dice.whole(1, 3); n > 0; --n) {
                const auto& [kind, add] = any(kAdditions, dice);
                add(more, dice);
                tried.insert(kind);
                what += " + " + kind;
            }
            INFO(what << ", trial " << trial);
            CHECK(first_missing(before, run_by_name(more, kDays)) == "");
        }
    }
    CHECK(tried.size() == kAdditions.size());
}

TEST_CASE("a buyer that needs something does matter")
{
    const Scenario world = worlds()[1];
    Dice dice(1, "matters");
    Scenario more = world;
    add_buyer(more, dice, world.products[0].id, world.regions[0].id, 1e6);
    CHECK(first_missing(run_by_name(world, kDays), run_by_name(more, kDays)) != "");
}

// What an authority does to files beyond queueing them: desks, lists, entities, memory, licences that lapse.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include "chokepoint/core/error.hpp"
#include "dynamics/belief.hpp"

#include <cmath>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;
using scenario::EntityState;
using scenario::EndUseRule;

namespace {

scenario::Scenario one_buyer() { return clients_world({{"buyer", "XBB", 1000}}); }

std::int64_t exports(const world::State& state)
{
    return std::accumulate(state.published.exports.begin(), state.published.exports.end(), std::int64_t{0});
}

std::vector<std::int64_t> exports_by_day(const scenario::Scenario& scenario, int days)
{
    Model model(scenario);
    std::vector<std::int64_t> out;
    model.run_to(days - 1, [&](int, const world::State& state) { out.push_back(exports(state)); });
    return out;
}

std::int64_t total(const std::vector<std::int64_t>& values)
{
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

world::LicenceCounts counts_after(const scenario::Scenario& scenario, int days)
{
    Model model(scenario);
    world::LicenceCounts sum;
    model.run_to(days - 1, [&](int, const world::State& state) {
        for (const auto& counts : state.published.licences) sum.add(counts);
    });
    return sum;
}

scenario::Stage desk(const std::string& id, int place)
{
    scenario::Stage stage;
    stage.id = id;
    stage.place = place;
    stage.throughput.unlimited = true;
    return stage;
}

}  // namespace

TEST_CASE("a desk without limit or minimum time changes nothing")
{
    scenario::Scenario s = clients_world({{"a", "XBB", 40'000}, {"b", "XCC", 30'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 60);  // files that lack papers would be found sooner at a counter
    const auto without = exports_by_day(s, 120);
    l.stages = {desk("counter", 1), desk("province", 2)};
    CHECK(exports_by_day(s, 120) == without);
}

TEST_CASE("desks in series add up their minimum times")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.minimum_review_days = 7;
    l.stages = {desk("counter", 1), desk("province", 2)};
    l.stages[0].minimum_review_days = 3;
    l.stages[1].minimum_review_days = 5;
    const auto out = exports_by_day(s, 40);
    // Filed on day 0, submitted on 1, through the desks on 4 and 9, granted and shipped on 16; then every day.
    for (std::size_t day = 0; day < out.size(); ++day) {
        CAPTURE(day);
        CHECK(out[day] == (day >= 16 ? 1000 : 0));
    }
}

TEST_CASE("the narrowest desk sets the pace, and fewer desks never lengthen the wait")
{
    const auto waiting = [](std::vector<double> reviewers) {  // file-days in review over 100 days
        scenario::Scenario s = clients_world({{"buyer", "XBB", 40'000}});
        scenario::Licensing& l = add_file_queue(s, 0, 1000, reviewers.back());
        for (std::size_t i = 0; i + 1 < reviewers.size(); ++i) {
            l.stages.push_back(desk("desk" + std::to_string(i), static_cast<int>(i) + 1));
            l.stages.back().throughput = l.throughput;
            l.stages.back().throughput.levels[0].level = reviewers[i];
        }
        Model model(s);
        std::int64_t sum = 0;
        model.run_to(100, [&](int, const world::State& state) {
            sum += state.published.licences[model.region("XBB")].in_review;
        });
        return sum;
    };
    // 40 files come and 30 leave: 10 more each day, 10 (1 + ... + 100) = 50 500 file-days.
    CHECK(waiting({30}) == 50'500);
    CHECK(waiting({30, 50}) == 50'500);
    CHECK(waiting({50, 30}) == 50'500);
    CHECK(waiting({30, 20}) > waiting({30}));
    CHECK(waiting({30, 20}) == waiting({20}));
}

TEST_CASE("a desk returns the stated share of the files it works on, and they start again")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 50'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.resubmit_days = 1;
    l.stages = {desk("counter", 1)};
    l.stages[0].returned = 0.2;
    const auto counts = counts_after(s, 200);
    const auto n = static_cast<double>(counts.granted + counts.returned);
    REQUIRE(n > 9000);
    CHECK(std::abs(static_cast<double>(counts.returned) / n - 0.2) < 3 * std::sqrt(0.2 * 0.8 / n));
    CHECK(counts.refused == 0);
}

TEST_CASE("a strict priority is served first, a weight in proportion, and both for their days only")
{
    scenario::Scenario s = clients_world({{"a", "XBB", 40'000}, {"b", "XBB", 40'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 40);
    scenario::Priority first;
    first.id = "first";
    first.end_users = {"a"};
    first.until = s.time.start + 50;
    SECTION("strict")
    {
        first.strict = true;
        l.priorities = {first};
        Model model(s);
        const std::size_t a = model.structure.blocks[model.structure.firms.block[model.structure.border.buyer[0]]].id == "a" ? 0 : 1;
        model.run_to(49, [&](int day, const world::State& state) {
            if (day > 0) CHECK(state.border.filed[a] == 0);
        });
        CHECK(model.state.border.filed[1 - a] == 49 * 40'000);
        model.run_to(60);
        CHECK(model.state.border.filed[a] > 0);
    }
    SECTION("three to one")
    {
        first.weight = 3;
        l.priorities = {first};
        Model model(s);
        const std::size_t a = model.structure.blocks[model.structure.firms.block[model.structure.border.buyer[0]]].id == "a" ? 0 : 1;
        model.run_to(40);
        CHECK(std::abs(model.state.border.filed[a] - 40 * 10'000) <= 1000);
        CHECK(std::abs(model.state.border.filed[1 - a] - 40 * 30'000) <= 1000);
    }
}

// Ten files a day of each client, ten decided: whoever is in the group is served and the other is not.
TEST_CASE("a priority may name destinations, sectors or exporters")
{
    scenario::Scenario s = clients_world({{"in", "XCC", 10'000, scenario::Sector::kWind}, {"out", "XBB", 10'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 10);
    scenario::Priority first;
    first.id = "first";
    first.strict = true;
    const auto filed_after = [&](const std::string& client) {
        l.priorities = {first};
        Model model(s);
        model.run_to(30);
        for (std::size_t b = 0; b < model.structure.n_border(); ++b) {
            const auto& block = model.structure.blocks[model.structure.firms.block[model.structure.border.buyer[b]]];
            if (block.id == client) return model.state.border.filed[b];
        }
        return std::int64_t{-1};
    };
    SECTION("destinations") { first.destinations = {"XCC"}; }
    SECTION("sectors") { first.sectors = {scenario::Sector::kWind}; }
    CHECK(filed_after("in") == 0);
    CHECK(filed_after("out") == 300'000);
    first.destinations.clear();
    first.sectors.clear();
    first.exporters = {"somebody_else"};
    CHECK(filed_after("in") > 100'000);  // named by nobody: shared alike
}

TEST_CASE("an exporter may be favoured, and only large ones get general licences where the scenario says so")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 10'000}});
    scenario::Producer second = s.producers[0];
    second.id = "second";
    s.producers.push_back(second);
    s.producers[0].firms = s.producers[1].firms = 1;
    s.world.suppliers_min = s.world.suppliers_max = 2;
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 4);
    scenario::Priority favoured;
    favoured.id = "favoured";
    favoured.strict = true;
    favoured.exporters = {"second"};
    l.priorities = {favoured};
    l.general.on = true;
    l.general.from = s.time.start + 300;
    l.general.largest_exporters = 0.3;
    Model model(s);
    REQUIRE(model.structure.n_border() == 2);
    model.run_to(30);
    std::int64_t largest = 0;
    for (std::size_t b = 0; b < 2; ++b) largest = std::max(largest, model.structure.border_base(b));
    int general = 0;
    for (std::size_t b = 0; b < 2; ++b) {
        const std::uint32_t seller = model.structure.links.seller[model.structure.links.in[model.structure.border.out[b]]];
        const bool is_second = model.structure.blocks[model.structure.firms.block[seller]].id == "second";
        CHECK((model.state.border.n_decided[b] > 90) == is_second);  // four a day of five: all of the favoured one's turn
        general += model.structure.border.general[b];
        if (model.structure.border.general[b] != 0) CHECK(model.structure.border_base(b) == largest);
    }
    CHECK(general == 1);
}

TEST_CASE("defense is granted as the posture says where it is not refused in principle")
{
    scenario::Scenario s = clients_world({{"defense", "XBB", 1000, scenario::Sector::kDefense, false}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.resubmit = 0;
    l.defense = EndUseRule::kPosture;
    for (const double military : {0.0, 1.0}) {
        l.postures[0].military = military;
        const auto counts = counts_after(s, 60);
        CHECK((counts.granted > 50) == (military == 1));
        CHECK((counts.refused > 50) == (military == 0));
    }
}

TEST_CASE("only the largest end users up to the share are in a group")
{
    scenario::Scenario s = clients_world({{"a", "XBB", 50'000}, {"b", "XBB", 30'000}, {"c", "XBB", 20'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 10);
    scenario::Priority large;
    large.id = "large";
    large.largest_users = 0.5;
    large.weight = 5;
    l.priorities = {large};
    const Model model(s);
    for (std::size_t b = 0; b < model.structure.n_border(); ++b) {
        const auto& row = model.structure.policy.controls[0].classes[model.structure.border.klass[b]];
        CHECK((row.priorities != 0) == (model.structure.border_base(b) == 50'000));
    }
}

TEST_CASE("a banned entity is refused, a suspended one waits longer, and dates move it")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.extra_review_days = 6;
    l.resubmit_days = 1;
    scenario::EntityList list;
    list.id = "listed";
    list.users = {"buyer"};
    list.changes = {{s.time.start + 10, EntityState::kBanned}, {s.time.start + 20, EntityState::kSuspended}};
    l.entities = {list};
    const auto out = exports_by_day(s, 60);
    for (std::size_t day = 1; day < 10; ++day) CHECK(out[day] == 1000);
    for (std::size_t day = 10; day < 26; ++day) CHECK(out[day] == 0);
    CHECK(total(out) > 20'000);  // after the extra review files are granted again
    s.licensing[0].entities[0].changes = {};
    CHECK(total(exports_by_day(s, 60)) == 59'000);
}

TEST_CASE("the 50 % rule reaches owned firms for its days only")
{
    scenario::Scenario s = clients_world({{"a", "XBB", 3000}});
    s.buyers[0].firms = 3;
    s.buyers[0].size_log_sd = 0.8;
    scenario::Licensing& l = add_file_queue(s, 0, 100, 0);
    l.throughput.unlimited = true;
    l.resubmit_days = 1;
    scenario::EntityList list;
    list.id = "listed";
    list.users = {"a"};
    list.share = 0.01;  // the largest firm alone
    list.owned = 0.99;  // the others are its own
    list.state = EntityState::kBanned;
    list.ownership_from = s.time.start + 20;
    list.ownership_until = s.time.start + 40;
    l.entities = {list};
    const auto out = exports_by_day(s, 60);
    CHECK(out[10] > 0);
    CHECK(out[10] < 3000);
    CHECK(out[30] == 0);
    CHECK(out[55] > out[10] * 9 / 10);  // files of the three come in lumps again
}

TEST_CASE("a hard clock does not run for the watch list")
{
    for (const EntityState state : {EntityState::kNone, EntityState::kWatch}) {
        scenario::Scenario s = one_buyer();
        scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
        l.deadline_mode = scenario::DeadlineMode::kHard;
        l.deadline_days = 10;
        scenario::EntityList list;
        list.id = "watched";
        list.users = {"buyer"};
        list.state = state;
        l.entities = {list};
        CHECK((total(exports_by_day(s, 40)) > 0) == (state == EntityState::kNone));
    }
}

TEST_CASE("a licence that is not used in time lapses, and its goods are the seller's again")
{
    scenario::Scenario s = one_buyer();
    s.behaviour.dispatch_cap = 0.5;  // half of what is licensed can leave
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.validity_days = 5;
    const auto lapsing = counts_after(s, 100);
    CHECK(lapsing.lapsed > 10);
    CHECK(lapsing.lapsed_g > 0);
    l.validity_days = 1000;
    CHECK(counts_after(s, 100).lapsed == 0);
}

TEST_CASE("a posture that revokes ends the licences in hand")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.licence_lag_days = 6;
    l.postures[1].revokes = true;
    l.toward[0].changes = {{s.time.start + 20, "suspended"}};
    const auto out = exports_by_day(s, 40);
    CHECK(out[19] == 1000);
    for (std::size_t day = 20; day < 40; ++day) CHECK(out[day] == 0);
    CHECK(counts_after(s, 40).lapsed == 6);  // granted on days 14 to 19
    s.licensing[0].postures[1].revokes = false;
    CHECK(exports_by_day(s, 40)[20] == 1000);  // granted before, shipped after
}

TEST_CASE("a posture without licences lets everything cross, files included")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);  // nothing is decided
    scenario::Posture open;
    open.id = "open";
    open.licence = false;
    l.postures.push_back(open);
    l.toward[0].changes = {{s.time.start + 30, "open"}, {s.time.start + 50, "routine"}};
    const auto out = exports_by_day(s, 60);
    CHECK(out[29] == 0);
    CHECK(out[30] == 31'000);
    for (std::size_t day = 31; day < 50; ++day) CHECK(out[day] == 1000);
    CHECK(out[55] == 0);
    CHECK(counts_after(s, 60).voided == 30);
}

TEST_CASE("after enough grants in a row a client needs no file, until the cap or the posture ends it")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 1);
    l.general.on = true;
    l.general.from = s.time.start + 10;
    l.general.clean_grants = 3;
    l.general.validity = 100;
    l.general.cap = 0.3;  // 30 days' base flow
    SECTION("the cap")
    {
        Model model(s);
        std::vector<std::int64_t> filed, sent;
        model.run_to(70, [&](int, const world::State& state) {
            filed.push_back(state.published.licences[model.region("XBB")].filed);
            sent.push_back(exports(state));
        });
        CHECK(filed[9] == 1);
        // Granted on day 10, the file handed in the day before; from 12 on nothing is filed for 30 days' goods.
        for (std::size_t day = 12; day < 40; ++day) {
            CAPTURE(day);
            CHECK(filed[day] == 0);
            CHECK(sent[day] == 1000);
        }
        CHECK(std::accumulate(filed.begin() + 40, filed.begin() + 45, std::int64_t{0}) > 0);
    }
    SECTION("the posture")
    {
        l.postures[1] = {"frozen", 0, 1, 0, 0, 0, true, false, false, false};
        l.toward[0].changes = {{s.time.start + 20, "frozen"}};
        const auto out = exports_by_day(s, 40);
        CHECK(out[19] == 1000);
        for (std::size_t day = 20; day < 40; ++day) CHECK(out[day] == 0);
    }
    SECTION("a watch-listed client has none")
    {
        scenario::EntityList list;
        list.id = "watched";
        list.users = {"buyer"};
        list.state = EntityState::kWatch;
        l.entities = {list};
        CHECK(counts_after(s, 60).general == 0);
        l.entities[0].state = EntityState::kNone;
        CHECK(counts_after(s, 60).general > 0);
    }
}

TEST_CASE("log-odds move an approval of one half as the logistic curve says")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 50'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.resubmit_days = 1;
    l.postures[0].approval = 0.5;
    l.odds.sector = {{scenario::Sector::kAutomotive, std::log(3.0)}};
    const auto counts = counts_after(s, 200);
    const auto n = static_cast<double>(counts.granted + counts.refused);
    // 1 / (1 + 1/3) = 3/4.
    CHECK(std::abs(static_cast<double>(counts.granted) / n - 0.75) < 3 * std::sqrt(0.75 * 0.25 / n));
    s.licensing[0].odds.sector = {};
    s.licensing[0].odds.documents = 4;  // weighs both ways: the share stays, but complete files fare better
    const auto even = counts_after(s, 200);
    const auto m = static_cast<double>(even.granted + even.refused);
    CHECK(std::abs(static_cast<double>(even.granted) / m - 0.5) < 3 * std::sqrt(0.25 / m));
}

TEST_CASE("who names no end user is approved half as often")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 50'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.resubmit_days = 1;
    l.unknown = EndUseRule::kHalf;
    CHECK(counts_after(s, 100).refused == 0);
    s.buyers[0].candour.withhold = 1;
    const auto counts = counts_after(s, 200);
    const auto n = static_cast<double>(counts.granted + counts.refused);
    CHECK(std::abs(static_cast<double>(counts.granted) / n - 0.5) < 3 * std::sqrt(0.25 / n));
}

TEST_CASE("who turns to other sources leaves the seller that needs a licence")
{
    scenario::Scenario s = one_buyer();
    scenario::Producer second = s.producers[0];
    second.id = "second";
    second.region = "XCC";
    s.producers.push_back(second);
    s.world.suppliers_min = s.world.suppliers_max = 2;
    s.behaviour.fixed_shares = false;
    s.behaviour.share_adjustment = 0.2;
    add_file_queue(s, 10, 1000, 100).throughput.unlimited = true;
    const auto share_of_xaa = [](const scenario::Scenario& scenario) {
        Model model(scenario);
        model.run_to(100);
        for (std::size_t in = 0; in < model.structure.n_links(); ++in) {
            const auto& block = model.structure.blocks[model.structure.firms.block[model.structure.links.seller[in]]];
            if (block.region == model.region("XAA")) return model.state.link.share[in];
        }
        return -1.0;
    };
    const double stays = share_of_xaa(s);
    s.buyers[0].candour.change_source = 1;
    CHECK(stays > 0.3);
    CHECK(share_of_xaa(s) < 0.01);
}

TEST_CASE("a user found to serve defense is tainted for good, whatever the posture")
{
    scenario::Scenario s = one_buyer();
    s.buyers[0].candour.defense_clients = 1;
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.resubmit_days = 1;
    l.disclosure.discovers_defense = 1;
    l.disclosure.tainted = EndUseRule::kRefuse;
    l.postures.push_back(l.postures[0]);
    l.postures.back().id = "friendly";
    l.toward[0].changes = {{s.time.start + 20, "friendly"}};
    const auto counts = counts_after(s, 60);
    CHECK(counts.granted == 1);  // the file that told
    CHECK(counts.refused > 20);
    s.licensing[0].disclosure.reveals = false;
    CHECK(counts_after(s, 60).refused == 0);
}

// One file at a time: four resubmissions, then the order is struck and the next one begins.
TEST_CASE("an exporter gives up an order after the stated resubmissions in a row")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.resubmit_days = 1;
    l.postures[0].approval = 0;
    l.postures.push_back(l.postures[0]);
    l.postures.back().id = "open_again";
    l.postures.back().approval = 1;
    l.toward[0].changes = {{s.time.start + 100, "open_again"}};
    l.held_cap = 1;
    for (const int at_most : {4, 0}) {
        l.resubmit_at_most = at_most;
        Model model(s);
        std::int64_t refused = 0;
        model.run_to(99, [&](int, const world::State& state) {
            refused += state.published.licences[model.region("XBB")].refused;
        });
        REQUIRE(refused > 40);
        // A hundred days' orders are on order, less what was struck; a day's lane and call-off apart.
        const std::int64_t struck = at_most == 0 ? 0 : refused / (at_most + 1);
        CHECK(std::abs(model.state.slot.on_order[0] - (100 - struck) * 1000) <= 1000);
        std::int64_t left = 0;
        model.run_to(140, [&](int, const world::State& state) { left += exports(state); });
        CHECK(left > 15'000);  // a file every other day: whoever gave up files again what is ordered later
    }
}

TEST_CASE("who withholds its clients tells the authority nothing")
{
    scenario::Scenario s = one_buyer();
    s.buyers[0].candour.defense_clients = 1;
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.disclosure.discovers_defense = 1;
    for (const double withhold : {0.0, 1.0}) {
        s.buyers[0].candour.withhold = withhold;
        Model model(s);
        model.run_to(40);
        CHECK(model.state.published.memory[0].users_named == (withhold == 0 ? 1 : 0));
        CHECK(model.state.published.memory[0].users_tainted == (withhold == 0 ? 1 : 0));
    }
}

// "early" controls another product and comes first in the alphabet; the magnet only looks controlled to it.
TEST_CASE("the measure that lists a product guards it, whatever else the origin controls")
{
    scenario::Scenario s = one_buyer();
    s.products[0].look_alike = true;
    scenario::Product other = s.products[0];
    other.id = "other";
    other.look_alike = false;
    s.products.push_back(other);
    add_file_queue(s, 0, 1000, 0);
    scenario::Licensing early = s.licensing[0];
    early.id = "a_" + early.id;
    early.products = {"other"};
    s.licensing.insert(s.licensing.begin(), early);
    CHECK(total(exports_by_day(s, 60)) == 0);
    std::swap(s.licensing[0], s.licensing[1]);
    CHECK(total(exports_by_day(s, 60)) == 0);
    s.licensing[0].products = s.licensing[1].products = {"magnet"};
    CHECK_THROWS_AS(Model(s), core::InputError);
}

TEST_CASE("what was announced before the run begins is known on its first day")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 20, 1000, 0);
    l.announcement_wait = 60;
    s.behaviour.announcement = 0.5;
    const auto wait_after = [&](int announced) {
        l.announced = s.time.start + announced;
        Model model(s);
        model.run_to(10);
        return model.state.border.wait[0];
    };
    CHECK(wait_after(-30) == Approx(wait_after(0)));
    CHECK(wait_after(0) == Approx(30));
}

TEST_CASE("a further list covers more goods from its date, and what was announced is expected")
{
    scenario::Scenario s = one_buyer();
    s.licensing.clear();
    scenario::Product plain = s.products[0];
    plain.id = "plain";
    s.products.push_back(plain);
    scenario::Producer maker = s.producers[0];
    maker.id = "plain_maker";
    maker.makes = "plain";
    s.producers.push_back(maker);
    scenario::Input use = s.buyers[0].uses[0];
    use.product = "plain";
    s.buyers[0].uses.push_back(use);
    scenario::Licensing& l = add_file_queue(s, 5, 1000, 0);  // nothing is decided
    l.lists = {{"later", {"plain"}, s.time.start + 40, s.time.start + 30, s.time.start + 60}};
    l.announcement_wait = 60;
    s.behaviour.gap_share = 0.5;
    s.behaviour.announcement = 0.5;
    const auto out = exports_by_day(s, 70);
    CHECK(out[4] == 2000);
    CHECK(out[20] == 1000);
    CHECK(out[40] == 0);
    CHECK(out[60] > 10'000);  // the list ends and lets go of what waited
    Model model(s);
    model.run_to(30);
    const std::size_t later = model.structure.border.product[0] == model.product("plain") ? 0 : 1;
    CHECK(model.state.border.wait[later] == Approx(30));  // omega 1/2 of the announced 60 days
    CHECK(out[35] > 1000);                                // ordered ahead
}

TEST_CASE("A32 approval belief")
{
    CHECK(std::abs(dynamics::approval_belief(0.5, 5, 180) - 6.0 / 182.0) < 1e-12);
    CHECK(dynamics::approval_belief(0.7, 0, 0) == Approx(0.7));
}

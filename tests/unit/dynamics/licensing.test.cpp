// The authority: declared lots, batches, clocks, postures, end uses, the end of a control.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;

namespace {

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

// Grams that join the queue, by day.
std::vector<std::int64_t> filed_by_day(const scenario::Scenario& scenario, int days)
{
    Model model(scenario);
    std::vector<std::int64_t> out;
    model.run_to(days - 1, [&](int, const world::State& state) {
        std::int64_t sum = 0;
        for (const auto& counts : state.published.licences) sum += counts.filed_g;
        out.push_back(sum);
    });
    return out;
}

// First day with something in it, and how much.
std::pair<int, std::int64_t> first(const std::vector<std::int64_t>& by_day)
{
    for (std::size_t day = 0; day < by_day.size(); ++day) {
        if (by_day[day] > 0) return {static_cast<int>(day), by_day[day]};
    }
    return {-1, 0};
}

scenario::Scenario one_buyer() { return clients_world({{"buyer", "XBB", 1000}}); }

}  // namespace

TEST_CASE("lots declared before the control still clear for some days")
{
    scenario::Scenario s = one_buyer();
    add_file_queue(s, 10, 1000, 0).declared_lot_days = 4;
    const auto out = exports_by_day(s, 40);
    for (std::size_t day = 0; day < out.size(); ++day) {
        CAPTURE(day);
        CHECK(out[day] == (day < 14 ? 1000 : 0));
    }
    CHECK(first(filed_by_day(s, 40)) == std::pair(15, std::int64_t{1000}));  // filed on 14, joined on 15
}

TEST_CASE("a batch is filed when it fills a licence, covers thirty days, or is a fortnight old")
{
    using Found = std::pair<int, std::int64_t>;
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 1e9, 0);
    l.batch_cover = 30;
    l.batch_days = 100;
    // A thousand grams a day: 30 days' base flow is complete on day 29 and joins the queue on day 30.
    CHECK(first(filed_by_day(s, 40)) == Found(30, 30'000));
    l.batch_days = 14;  // begun on day 0, handed in on day 14 with fifteen days' goods
    CHECK(first(filed_by_day(s, 40)) == Found(15, 15'000));
    l.shipment_size = 5000;  // five days fill a licence
    CHECK(first(filed_by_day(s, 40)) == Found(5, 5000));
}

TEST_CASE("no file is larger than a licence")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 400, 0);
    l.batch_cover = 30;
    Model model(s);
    model.run_to(1);
    const auto& counts = model.state.published.licences[model.region("XBB")];
    CHECK(counts.filed == 3);  // 400 + 400 + 200
    CHECK(counts.filed_g == 1000);
}

TEST_CASE("nobody files for a crumb beside a whole licence")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 19'990, 0);
    l.batch_cover = 300;
    l.batch_days = 300;
    Model model(s);
    model.run_to(20);  // twenty thousand grams are there on day 19 and join the queue on day 20
    CHECK(model.state.published.licences[model.region("XBB")].filed == 1);
    CHECK(model.state.published.licences[model.region("XBB")].filed_g == 19'990);
    CHECK(model.state.border.unfiled[0] == 1010);
}

// Filed on 4 April, submitted on the 5th, granted on Monday 7 April; six working days later is the 15th.
TEST_CASE("a licence can be used some working days after the grant")
{
    scenario::Scenario s = one_buyer();
    s.regions[0].calendar = china_2025();
    const int from = core::Date::from_ymd(2025, 4, 4) - s.time.start;
    scenario::Licensing& l = add_file_queue(s, from, 1000, 0);
    l.throughput.unlimited = true;
    l.licence_lag_days = 6;
    const auto out = exports_by_day(s, 150);
    const auto day = [&](int month, int d) {
        return static_cast<std::size_t>(core::Date::from_ymd(2025, month, d) - s.time.start);
    };
    for (std::size_t d = day(4, 4); d < day(4, 15); ++d) CHECK(out[d] == 0);
    CHECK(out[day(4, 15)] == 3000);  // what was filed on 4, 5 and 6 April, all granted on the 7th
    CHECK(out[day(4, 16)] == 1000);
}

TEST_CASE("the budget is shared out by posture weights")
{
    scenario::Scenario s = clients_world({{"b", "XBB", 40'000}, {"c", "XCC", 40'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 40);
    l.postures.push_back({"triple", 3, 1, 0, 0});
    l.toward[0].posture = "triple";
    Model model(s);
    std::int64_t b = 0, c = 0;
    model.run_to(100, [&](int day, const world::State& state) {
        if (day == 0) return;
        b += state.published.licences[model.region("XBB")].granted;
        c += state.published.licences[model.region("XCC")].granted;
        // Both have more waiting than they are given, so shares follow weights to the last file.
        CHECK(std::abs(static_cast<double>(b) - 30.0 * day) <= 1);
        CHECK(std::abs(static_cast<double>(c) - 10.0 * day) <= 1);
    });
}

TEST_CASE("a budget in tonnes carries over to the file it cannot yet pay")
{
    scenario::Scenario s = one_buyer();
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.mode = scenario::ThroughputMode::kTonnage;
    l.throughput.normalised_calendar = true;  // every day open: days in the month over working days is 1
    l.throughput.levels[0].level = 0.25;      // 250 g a day: one file of 1000 g every fourth day
    Model model(s);
    std::vector<std::int64_t> granted;
    model.run_to(40, [&](int, const world::State& state) {
        granted.push_back(state.published.licences[model.region("XBB")].granted_g);
    });
    // Credit of days without a file lapses; the first file joins on day 1 and is paid for on day 4.
    for (std::size_t day = 0; day < granted.size(); ++day) {
        CAPTURE(day);
        CHECK(granted[day] == (day > 0 && day % 4 == 0 ? 1000 : 0));
    }
}

TEST_CASE("weight nought is never served, and a class that wakes does not take the whole budget")
{
    scenario::Scenario s = clients_world({{"b", "XBB", 40'000}, {"c", "XCC", 40'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 40);
    l.toward[1].posture = "suspended";
    l.toward[1].changes = {{s.time.start + 60, "routine"}};
    Model model(s);
    model.run_to(100, [&](int day, const world::State& state) {
        if (day == 0) return;
        CAPTURE(day);
        const auto& b = state.published.licences[model.region("XBB")];
        const auto& c = state.published.licences[model.region("XCC")];
        if (day < 60) CHECK(c.granted == 0);
        if (day < 60) CHECK(b.granted == 40);
        // Its backlog is 2400 files by now; equal weights still share equally, day by day.
        if (day > 60) CHECK(std::abs(static_cast<double>(c.granted - b.granted)) <= 2);
    });
}

TEST_CASE("a hard clock decides on its last day whatever the budget, a stopped one does not")
{
    using scenario::DeadlineMode;
    for (const DeadlineMode mode : {DeadlineMode::kHard, DeadlineMode::kStopClock, DeadlineMode::kNone}) {
        scenario::Scenario s = one_buyer();
        scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
        l.deadline_mode = mode;
        l.deadline_days = 10;
        const auto out = exports_by_day(s, 60);
        for (std::size_t day = 0; day < out.size(); ++day) {
            CAPTURE(day);
            // Filed on day 0, submitted on day 1: working day 10 is day 11, and so on every day after.
            CHECK(out[day] == (mode == DeadlineMode::kHard && day >= 11 ? 1000 : 0));
        }
    }
}

// Ten files a day for b, whose clock runs out at once, leave nothing of a budget of ten for c.
TEST_CASE("what a hard clock decides is paid from the budget first")
{
    scenario::Scenario s = clients_world({{"b", "XBB", 10'000}, {"c", "XCC", 10'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 10);
    l.deadline_mode = scenario::DeadlineMode::kHard;
    l.deadline_days = 1;
    l.postures[0].weight = 1;
    l.postures.push_back(l.postures[0]);
    l.postures.back().id = "unserved";
    l.postures.back().weight = 0;
    for (auto& toward : l.toward)
        if (toward.region == "XBB") toward.posture = "unserved";
    Model model(s);
    double spent = 0, credited = 0;
    model.run_to(60, [&](int, const world::State& state) {
        spent += state.published.desks[0].spent;
        credited += state.published.desks[0].credited;
    });
    CHECK(spent > 1.5 * credited);  // both are decided on their last day, twice the budget
}

TEST_CASE("defense is refused in principle and asks again after the stated working days")
{
    for (const bool refuse : {false, true}) {
        scenario::Scenario s = clients_world({{"civil", "XBB", 1000},
                                              {"defense", "XBB", 1000, scenario::Sector::kDefense, false}});
        s.producers[0].finished_cover = 100;  // goods for the refused order are not taken from the civil one
        scenario::Licensing& l = add_file_queue(s, 0, 1e6, 0);
        l.throughput.unlimited = true;
        l.resubmit_days = 10;
        l.resubmit = 1;
        l.held_cap = 2;  // a day's goods decided while the next are filed
        l.defense = refuse ? scenario::EndUseRule::kRefuse : scenario::EndUseRule::kCivil;
        Model model(s);
        std::vector<int> refused_on;
        model.run_to(50, [&](int day, const world::State& state) {
            CAPTURE(day);
            if (day > 0) CHECK(exports(state) == (refuse ? 1000 : 2000));
            if (state.published.licences[model.region("XBB")].refused > 0) refused_on.push_back(day);
        });
        // Two files have room. Refused on day 1 and 2; handed in on 10 and 11 so that they are submitted and refused on 11
        // and 12; then on 21, 22, ...
        CHECK(refused_on == (refuse ? std::vector<int>{1, 2, 11, 12, 21, 22, 31, 32, 41, 42} : std::vector<int>{}));
    }
}

// With a pause nothing is filed for a time; a posture that grants ends it at once. Refused on day 1, the link pauses to day
// 21; what is handed in then is refused on day 22.
TEST_CASE("who is refused in principle asks again only after a pause, or when the principle falls")
{
    const auto refusals = [](int pause, int lifted) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
        scenario::Licensing& l = add_file_queue(s, 0, 1e6, 0);
        l.throughput.unlimited = true;
        l.resubmit_days = 1;
        l.pause_days = pause;
        l.held_cap = 2;
        scenario::Posture banned = l.postures[0];
        banned.id = "banned";
        banned.banned = true;
        const std::string open = l.postures[0].id;
        l.postures.push_back(banned);
        for (scenario::Toward& toward : l.toward) toward = {toward.region, "banned", {{s.time.start + lifted, open}}};
        Model model(s);
        std::vector<int> days;
        std::int64_t sent = 0;
        model.run_to(50, [&](int day, const world::State& state) {
            for (std::int64_t n = state.published.licences[model.region("XBB")].refused; n > 0; --n) days.push_back(day);
            if (day > lifted) sent += exports(state);
        });
        CHECK((sent > 0) == (lifted < 50));
        return days;
    };
    CHECK(refusals(20, 60) == std::vector<int>{1, 22, 43});
    CHECK(refusals(20, 10) == std::vector<int>{1});
    CHECK(refusals(0, 60).size() > 40);  // off: day after day
}

// Of each order refused and not filed again both sides strike what the file held; the next order is filed as ever.
TEST_CASE("who is refused and does not ask again loses that order and no other")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.resubmit = 0;
    l.postures[0].approval = 0.5;
    Model model(s);
    std::int64_t refused = 0, granted = 0;
    model.run_to(499, [&](int, const world::State& state) {
        const auto& counts = state.published.licences[model.region("XBB")];
        refused += counts.refused_g;
        granted += counts.granted_g;
        CHECK(state.link.backlog[0] == 0);
    });
    CHECK(refused + granted == 499'000);  // every day's order is filed once: the last one tomorrow
    CHECK(std::abs(static_cast<double>(granted) - 249'500) < 3 * 1000 * std::sqrt(499 * 0.25));
    // On order are the day's goods: that of today is filed, those before have been granted and sent, or struck.
    CHECK(model.state.slot.on_order[0] <= 3000);
}

// Four of ten files come back and are filed again two weeks later; orders made meanwhile do not wait for them.
TEST_CASE("a file that comes back holds up its own goods and no others")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 1000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.returned = 0.4;
    l.resubmit_days = 10;
    const auto out = exports_by_day(s, 400);
    // At rest what leaves is what is ordered; before, goods for the mean wait of 10 x 0.4 / 0.6 days stay behind.
    const std::int64_t last = std::accumulate(out.end() - 200, out.end(), std::int64_t{0});
    CHECK(std::abs(static_cast<double>(last) - 200'000) < 30'000);
    CHECK(*std::max_element(out.begin() + 100, out.end()) <= 8000);
}

TEST_CASE("the share of files granted is the probability of approval")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 50'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 0);
    l.throughput.unlimited = true;
    l.resubmit_days = 0;
    l.postures[0].approval = 0.3;
    Model model(s);
    double granted = 0, refused = 0;
    model.run_to(300, [&](int, const world::State& state) {
        granted += static_cast<double>(state.published.licences[model.region("XBB")].granted);
        refused += static_cast<double>(state.published.licences[model.region("XBB")].refused);
    });
    const double n = granted + refused;
    REQUIRE(n > 10'000);
    CHECK(std::abs(granted / n - 0.3) < 3 * std::sqrt(0.3 * 0.7 / n));
}

TEST_CASE("the share of files that come back for documents is the stated probability")
{
    for (const double returned : {0.0, 0.25, 1.0}) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", 50'000}});
        scenario::Licensing& l = add_file_queue(s, 0, 1000, 1e6);
        l.returned = returned;
        l.resubmit_days = 0;
        Model model(s);
        double back = 0, granted = 0, refused = 0;
        model.run_to(200, [&](int, const world::State& state) {
            const auto& counts = state.published.licences[model.region("XBB")];
            back += static_cast<double>(counts.returned);
            granted += static_cast<double>(counts.granted);
            refused += static_cast<double>(counts.refused);
        });
        const double n = back + granted;
        REQUIRE(n > 9000);
        CHECK(refused == 0);
        CHECK(std::abs(back / n - returned) <= 3 * std::sqrt(returned * (1 - returned) / n));
    }
}

TEST_CASE("a returned file spends none of the budget")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 50'000}});
    scenario::Licensing& l = add_file_queue(s, 0, 1000, 10);  // fewer than come in
    l.returned = 0.5;
    l.resubmit_days = 0;
    Model model(s);
    model.run_to(100, [&](int day, const world::State& state) {
        CAPTURE(day);
        if (day > 0) CHECK(state.published.licences[model.region("XBB")].granted == 10);
    });
}

TEST_CASE("the end of a control lets everything go")
{
    scenario::Scenario s = one_buyer();
    scenario::Product plain = s.products[0];
    plain.id = "plain";
    plain.look_alike = true;
    s.products.push_back(plain);
    scenario::Producer maker = s.producers[0];
    maker.id = "plain_maker";
    maker.makes = "plain";
    s.producers.push_back(maker);
    scenario::Input use = s.buyers[0].uses[0];
    use.product = "plain";
    s.buyers[0].uses.push_back(use);
    scenario::Licensing& l = add_file_queue(s, 10, 1000, 0);
    l.postures[0].hold = 1;
    l.customs_hold_days = 1000;
    l.batch_cover = 7;  // some goods are not filed yet on the last day
    l.shipment_size = 7000;
    l.until = s.time.start + 50;
    const auto out = exports_by_day(s, 60);
    for (std::size_t day = 0; day < out.size(); ++day) {
        CAPTURE(day);
        // Two products of 1 kg a day; forty days' worth and the day's own leave on day 50.
        CHECK(out[day] == (day < 10 || day > 50 ? 2000 : day == 50 ? 41 * 2000 : 0));
    }
}

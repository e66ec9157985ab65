// A9 to A13, A15, A16. The authority as a queue.
//
// A file made on day t is submitted on t + 1; on a working day new files join first, then decisions are
// taken. So the cases' day 0 is the second day of the run, the first whose filing day lies in it.

#include "support/catch.hpp"
#include "support/model.hpp"
#include "support/one_link.hpp"
#include "support/random_scenario.hpp"
#include "support/small_world.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

using namespace chokepoint;
using namespace chokepoint::test;
using core::Date;

namespace {

constexpr double kFile = 1000;  // [g]

// Sums of the licence counts of one day over destinations.
world::LicenceCounts total(const world::State& state)
{
    world::LicenceCounts sum;
    for (const auto& c : state.published.licences) {
        sum.filed += c.filed;
        sum.granted += c.granted;
        sum.refused += c.refused;
        sum.in_review += c.in_review;
        sum.wait_days += c.wait_days;
    }
    return sum;
}

struct Queue {  // replayed from counts, first in first out
    std::vector<std::int64_t> backlog;   // end of day
    std::vector<int> decided_on;         // by submission day: when the last file of that day was decided
    std::int64_t total_wait = 0, reported_wait = 0;
    int longest_wait = 0;
};

Queue replay(const scenario::Scenario& scenario, int days)
{
    Model model(scenario);
    Queue queue;
    std::deque<int> open;
    queue.decided_on.assign(static_cast<std::size_t>(days), -1);
    model.run_to(days - 1, [&](int day, const world::State& state) {
        const world::LicenceCounts counts = total(state);
        open.insert(open.end(), static_cast<std::size_t>(counts.filed), day);
        for (std::int64_t i = 0; i < counts.granted; ++i) {
            const int submitted = open.front();
            open.pop_front();
            queue.total_wait += day - submitted;
            queue.longest_wait = std::max(queue.longest_wait, day - submitted);
            queue.decided_on[static_cast<std::size_t>(submitted)] = day;
        }
        queue.reported_wait += counts.wait_days;
        REQUIRE(static_cast<std::int64_t>(open.size()) == counts.in_review);
        queue.backlog.push_back(counts.in_review);
    });
    return queue;
}

}  // namespace

// 40 files a day, none decided on days 0 to 29, then 60 a day: backlog 40 x 30 = 1200 on day 29, falling
// by 20 a day, empty on day 89; waiting 40 x 465 + (60 x 1200 - 20 x 1830) = 54 000 file-days; the file
// that waits longest was made on day 0 and decided on day 30.
TEST_CASE("A9 stall and reopen")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 40 * kFile}});
    scenario::Licensing& l = add_file_queue(s, 0, kFile, 0);
    l.throughput.levels.push_back({s.time.start + 31, 60});
    const Queue queue = replay(s, 131);
    const auto day = [](int d) { return static_cast<std::size_t>(d + 1); };
    CHECK(*std::max_element(queue.backlog.begin(), queue.backlog.end()) == 1200);
    CHECK(queue.backlog[day(29)] == 1200);
    CHECK(queue.backlog[day(88)] == 20);
    CHECK(queue.backlog[day(89)] == 0);
    CHECK(std::accumulate(queue.backlog.begin(), queue.backlog.end(), std::int64_t{0}) == 54'000);
    CHECK(queue.longest_wait == 30);
    CHECK(queue.reported_wait == queue.total_wait);
    CHECK(queue.total_wait == 54'000);
}

// Everything reviewed for 45 working days and granted: dates on the State Council's calendar of 2025.
TEST_CASE("A10 a pure lag of 45 working days through the engine")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 3 * kFile}});
    s.regions[0].calendar = china_2025();
    s.regions[0].has_calendar = true;
    scenario::Licensing& l = add_file_queue(s, 0, kFile, 0);
    l.throughput.unlimited = true;
    l.minimum_review_days = 45;
    const Queue queue = replay(s, 365);
    const auto decided = [&](int month, int day) {
        const int submitted = Date::from_ymd(2025, month, day) - s.time.start;
        return (s.time.start + queue.decided_on[static_cast<std::size_t>(submitted)]).to_string();
    };
    CHECK(decided(4, 4) == "2025-06-11");
    CHECK(decided(4, 7) == "2025-06-12");
    CHECK(decided(4, 14) == "2025-06-19");
    CHECK(decided(6, 3) == "2025-08-05");
    CHECK(decided(10, 9) == "2025-12-10");
    // No shorter and no longer for any other day of the year.
    int checked = 0;
    for (int submitted = 1; submitted < 365; ++submitted) {
        const int expected = china_2025().add_working_days(s.time.start + submitted, 45) - s.time.start;
        if (expected >= 365) break;
        CAPTURE(submitted);
        CHECK(queue.decided_on[static_cast<std::size_t>(submitted)] == expected);
        ++checked;
    }
    CHECK(checked > 270);
}

// From 4 April on: the first licence is granted on 11 June, so exports stop for two months and recover.
TEST_CASE("A10 exports under a pure lag recover in June")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 3 * kFile}});
    s.regions[0].calendar = china_2025();
    s.regions[0].has_calendar = true;
    const int from = Date::from_ymd(2025, 4, 4) - s.time.start;
    scenario::Licensing& l = add_file_queue(s, from, kFile, 0);
    l.throughput.unlimited = true;
    l.minimum_review_days = 45;
    Model model(s);
    int first_again = -1;
    model.run_to(300, [&](int day, const world::State& state) {
        const std::int64_t exports =
            std::accumulate(state.published.exports.begin(), state.published.exports.end(), std::int64_t{0});
        CAPTURE(day);
        if (day < from) CHECK(exports == 3000);
        if (day >= from && first_again < 0 && exports > 0) first_again = day;
    });
    CHECK((s.time.start + first_again).to_string() == "2025-06-11");
}

namespace {

struct Slotted {
    double backlog = 0, wait = 0, empty = 0;      // means
    double se_backlog = 0, se_wait = 0, se_empty = 0;  // standard errors from batch means
};

int poisson(double mean, double u)
{
    int k = 0;
    double p = std::exp(-mean), sum = p;
    while (u > sum && k < 200) {
        p *= mean / ++k;
        sum += p;
    }
    return k;
}

// Poisson arrivals straight at the desk, `c` decisions a day, in batches of 10 000 days.
Slotted run_slotted(double mean, double c)
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 100}});  // counted in whole grams
    add_file_queue(s, 0, 1, c);
    Model model(s);
    dynamics::apply_policy(model.structure, model.context(0), model.state);
    constexpr int kBatches = 200, kBatch = 10'000;
    std::vector<double> backlog, wait, empty;
    int day = 0;
    for (int b = 0; b < kBatches; ++b) {
        double sum_backlog = 0, sum_wait = 0, n_empty = 0, granted = 0;
        for (int i = 0; i < kBatch; ++i, ++day) {
            const int n = poisson(mean, model.random.uniform(core::Stream::kParameter, 7, day));
            model.state.border.unfiled[0] += n;
            if (n > 0) model.state.handed_in = {{{0, 0}}};
            dynamics::decide(model.structure, model.context(day), model.state);
            const world::LicenceCounts& counts = model.state.authority[0].counts[model.region("XBB") * world::kEndUses];
            sum_backlog += static_cast<double>(counts.in_review);
            sum_wait += static_cast<double>(counts.wait_days);
            granted += static_cast<double>(counts.granted);
            n_empty += counts.in_review == 0;
        }
        backlog.push_back(sum_backlog / kBatch);
        wait.push_back(sum_wait / granted);
        empty.push_back(n_empty / kBatch);
    }
    const auto mean_of = [](const std::vector<double>& v) {
        return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
    };
    const auto error_of = [&](const std::vector<double>& v) {
        const double m = mean_of(v);
        double sum = 0;
        for (const double x : v) sum += (x - m) * (x - m);
        return std::sqrt(sum / static_cast<double>(v.size() * (v.size() - 1)));
    };
    return {mean_of(backlog), mean_of(wait), mean_of(empty), error_of(backlog), error_of(wait), error_of(empty)};
}

void check_mean(double value, double error, double expected)
{
    CAPTURE(value, error, expected);
    CHECK(std::abs(value - expected) <= 3 * error);
    CHECK(std::abs(value / expected - 1) < 0.03);
}

}  // namespace

// lambda^2 / (2 (1 - lambda)) = 4.05 files; wait 4.05 / 0.9 = 4.5 days; empty (1 - lambda) e^lambda = 0.24596.
TEST_CASE("A11 one decision a day, Poisson arrivals of 0.9")
{
    const Slotted got = run_slotted(0.9, 1);
    check_mean(got.backlog, got.se_backlog, 4.05);
    check_mean(got.wait, got.se_wait, 4.5);
    check_mean(got.empty, got.se_empty, 0.24596);
}

// From the stationary distribution of Q' = max(0, Q + Poisson(9) - 10), computed apart from the engine.
TEST_CASE("A12 ten decisions a day, Poisson arrivals of 9")
{
    const Slotted got = run_slotted(9, 10);
    check_mean(got.backlog, got.se_backlog, 3.10124);
    check_mean(got.wait, got.se_wait, 0.34458);
    check_mean(got.empty, got.se_empty, 0.4465);
}

// 50 decisions a day, A files 20 and B 60. Priority to A: A never waits, B's backlog grows by
// 60 - (50 - 20) = 30 a day. Weights far apart are strict priority.
TEST_CASE("A13 strict priority")
{
    scenario::Scenario s = clients_world({{"a", "XBB", 20 * kFile}, {"b", "XCC", 60 * kFile}});
    scenario::Licensing& l = add_file_queue(s, 0, kFile, 50);
    l.postures.push_back({"first", 1e9, 1, 0, 0});
    l.toward[0].posture = "first";
    Model model(s);
    model.run_to(100, [&](int day, const world::State& state) {
        if (day == 0) return;
        CAPTURE(day);
        CHECK(state.published.licences[model.region("XBB")].in_review == 0);
        CHECK(state.published.licences[model.region("XBB")].wait_days == 0);
        CHECK(state.published.licences[model.region("XCC")].in_review == 30 * day);
    });
}

// In one class files go by submission day: the backlog grows by 30 a day, a quarter of it A's (up to a
// day's files), and a file made on day d waits about 30 d / 50 days whoever made it.
TEST_CASE("A13 first in first out")
{
    scenario::Scenario s = clients_world({{"a", "XBB", 20 * kFile}, {"b", "XBB", 60 * kFile}});
    add_file_queue(s, 0, kFile, 50);
    Model model(s);
    std::size_t a = 0, b = 1;
    if (model.structure.border_base(0) > model.structure.border_base(1)) std::swap(a, b);
    model.run_to(100, [&](int day, const world::State& state) {
        if (day == 0) return;
        CAPTURE(day);
        const std::int64_t waiting = state.published.licences[model.region("XBB")].in_review;
        CHECK(waiting == 30 * day);
        const double of_a = static_cast<double>(state.border.filed[a]) / kFile;
        CHECK(std::abs(of_a - 0.25 * static_cast<double>(waiting)) <= 20);
        if (day < 4) return;
        // After `day` days 50 day of 80 day files are decided: the oldest open one is from day 5/8 day.
        const auto& files = state.authority[0].files;
        const double oldest = 1 + 50.0 * day / 80.0;
        CHECK(std::abs(files[state.border.head[a]].submitted - oldest) <= 1);
        CHECK(std::abs(files[state.border.head[b]].submitted - oldest) <= 1);
    });
}

// 200 t a day, 300 licences a day. Half-tonne licences: 400 files, backlog up by 100 a day. One-tonne
// licences: 200 files, nothing waits. With a quarter of the trade free of licences, 150 t, half-tonne
// files come exactly as fast as they are decided.
TEST_CASE("A15 one licence per shipment saturates the authority")
{
    const auto backlog = [](double tonnes_per_day, double licence) {
        scenario::Scenario s = clients_world({{"buyer", "XBB", tonnes_per_day * 1e6}});
        add_file_queue(s, 0, licence * 1e6, 300);
        return replay(s, 61).backlog;
    };
    const auto half = backlog(200, 0.5);
    const auto whole = backlog(200, 1.0);
    const auto threshold = backlog(150, 0.5);
    const auto above = backlog(150.5, 0.5);
    for (std::size_t day = 1; day < half.size(); ++day) {
        CHECK(half[day] == 100 * static_cast<std::int64_t>(day));
        CHECK(whole[day] == 0);
        CHECK(threshold[day] == 0);
        CHECK(above[day] == static_cast<std::int64_t>(day));
    }
}

// Duty above the threshold from day 100; ten working days later approvals stop while files keep coming,
// 40 a day; on day 160 the posture is restored: 50 x 40 = 2000 files wait, and with 60 decided a day
// the queue is empty 2000 / 20 = 100 days later, at the end of day 259.
TEST_CASE("A16 posture switch")
{
    scenario::Scenario s = clients_world({{"buyer", "XBB", 40 * kFile}});
    scenario::Licensing& l = add_file_queue(s, 0, kFile, 60);
    add_tariff(s, 0.30, {{100, 1.45}, {160, 0.30}});
    s.rules = {tariff_rule(1.0, 0, "suspended", 10)};
    l.toward[0].changes = {{s.time.start + 160, "routine"}};
    Model model(s);
    model.run_to(300, [&](int day, const world::State& state) {
        if (day == 0) return;
        CAPTURE(day);
        const world::LicenceCounts counts = total(state);
        CHECK(counts.filed == 40);
        if (day < 110) CHECK(counts.granted == 40);
        if (day >= 110 && day < 160) CHECK(counts.granted == 0);
        if (day == 159) CHECK(counts.in_review == 2000);
        if (day >= 160 && day <= 259) CHECK(counts.granted == 60);
        if (day >= 160 && day <= 259) CHECK(counts.in_review == 2000 - 20 * (day - 159));
        if (day > 259) CHECK(counts.granted == 40);
    });
}

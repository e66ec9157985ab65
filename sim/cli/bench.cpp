#include "bench.hpp"
#include "bench_queue.hpp"
#include "bench_world.hpp"
#include "commands.hpp"
#include "format.hpp"
#include "json_answers.hpp"
#include "memory.hpp"
#include "options.hpp"
#include "table.hpp"
#include "talk.hpp"

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/engine/engine.hpp"
#include "chokepoint/world/build.hpp"

#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <optional>
#include <sstream>
#include <vector>

namespace chokepoint::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWarmUp = 10;  // days before measuring: buffers grow, the first policy events fall

struct World {
    world::Structure structure;
    world::State state;
};

double seconds_since(Clock::time_point then)
{
    return std::chrono::duration<double>(Clock::now() - then).count();
}

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void run_days(const World& world, world::State& state, int last_day, std::vector<double>& phases)
{
    const auto all = engine::phases();
    phases.assign(all.size(), 0.0);
    const core::Random random(1, 0);
    while (state.day < last_day) {
        const int day = state.day + 1;
        const dynamics::StepContext context{day, world.structure.start + day, random};
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto begun = Clock::now();
            all[i].run(world.structure, context, state);
            phases[i] += seconds_since(begun);
        }
        state.day = day;
    }
}

Measurement measure(std::uint64_t firms, int days, int threads)
{
    Measurement out;
    out.threads = threads;
    out.days = days;
    core::with_threads(threads, [&] {
        const auto before = memory_use();
        const auto begun = Clock::now();
        World world{world::build_structure(bench_world(firms, kWarmUp + days)), {}};
        world.state = world::initial_state(world.structure);
        out.build = seconds_since(begun);
        out.firms = world.structure.n_firms();
        out.links = world.structure.n_links();
        run_days(world, world.state, kWarmUp - 1, out.phases);
        const double processor = processor_seconds();
        run_days(world, world.state, kWarmUp + days - 1, out.phases);
        out.processor = processor_seconds() - processor;
        const auto after = memory_use();
        out.allocated = static_cast<double>(after.allocated - before.allocated);
        out.resident = static_cast<double>(after.resident - before.resident);
    });
    return out;
}

std::vector<std::uint64_t> numbers(const std::string& what, const std::string& text, std::uint64_t low,
                                   std::uint64_t high)
{
    std::vector<std::uint64_t> out;
    std::istringstream words(text);
    for (std::string word; std::getline(words, word, ',');)
        out.push_back(whole_number(what, word, low, high));
    if (out.empty()) throw UsageError(what + ": give one or more numbers, as in 10000,100000");
    return out;
}

std::string speed_table(const std::vector<Measurement>& all)
{
    Table table;
    table.column("firms");
    table.column("links");
    table.column("links\nper firm");
    table.column("threads");
    table.column("build\n[s]");
    table.column("ns per\nlink-day");
    table.column("processor ns\nper link-day");
    table.column("bytes per link\nallocated");
    table.column("bytes per link\nresident");
    for (const Measurement& m : all) {
        const auto links = static_cast<double>(m.links);
        table.row({count_text(m.firms), count_text(m.links),
                   fmt::format("{:.2f}", links / static_cast<double>(m.firms)), fmt::format("{}", m.threads),
                   fmt::format("{:.1f}", m.build), fmt::format("{:.1f}", m.ns_per_link_day()),
                   fmt::format("{:.1f}", m.processor * 1e9 / (m.days * links)),
                   fmt::format("{:.0f}", m.allocated / links), fmt::format("{:.0f}", m.resident / links)});
    }
    return table.to_string() +
           "Processor time exceeds elapsed time with threads, and falls short of it on a busy machine.\n";
}

std::string phase_table(const std::vector<Measurement>& all)
{
    Table table;
    table.column("ns per link-day\nby phase", Align::kLeft);
    for (const Measurement& m : all) {
        table.column(fmt::format("{}\n{} thr", count_text(m.firms), m.threads));
        table.column("\nshare");
    }
    const auto phases = engine::phases();
    for (std::size_t i = 0; i < phases.size(); ++i) {
        std::vector<std::string> row{phases[i].name};
        for (const Measurement& m : all) {
            const double ns = m.phases[i] * 1e9 / (m.days * static_cast<double>(m.links));
            row.push_back(fmt::format("{:.2f}", ns));
            row.push_back(fmt::format("{:.1f} %", 100 * ns / m.ns_per_link_day()));
        }
        table.row(row);
    }
    return table.to_string();
}

std::string queue_table(const std::vector<QueueMeasurement>& all)
{
    Table table;
    table.column("licensing:\nfiles in review");
    table.column("files\ndecided");
    table.column("ns per file\ndecided");
    for (const QueueMeasurement& q : all) {
        table.row({count_text(q.waiting), count_text(q.decided), fmt::format("{:.0f}", q.ns_per_file())});
    }
    return table.to_string();
}

}  // namespace

ExitCode bench(Arguments arguments)
{
    Options options("bench",
                    "Measure time and memory per link on synthetic worlds with everything switched on.");
    std::string sizes = "10000,100000,1000000", threads = "1,2";
    std::optional<std::uint64_t> days;
    bool check = false, json = false;
    options.text("--sizes", "N,N,...", sizes, "numbers of firms (default 10000,100000,1000000)");
    options.text("--threads", "N,N,...", threads, "numbers of threads (default 1,2)");
    options.number("--days", "N", days, 1, 3650, "days to measure after a warm-up of 10 (default 40)");
    options.flag("--check", check, "one small world for a few days: does it work?");
    options.flag("--json", json, "print the measurements as JSON");
    if (!options.parse(arguments)) return ExitCode::kDone;
    const auto firms = numbers("--sizes", check ? "500" : sizes, 1, 100000000);
    const auto each = numbers("--threads", threads, 1, 1024);
    const int n_days = static_cast<int>(days.value_or(check ? 5 : 40));
    std::vector<Measurement> all;
    for (const std::uint64_t n : firms) {
        for (const std::uint64_t t : each) {
            say(fmt::format("{} on {}", counted_text(n, "firm"), counted_text(t, "thread")));
            all.push_back(measure(n, n_days, static_cast<int>(t)));
        }
    }
    std::vector<QueueMeasurement> queues;
    for (const std::uint64_t waiting : check ? std::vector<std::uint64_t>{100} : std::vector<std::uint64_t>{1000, 100000, 1000000}) {
        queues.push_back(measure_queue(waiting));
    }
    if (json) {
        fmt::print("{}", bench_json(all, queues));
    } else {
        fmt::print("{}\n{}\n{}", speed_table(all), phase_table(all), queue_table(queues));
    }
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

#include "dry_run.hpp"

#include "format.hpp"

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/engine/engine.hpp"
#include "chokepoint/world/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace chokepoint::cli {

namespace {

constexpr int kTrialDays = 60;

struct Cost {
    double setup = 0;  // [s] to build a member
    double day = 0;    // [s] a day
};

Cost measured_cost(const Job& job)
{
    using Clock = std::chrono::steady_clock;
    const auto seconds = [](Clock::time_point from, Clock::time_point to) {
        return std::chrono::duration<double>(to - from).count();
    };
    Cost cost;
    core::with_threads(1, [&] {
        const auto begun = Clock::now();
        const world::Structure structure = world::build_structure(job.file.scenario(0, job.seed));
        world::State state = world::initial_state(structure);
        const auto built = Clock::now();
        const int days = std::min(kTrialDays, structure.horizon);
        engine::run(structure, core::Random(job.seed, 0), days - 1, state);
        cost = {seconds(begun, built), seconds(built, Clock::now()) / std::max(days, 1)};
    });
    return cost;
}

}  // namespace

std::string dry_run_text(const Job& job, const RunRequest& request)
{
    const auto threads =
        static_cast<double>(request.threads.value_or(static_cast<std::uint64_t>(core::default_threads())));
    const Cost cost = measured_cost(job);
    const double member = cost.setup + cost.day * job.axes.days;
    const double rounds = std::ceil(job.header.members_requested / threads);
    std::string out = fmt::format("{}: {}\n", job.header.name, job.header.title);
    out += fmt::format("  days        {} to {} ({})\n", job.axes.start.to_string(),
                       (job.axes.start + (job.axes.days - 1)).to_string(), job.axes.days);
    out +=
        fmt::format("  world       {}, {}\n", counted_text(job.n_firms, "firm"), counted_text(job.n_links, "link"));
    out += fmt::format("  members     {}, seed {}, {}\n", job.header.members_requested, job.seed,
                       counted_text(job.header.parameters.size(), "varied parameter"));
    out += fmt::format("  size        at most {} before compression\n", bytes_text(result_bytes(job)));
    out += fmt::format("  time        about {} on {} threads ({} a member)\n", duration_text(member * rounds),
                       threads, duration_text(member));
    return out + fmt::format("  would write {}\n", job.path);
}

}  // namespace chokepoint::cli

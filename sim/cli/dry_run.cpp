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

DryRun dry_run(const Job& job, const RunRequest& request)
{
    DryRun out;
    out.job = &job;
    out.threads = request.threads.value_or(static_cast<std::uint64_t>(core::default_threads()));
    const Cost cost = measured_cost(job);
    out.member_seconds = cost.setup + cost.day * job.axes.days;
    out.seconds = out.member_seconds *
                  std::ceil(job.header.members_requested / static_cast<double>(out.threads));
    out.bytes = result_bytes(job);
    out.obstacle = output_obstacle(job, request);
    return out;
}

std::string dry_run_text(const DryRun& run)
{
    const Job& job = *run.job;
    const auto days = static_cast<std::uint64_t>(job.axes.days);
    std::string out = fmt::format("{}: {}\n", job.header.name, job.header.title);
    out += fmt::format("  days        {} to {} ({})\n", job.axes.start.to_string(),
                       (job.axes.start + (job.axes.days - 1)).to_string(), count_text(days));
    out += fmt::format("  world       {}, {}\n", counted_text(job.n_firms, "firm"),
                       counted_text(job.n_links, "link"));
    out += fmt::format("  members     {}, seed {}, {}\n", job.header.members_requested, job.seed,
                       counted_text(job.header.parameters.size(), "varied parameter"));
    out += fmt::format("  size        at most {} before compression\n", bytes_text(run.bytes));
    out += fmt::format("  time        about {} on {} ({} a member)\n", duration_text(run.seconds),
                       counted_text(run.threads, "thread"), duration_text(run.member_seconds));
    return out + (run.obstacle.empty() ? fmt::format("  would write {}\n", job.path)
                                       : fmt::format("  would stop  {}\n", run.obstacle));
}

}  // namespace chokepoint::cli

#include "dry_run.hpp"

#include "format.hpp"

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/engine/engine.hpp"
#include "chokepoint/record/result_file.hpp"
#include "chokepoint/record/sampler.hpp"
#include "chokepoint/world/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <vector>

namespace chokepoint::cli {

namespace {

constexpr double kTrial = 3;       // [s] of a trial, beside building
constexpr double kProgram = 25e6;  // [B] of the program and its libraries

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Trial {
    double seconds = 0;  // of a whole member [s]
    int days = 0;        // run
    record::MemberResult result;
};

Trial try_member(const Job& job)
{
    Trial trial;
    core::with_threads(1, [&] {
        const double begun = processor_seconds();
        scenario::Scenario member = job.file.scenario(0, job.seed);
        member.world.scale *= job.tried;
        const world::Structure structure = world::build_structure(member);
        world::State state = world::initial_state(structure);
        record::Sampler sampler(structure);
        std::vector<double> at{processor_seconds()};  // [s] after each day
        const core::Random random(job.seed, 0);
        for (int day = 0; day < structure.horizon && (day == 0 || at.back() - at.front() < kTrial); ++day) {
            engine::run(structure, random, day, state, [&](int, const world::State& now) { sampler.sample(day, now.published); });
            at.push_back(processor_seconds());
        }
        trial.days = static_cast<int>(at.size()) - 1;
        const int last = (trial.days + 3) / 4;
        const double each = (at.back() - at[static_cast<std::size_t>(trial.days - last)]) / last;
        trial.seconds = at.back() - begun + each * (structure.horizon - trial.days);
        if (job.tried < 1) trial.seconds *= static_cast<double>(job.n_links) / static_cast<double>(structure.n_links());
        trial.result = sampler.finish();
    });
    return trial;
}

// A member's arrays, held while it runs and packed at its end [B].
double result_in_memory(const Job& job)
{
    const record::MemberLayout layout(job.axes);
    double bytes = 0;
    for (const auto& array : layout.series) bytes += static_cast<double>(array.size() * sizeof(float));
    for (const auto& array : layout.metrics) bytes += static_cast<double>(array.size() * sizeof(double));
    return 2 * bytes;
}

}  // namespace

DryRun dry_run(const Job& job, const RunRequest& request)
{
    DryRun out;
    out.job = &job;
    out.threads = request.threads.value_or(static_cast<std::uint64_t>(core::default_threads()));
    const double reading = processor_seconds();  // all this process has done so far
    const Trial trial = try_member(job);
    const auto members = job.header.members_requested;
    const double begun = processor_seconds();
    out.bytes = record::packed_size(job.header, job.axes, trial.result, trial.days);
    const double packing = processor_seconds() - begun;  // each member is packed when it ends and when all are written
    out.member_seconds = trial.seconds + 2 * packing;
    out.seconds = reading + out.member_seconds * std::ceil(members / static_cast<double>(out.threads)) +
                  packing * static_cast<double>(job.header.quantiles.size());
    out.memory = kProgram + static_cast<double>(members_at_once(request, members)) * (job.footprint.bytes + result_in_memory(job));
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
    out += fmt::format("  size        about {}\n", bytes_text(run.bytes));
    out += fmt::format("  memory      about {}\n", bytes_text(run.memory));
    out += fmt::format("  time        about {} on {} ({} a member)\n", duration_text(run.seconds),
                       counted_text(run.threads, "thread"), duration_text(run.member_seconds));
    return out + (run.obstacle.empty() ? fmt::format("  would write {}\n", job.path)
                                       : fmt::format("  would stop  {}\n", run.obstacle));
}

}  // namespace chokepoint::cli

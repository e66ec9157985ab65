#include "bench_queue.hpp"

#include "bench_world.hpp"
#include "chokepoint/dynamics/phases.hpp"
#include "chokepoint/world/build.hpp"

#include <chrono>

namespace chokepoint::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kWarmUp = 5, kDays = 35;   // those that are working days count
constexpr std::uint64_t kFilesADay = 2000;
constexpr std::int64_t kFile = 1000;     // [g]

// One desk that decides so many files a working day; every file is complete and granted.
scenario::Scenario queue_world()
{
    scenario::Scenario s = bench_world(5000, kWarmUp + kDays);
    scenario::Licensing& control = s.licensing.front();
    control.from = s.time.start;
    control.declared_lot_days = 0;
    control.shipment_size = kFile;
    control.throughput.mode = scenario::ThroughputMode::kFiles;
    control.throughput.levels = {{s.time.start, static_cast<double>(kFilesADay)}};
    control.minimum_review_days = 0;
    control.returned = 0;
    control.postures = {{"routine", 1, 1, 0, 0}};
    for (auto& toward : control.toward) toward = {toward.region, "routine", {}};
    return s;
}

std::vector<std::uint32_t> guarded_rows(const world::Structure& structure)
{
    std::vector<std::uint32_t> rows;
    for (std::uint32_t b = 0; b < structure.n_border(); ++b) {
        const world::Control& control = structure.policy.controls[structure.border.control[b]];
        const world::ClassRow& row = control.classes[structure.border.klass[b]];
        const bool civil = row.end_use == static_cast<std::uint8_t>(world::EndUse::kCivil);
        if (civil && control.lists_product(structure.border.product[b])) rows.push_back(b);
    }
    return rows;
}

}  // namespace

QueueMeasurement measure_queue(std::uint64_t waiting)
{
    const world::Structure structure = world::build_structure(queue_world());
    world::State state = world::initial_state(structure);
    const std::vector<std::uint32_t> rows = guarded_rows(structure);
    const core::Random random(1, 0);
    std::size_t next = 0;
    const auto hand_in = [&](std::uint64_t files) {
        for (; files > 0; --files, next = (next + 1) % rows.size()) {
            if (state.border.unfiled[rows[next]] == 0) state.handed_in.front().push_back({rows[next], 0});
            state.border.unfiled[rows[next]] += kFile;
        }
    };
    state.handed_in.resize(1);
    hand_in(waiting);
    QueueMeasurement out;
    for (int day = 0; day < kWarmUp + kDays; ++day) {
        const dynamics::StepContext context{day, structure.start + day, random};
        if (structure.policy.controls.front().calendar.is_working_day(context.date)) hand_in(kFilesADay);
        dynamics::apply_policy(structure, context, state);
        const auto begun = Clock::now();
        dynamics::decide(structure, context, state);
        const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
        const std::uint64_t decided = state.authority.front().decided.size();
        if (day < kWarmUp || decided == 0) continue;
        out.seconds += seconds;
        out.decided += decided;
    }
    for (const world::LicenceCounts& counts : state.authority.front().counts) {
        out.waiting += static_cast<std::uint64_t>(counts.in_review);
    }
    return out;
}

}  // namespace chokepoint::cli

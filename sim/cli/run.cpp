#include "commands.hpp"
#include "comparable.hpp"
#include "difference.hpp"
#include "dry_run.hpp"
#include "duty.hpp"
#include "format.hpp"
#include "interrupt.hpp"
#include "json_answers.hpp"
#include "json_headline.hpp"
#include "load.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "quiet_routes.hpp"
#include "run_job.hpp"
#include "talk.hpp"

#include "chokepoint/core/no_room.hpp"
#include "chokepoint/core/parallel.hpp"
#include "chokepoint/ensemble/simulate.hpp"
#include "chokepoint/record/result_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <set>

namespace chokepoint::cli {

namespace {

struct Entry {  // a job and what came of it
    Job job;
    ensemble::Outcome outcome;
    const Entry* baseline = nullptr;
    bool complete = false;  // before we began
};
// Jobs in the order they run: the baseline first. Addresses stay, entries point at the baseline.
using Entries = std::deque<Entry>;

bool declare_and_parse(Arguments arguments, RunRequest& request)
{
    Options options("run", "Run scenarios and write one result file each; print who runs short.");
    options.positional("FILE", request.files, 1, kAnyNumber, "scenarios");
    options.text("-o,--output", "FILE|FOLDER", request.output,
                 "where to write (default: NAME.h5 in this folder)");
    options.text("--against", "BASE", request.against,
                 "also run this baseline on the same seeds and print what the policy caused");
    options.number("-j,--threads", "N", request.threads, 1, 1024, "threads (default: all cores)");
    options.number("--members", "N", request.members, 1, 1000000,
                   "ensemble members (default: the scenario's)");
    options.number("--seed", "S", request.seed, 0, UINT64_MAX, "seed (default: the scenario's)");
    options.list("--set", "KEY=VALUE", request.overrides, "override a value; may be repeated");
    options.flag("--resume", request.resume, "continue an interrupted run from its NAME.h5.part");
    options.flag("--dry-run", request.dry_run, "print plan, size and time; write nothing");
    options.flag("--reproducible", request.reproducible,
                 "leave clock, host and threads out: equal runs, equal bytes");
    options.flag("--force", request.force, "replace an existing result");
    options.flag("--json", request.json, "print the headline, or the dry run, as JSON");
    options.flag("--all", request.all_buyers, "list every buyer group");
    options.footer(
        "Ctrl-C ends after the members under way; --resume continues.\n"
        "Exit codes: 0 done, 2 usage, 3 scenario invalid, 4 cannot read or write, 5 members failed, "
        "6 --against cannot be compared, 130 interrupted.");
    if (!options.parse(arguments)) return false;
    const bool one_file = request.files.size() == 1 && request.against.empty();
    if (!one_file && !request.output.empty() && request.output.back() != '/' &&
        !std::filesystem::is_directory(request.output)) {
        throw UsageError(
            fmt::format("run: {} is no folder; several results need -o FOLDER/", request.output));
    }
    return true;
}

// Same members and seed as the policy, or its draws could not be paired.
Job prepare_baseline(const Job& policy, const RunRequest& request, Warnings& warnings)
{
    const auto fitting = overrides_that_fit(request.against, request.overrides);
    for (const std::string& one : request.overrides) {
        if (std::find(fitting.begin(), fitting.end(), one) == fitting.end()) {
            say(fmt::format("--set {} does not fit {}, so it acts on the policy alone", one,
                            request.against));
        }
    }
    return prepare(request.against, fitting, policy.header.members_requested, policy.seed, request, warnings);
}

Entries prepare_all(const RunRequest& request)
{
    Entries entries;
    Warnings warnings;
    for (const std::string& file : request.files) {
        entries.push_back(
            {prepare(file, request.overrides, request.members, request.seed, request, warnings), {}, nullptr, false});
    }
    if (!request.against.empty()) {
        entries.push_front({prepare_baseline(entries.front().job, request, warnings), {}, nullptr, false});
        for (std::size_t i = 1; i < entries.size(); ++i) {
            const Job& policy = entries[i].job;
            const Job& baseline = entries.front().job;
            require_comparable(policy, request.files[i - 1], baseline, request.against);
            if (policy.seed != baseline.seed ||
                policy.header.members_requested != baseline.header.members_requested) {
                throw UsageError(
                    fmt::format("run: {} has another seed or number of members than {}; give --seed and "
                                "--members to pair them",
                                request.files[i - 1], request.files[0]));
            }
            entries[i].baseline = &entries.front();
        }
    }
    std::set<std::string> paths;
    for (const Entry& entry : entries) {
        if (!paths.insert(entry.job.path).second) {
            throw UsageError(
                fmt::format("run: two scenarios would write {}; give them different names, or run them "
                            "apart",
                            entry.job.path));
        }
    }
    return entries;
}

ensemble::Outcome run_job(const Job& job, const RunRequest& request, const Interrupt& interrupt)
{
    const int threads = static_cast<int>(request.threads.value_or(0));
    const auto used = static_cast<std::uint64_t>(threads > 0 ? threads : core::default_threads());
    say(fmt::format("{}: {} of {}, {}, {}, {}", job.header.name,
                    counted_text(job.header.members_requested, "member"),
                    counted_text(static_cast<std::uint64_t>(job.axes.days), "day"),
                    counted_text(job.n_firms, "firm"), counted_text(job.n_links, "link"),
                    counted_text(used, "thread")));
    Progress progress(job.header.name, stderr_is_terminal());
    ensemble::RunOptions options;
    options.path = job.path;
    const auto folder = std::filesystem::path(job.path).parent_path();
    std::error_code failed;
    // A path that ends in a slash asks for a folder; any other missing folder may be a slip.
    if (request.output.ends_with('/')) std::filesystem::create_directories(folder, failed);
    if (failed) throw core::EnvironmentError(folder.string(), "cannot create the folder", failed.value());
    if (!folder.empty() && !std::filesystem::exists(folder, failed))
        throw core::EnvironmentError(job.path, fmt::format("there is no folder {}; make it, or give -o {}/ to have it made", folder.string(), folder.string()));
    options.threads = threads;
    options.resume = request.resume;
    options.stop_requested = [&] { return interrupt.requested(); };
    options.progress = [&](std::uint32_t done, std::uint32_t total) { progress.update(done, total); };
    try {
        return ensemble::run(job.header, job.axes, ensemble::simulation(job.file, job.seed), options);
    } catch (const core::NoRoomError&) {
        if (std::filesystem::exists(job.path + ".part")) {
            say(fmt::format("members done are kept in {}.part; once there is room (a result takes at most {}, and its "
                            "part as much), the same command with --resume continues",
                            job.path, bytes_text(result_bytes(job))));
        }
        throw;
    }
}

// Of a result that an earlier run finished.
ensemble::Outcome read_outcome(const Job& job)
{
    say(fmt::format("{}: {} is complete already", job.header.name, job.path));
    ensemble::Outcome outcome;
    auto done = record::read_metrics(job.path, job.axes);
    outcome.resumed = static_cast<std::uint32_t>(done.members.size());
    outcome.done = std::move(done.members);
    outcome.metrics = std::move(done.metrics);
    return outcome;
}

Finished finish(const Entry& entry)
{
    const auto view = [](const Entry& e) {
        return ensemble::EnsembleView{e.job.axes, e.outcome.done, e.outcome.metrics};
    };
    Finished out{entry.job, entry.outcome, nullptr, nullptr, "", {}, {}};
    if (entry.baseline == nullptr) return out;
    out.baseline = &entry.baseline->job;
    out.baseline_outcome = &entry.baseline->outcome;
    out.against = entry.baseline->job.header.name;
    out.differences = ensemble::paired_difference(view(*entry.baseline), view(entry));
    out.duty_caused = duty_caused(view(*entry.baseline), view(entry));
    return out;
}

void print_tables(const Finished& run, const RunRequest& request)
{
    const record::ResultHeader& header = run.job.header;
    fmt::print("{}: {}\n", header.name, header.title);
    if (!header.question.empty()) fmt::print("{}\n", header.question);
    fmt::print("{}, {} to {}; a projection under the scenario's assumptions, not a forecast\n\n",
               counted_text(run.outcome.done.size(), "member"), run.job.axes.start.to_string(),
               (run.job.axes.start + (run.job.axes.days - 1)).to_string());
    const Headline headline = make_headline(run.job.axes, run.outcome.metrics);
    fmt::print("{}{}{}", headline_table(headline, request.all_buyers, output_width()), caveats_text(headline, run.job.file.caveats(), output_width()),
               quiet_routes(run.job.axes, run.outcome.metrics, output_width()));
    if (!run.against.empty()) {
        fmt::print("\nAgainst {}, member by member on the same seeds:\n\n{}", run.against,
                   difference_table(make_headline(run.baseline->axes, run.baseline_outcome->metrics), headline, run.differences,
                                    run.duty_caused, request.all_buyers, output_width()));
    }
    fmt::print("\n{}\n", run.job.path);
}

ExitCode report(const Entries& entries, const RunRequest& request)
{
    std::vector<Finished> finished;
    ExitCode code = ExitCode::kDone;
    for (const Entry& entry : entries) {
        finished.push_back(finish(entry));
        for (const auto& [member, error] : entry.outcome.failures) {
            say(fmt::format("{}: member {} failed: {}", entry.job.header.name, member, error));
            code = ExitCode::kIncomplete;
        }
    }
    if (request.json) {
        fmt::print("{}", headline_json(finished));
    } else {
        for (std::size_t i = 0; i < finished.size(); ++i) {
            if (i > 0) fmt::print("\n");
            print_tables(finished[i], request);
        }
    }
    return code;
}

}  // namespace

ExitCode run(Arguments arguments)
{
    RunRequest request;
    if (!declare_and_parse(arguments, request)) return ExitCode::kDone;
    Entries entries = prepare_all(request);
    if (request.dry_run) {
        std::vector<DryRun> runs;
        for (const Entry& entry : entries) runs.push_back(dry_run(entry.job, request));
        if (request.json) fmt::print("{}", dry_run_json(runs));
        else
            for (const DryRun& one : runs) fmt::print("{}", dry_run_text(one));
        const bool stops = std::any_of(runs.begin(), runs.end(), [](const DryRun& r) { return !r.obstacle.empty(); });
        return stops ? ExitCode::kEnvironment : ExitCode::kDone;
    }
    const Interrupt interrupt;
    for (Entry& entry : entries) entry.complete = claim_output(entry.job, request);
    for (Entry& entry : entries) {
        entry.outcome = entry.complete ? read_outcome(entry.job) : run_job(entry.job, request, interrupt);
        if (entry.outcome.interrupted) {
            say(fmt::format(
                "interrupted; {} kept in {}.part, the same command with --resume continues",
                counted_text(entry.outcome.done.size(), "member") +
                    (entry.outcome.done.size() == 1 ? " is" : " are"),
                entry.job.path));
            return interrupt.exit_code();
        }
    }
    return report(entries, request);
}

}  // namespace chokepoint::cli

#include "run_job.hpp"

#include "format.hpp"
#include "load.hpp"
#include "memory.hpp"
#include "output_file.hpp"
#include "options.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/core/parallel.hpp"
#include "chokepoint/core/version.hpp"
#include "chokepoint/record/digest.hpp"
#include "chokepoint/record/result_file.hpp"
#include "chokepoint/world/build.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace chokepoint::cli {

namespace fs = std::filesystem;

namespace {

constexpr double kTrialLinks = 4e5;  // more than any cache holds, so that a link costs what it costs in a larger world

std::string host_name()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

std::string quoted(const std::string& word)
{
    const bool plain =
        word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./=:,@%") ==
        std::string::npos;
    if (plain && !word.empty()) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

// The command that makes this result again. Where it was written to and how fast does not belong.
std::string reproducing_command(const std::string& file, const std::vector<std::string>& overrides,
                                std::uint32_t members, std::uint64_t seed, bool reproducible)
{
    std::string line = fmt::format("chokepoint run {} --members {} --seed {}", quoted(file), members, seed);
    for (const auto& one : overrides) line += " --set " + quoted(one);
    return reproducible ? line + " --reproducible" : line;
}

// "geneva_truce.yaml:12", or "--set 1"; the folder a run began in is nobody's business.
std::string place(const core::Location& at)
{
    const std::string file = fs::path(at.file).filename().string();
    return at.line == 0 || at.file.starts_with("--") ? at.file : fmt::format("{}:{}", file, at.line);
}

record::Provenance provenance(const scenario::ScenarioFile& file, std::uint64_t seed,
                              const RunRequest& request)
{
    record::Provenance out;
    out.scenario = file.effective_text();
    for (const auto& change : file.changes())
        out.changes.push_back({change.key, change.from, change.to, place(change.at)});
    for (const auto& input : file.inputs()) out.inputs.push_back({input.path, record::sha256(input.content)});
    out.seed = seed;
    out.version = core::version();
    out.commit = core::commit();
    out.compiler = record::compiler_version();
    out.libraries = record::record_libraries();
    if (request.reproducible) return out;
    out.created = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    out.host = host_name();
    out.threads =
        static_cast<int>(request.threads.value_or(static_cast<std::uint64_t>(core::default_threads())));
    return out;
}

std::string output_path(const std::string& name, const RunRequest& request)
{
    const std::string file = name + ".h5";
    if (request.output.empty()) return followed(file).string();
    std::error_code ignored;  // a link that leads to itself is told of where the file is claimed
    const bool folder = request.output.back() == '/' || fs::is_directory(request.output, ignored);
    return followed(folder ? fs::path(request.output) / file : fs::path(request.output)).string();
}

void require_memory(const std::string& file, const world::Footprint& world, std::uint64_t at_once)
{
    const double room = available_memory();
    if (world.bytes * static_cast<double>(at_once) <= room) return;
    const bool of_files = world.files_waiting > world.links;
    const std::string what = fmt::format("a member takes about {} of memory ({:.2g} firms, {:.2g} links{}) and {} are free",
                                         bytes_text(world.bytes), world.firms, world.links,
                                         of_files ? fmt::format(", up to {:.2g} files before an authority", world.files_waiting) : "",
                                         bytes_text(room));
    const std::string remedy = world.bytes <= room ? fmt::format("run fewer at once: -j {:.0f}", std::floor(room / world.bytes))
                               : of_files          ? "check the flows, or raise shipment_size"
                                                   : "lower world.scale, or numbers of firms";
    throw core::EnvironmentError(file, what + "; " + remedy);
}

// --force replaces results, never a scenario or anything else.
bool is_hdf5(const std::string& path)
{
    std::string start(8, '\0');
    std::ifstream(path, std::ios::binary).read(start.data(), 8);
    return start == "\x89HDF\r\n\x1a\n";
}

// The result of this very run, with every member asked for.
bool is_complete(const Job& job)
{
    if (!fs::exists(job.path)) return false;
    const auto found = record::read_summary(job.path);
    const std::pair<std::string, std::string> ours{"run_id", job.header.run_id};
    return std::find(found.attributes.begin(), found.attributes.end(), ours) != found.attributes.end() &&
           found.members_requested == job.header.members_requested &&
           found.members_done == job.header.members_requested;
}

}  // namespace

std::uint64_t members_at_once(const RunRequest& request, std::uint64_t members)
{
    return std::min(members, request.threads.value_or(static_cast<std::uint64_t>(core::default_threads())));
}

Job prepare(const std::string& file, const std::vector<std::string>& overrides,
            std::optional<std::uint64_t> members, std::optional<std::uint64_t> seed,
            const RunRequest& request, Warnings& warnings)
{
    Job job{load_scenario(file, overrides, &warnings), {}, 0, {}, {}, {}, {}, 0, 0};
    job.central = job.file.central();
    job.seed = seed.value_or(job.central.seed);
    job.footprint = world::footprint(job.central);
    require_memory(file, job.footprint, members_at_once(request, members.value_or(static_cast<std::uint64_t>(job.central.ensemble.members))));
    // Of a large world a dry run tries a smaller one, alike but for the number of its firms.
    if (request.dry_run) job.tried = std::min(1.0, kTrialLinks / job.footprint.links);
    scenario::Scenario built = job.central;
    built.world.scale *= job.tried;
    const world::Structure structure = world::build_structure(built);
    job.axes = record::axes_of(structure);
    job.n_firms = job.tried < 1 ? static_cast<std::size_t>(job.footprint.firms) : structure.n_firms();
    job.n_links = job.tried < 1 ? static_cast<std::size_t>(job.footprint.links) : structure.n_links();

    record::ResultHeader& header = job.header;
    header.name = job.central.name;
    header.title = job.central.title;
    header.question = job.central.question;
    header.members_requested = static_cast<std::uint32_t>(
        members.value_or(static_cast<std::uint64_t>(job.central.ensemble.members)));
    header.quantiles = job.central.output.quantiles;
    header.members_daily = job.central.output.members_daily;
    for (const auto& parameter : job.file.varied()) {
        header.parameters.push_back(parameter.path);
        header.parameter_titles.push_back(parameter.title);
        header.parameter_units.push_back(parameter.unit);
    }
    header.provenance = provenance(job.file, job.seed, request);
    header.provenance.draws = fmt::format("keyed as {}", world::kDrawScheme);
    header.provenance.command_line =
        reproducing_command(file, overrides, header.members_requested, job.seed, request.reproducible);
    header.run_id = record::make_run_id(header.provenance.scenario, job.seed, header.provenance.version);
    job.path = output_path(header.name, request);
    return job;
}

bool claim_output(const Job& job, const RunRequest& request)
{
    require_file(job.path);
    if (request.resume && is_complete(job)) return true;
    if (fs::is_regular_file(job.path) && !is_hdf5(job.path)) {
        throw core::EnvironmentError(job.path, "a file that is no result exists here; write elsewhere with -o");
    }
    if (request.force) return false;
    if (fs::exists(job.path)) {
        throw core::EnvironmentError(job.path,
                                     "a result exists here; add --force to replace it, or -o to write "
                                     "elsewhere");
    }
    if (!request.resume && fs::exists(job.path + ".part")) {
        throw core::EnvironmentError(job.path + ".part",
                                     "an interrupted run left its members here; add --resume to "
                                     "continue it or --force to begin again");
    }
    return false;
}

std::string output_obstacle(const Job& job, const RunRequest& request)
{
    try {
        (void)claim_output(job, request);
        fs::path folder = fs::path(job.path).parent_path();
        if (folder.empty()) folder = ".";
        // Only a path that ends in a slash asks for its folders.
        while (request.output.ends_with('/') && !fs::exists(folder))
            folder = folder.has_parent_path() ? folder.parent_path() : ".";
        if (::access(folder.c_str(), W_OK | X_OK) != 0)
            throw core::EnvironmentError(folder.string(), "cannot write there", errno);
    } catch (const core::EnvironmentError& error) {
        return error.what();
    }
    return {};
}

double result_bytes(const Job& job)
{
    double bytes = 0;
    for (const record::Variable& variable : record::variables()) {
        using record::Aggregation;
        if (variable.aggregation == Aggregation::kMembersDaily && !job.header.members_daily) continue;
        const bool quantiles = variable.aggregation == Aggregation::kQuantiles;
        double values = !variable.has_rows() ? 1.0
                        : quantiles          ? static_cast<double>(job.header.quantiles.size())
                                             : static_cast<double>(job.header.members_requested);
        for (const record::Dim dim : variable.dims) {
            if (dim != record::Dim::kMember && dim != record::Dim::kQuantile) {
                values *= static_cast<double>(job.axes.size(dim));
            }
        }
        bytes += values * (variable.dtype == record::DType::kFloat64 ? 8 : 4);
    }
    return bytes;
}

}  // namespace chokepoint::cli

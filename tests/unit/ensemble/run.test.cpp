#include "support/synthetic_run.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/ensemble/run.hpp"
#include "chokepoint/record/result_file.hpp"

#include "support/catch.hpp"

#include <unistd.h>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

using namespace chokepoint;

namespace {

struct Fixture {
    world::Structure structure = support::synthetic_structure();
    record::Axes axes = record::axes_of(structure);
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("chokepoint_run_" + std::to_string(::getpid()));

    Fixture() { std::filesystem::create_directories(folder); }
    ~Fixture() { std::filesystem::remove_all(folder); }

    ensemble::MemberRunner runner() const
    {
        return [this](std::uint32_t member) { return support::synthetic_member(structure, member); };
    }
    ensemble::RunOptions options(const char* name) const
    {
        ensemble::RunOptions out;
        out.path = (folder / name).string();
        out.threads = 2;
        return out;
    }
    std::string bytes(const char* name) const
    {
        std::ifstream in(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

}  // namespace

TEST_CASE("A member that throws is recorded and the others go on")
{
    const Fixture fixture;
    const auto outcome = ensemble::run(
        support::synthetic_header(5), fixture.axes,
        [&](std::uint32_t member) {
            if (member == 2) throw core::ModelError("day 7: stock below zero");
            return fixture.runner()(member);
        },
        fixture.options("a.h5"));
    CHECK_FALSE(outcome.complete());
    CHECK_FALSE(outcome.interrupted);
    CHECK(outcome.done == std::vector<std::uint32_t>{0, 1, 3, 4});
    REQUIRE(outcome.failures.size() == 1);
    CHECK(outcome.failures[0] == std::pair<std::uint32_t, std::string>{2, "day 7: stock below zero"});
    const auto summary = record::read_summary((fixture.folder / "a.h5").string());
    CHECK(summary.members_requested == 5);
    CHECK(summary.members_done == 4);
    CHECK(summary.failures == outcome.failures);
    CHECK(summary.problems == std::vector<std::string>{"1 member failed"});
    CHECK(summary.scenario == support::synthetic_header(5).provenance.scenario);
    CHECK(summary.inputs.at(0).path == "data/flows.csv");
}

TEST_CASE("A stop leaves the part; resuming runs only the rest and gives the same bytes")
{
    const Fixture fixture;
    const auto header = support::synthetic_header(10);
    REQUIRE(ensemble::run(header, fixture.axes, fixture.runner(), fixture.options("straight.h5")).complete());

    std::atomic<int> started = 0;
    const auto counted = [&](std::uint32_t member) {
        ++started;
        return fixture.runner()(member);
    };
    auto options = fixture.options("stopped.h5");
    options.stop_requested = [&] { return started >= 4; };
    const auto stopped = ensemble::run(header, fixture.axes, counted, options);
    CHECK(stopped.interrupted);
    CHECK_FALSE(std::filesystem::exists(options.path));
    REQUIRE(std::filesystem::exists(options.path + ".part"));
    const auto before = static_cast<std::uint32_t>(started);
    CHECK(before >= 4);  // running members finish
    CHECK(before <= 5);

    options.stop_requested = nullptr;
    options.resume = true;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> seen;
    options.progress = [&](std::uint32_t done, std::uint32_t total) { seen.emplace_back(done, total); };
    const auto resumed = ensemble::run(header, fixture.axes, counted, options);
    CHECK(resumed.complete());
    CHECK(resumed.resumed == before);
    CHECK(started == 10);
    CHECK(seen.front() == std::pair<std::uint32_t, std::uint32_t>{before, 10});
    CHECK(seen.back() == std::pair<std::uint32_t, std::uint32_t>{10, 10});
    CHECK(resumed.metrics.size() == 10);
    CHECK_FALSE(std::filesystem::exists(options.path + ".part"));
    CHECK(fixture.bytes("stopped.h5") == fixture.bytes("straight.h5"));
}

TEST_CASE("A run of some members leaves the others missing")
{
    const Fixture fixture;
    auto options = fixture.options("some.h5");
    options.members = {1, 4};
    const auto outcome = ensemble::run(support::synthetic_header(6), fixture.axes, fixture.runner(), options);
    CHECK(outcome.done == std::vector<std::uint32_t>{1, 4});
    const auto summary = record::read_summary(options.path);
    CHECK(summary.members_done == 2);
    CHECK(summary.problems == std::vector<std::string>{"4 members are missing"});
}

TEST_CASE("Shards give the bytes of one machine")
{
    const Fixture fixture;
    const auto header = support::synthetic_header(7);
    (void)ensemble::run(header, fixture.axes, fixture.runner(), fixture.options("one.h5"));
    const record::MemberLayout layout(fixture.axes);
    const auto key = record::part_key(header.run_id, fixture.axes);
    std::vector<record::PartReader> parts;
    for (std::uint32_t k = 0; k < 3; ++k) {
        auto options = fixture.options(("shard" + std::to_string(k) + ".h5").c_str());
        options.write_final = false;
        for (std::uint32_t member = k; member < 7; member += 3) options.members.push_back(member);
        (void)ensemble::run(header, fixture.axes, fixture.runner(), options);
        CHECK_FALSE(std::filesystem::exists(options.path));
        parts.emplace_back(options.path + ".part", key, layout);
    }
    record::write_result((fixture.folder / "merged.h5").string(), header, fixture.axes, parts);
    CHECK(fixture.bytes("merged.h5") == fixture.bytes("one.h5"));
}

TEST_CASE("A folder that does not exist is named")
{
    const Fixture fixture;
    const auto options = fixture.options("no/such/folder/a.h5");
    CHECK_THROWS_WITH(ensemble::run(support::synthetic_header(2), fixture.axes, fixture.runner(), options),
                      Catch::Contains("a.h5.part: cannot open (No such file or directory)"));
}

TEST_CASE("A world without controls, exports and routes still gives a clean file")
{
    Fixture fixture;
    fixture.structure.policy.controls.clear();
    fixture.structure.exports_of.clear();
    fixture.structure.covert.routes.clear();
    fixture.axes = record::axes_of(fixture.structure);
    auto header = support::synthetic_header(2);
    header.members_daily = false;
    const auto options = fixture.options("bare.h5");
    CHECK(ensemble::run(header, fixture.axes, fixture.runner(), options).complete());
    const auto summary = record::read_summary(options.path);
    CHECK(summary.problems.empty());
    for (const auto& variable : summary.variables) {
        CHECK(variable.name != "files_filed_q");
        CHECK(variable.name != "exports_q");
        CHECK(variable.name != "route_title");
        CHECK(variable.name != "route_shipped");
        CHECK(variable.name != "shortfall_daily");
    }
}

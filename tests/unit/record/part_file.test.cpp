#include "support/synthetic_run.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/record/part_file.hpp"

#include "support/catch.hpp"

#include <unistd.h>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

using namespace chokepoint;

namespace {

struct Fixture {
    world::Structure structure;
    record::Axes axes;
    record::MemberLayout layout;
    record::PartKey key;
    std::filesystem::path folder;
    std::string path;

    explicit Fixture(int days = 40)
        : structure(support::synthetic_structure(days)),
          axes(record::axes_of(structure)),
          layout(axes),
          key(record::part_key("run", axes)),
          folder(std::filesystem::temp_directory_path() / ("chokepoint_part_" + std::to_string(::getpid()))),
          path((folder / "x.h5.part").string())
    {
        std::filesystem::create_directories(folder);
    }
    ~Fixture() { std::filesystem::remove_all(folder); }

    void append(std::initializer_list<std::uint32_t> members, bool resume = false) const
    {
        record::PartWriter part(path, key, layout, resume);
        for (const auto member : members) {
            part.append(member, record::encode_member(support::synthetic_member(structure, member), layout));
        }
    }
    record::PartReader reader() const { return {path, key, layout}; }
};

void check_same(const record::MemberResult& a, const record::MemberResult& b)
{
    CHECK(a.parameters == b.parameters);
    REQUIRE(a.events.size() == b.events.size());
    CHECK(a.events.back().text == b.events.back().text);
    REQUIRE(a.metrics.size() == b.metrics.size());
    for (std::size_t i = 0; i < a.metrics.size(); ++i) {
        CHECK(std::equal(a.metrics[i].begin(), a.metrics[i].end(), b.metrics[i].begin(), b.metrics[i].end(),
                         [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); }));
    }
}

}  // namespace

TEST_CASE("A member comes back from the part as it went in")
{
    const Fixture fixture(5000);  // long enough for several slabs in a series
    fixture.append({4, 1});
    const auto reader = fixture.reader();
    CHECK(reader.members() == std::vector<std::uint32_t>{1, 4});
    const auto expected = support::synthetic_member(fixture.structure, 4);
    check_same(reader.read_front(4), expected);
    for (std::size_t s = 0; s < expected.series.size(); ++s) {
        const auto& array = fixture.layout.series[s];
        CHECK(reader.read_series(4, s, 0, array.rows) == expected.series[s]);
        // Rows from the middle, over the border between slabs.
        const std::size_t first = array.rows / 3, n = array.rows / 2;
        const std::vector<float> middle(
            expected.series[s].begin() + static_cast<std::ptrdiff_t>(first * array.width),
            expected.series[s].begin() + static_cast<std::ptrdiff_t>((first + n) * array.width));
        CHECK(reader.read_series(4, s, first, n) == middle);
    }
}

TEST_CASE("A failed member keeps its error and has no values")
{
    const Fixture fixture;
    {
        record::PartWriter part(fixture.path, fixture.key, fixture.layout, false);
        part.append(2, record::encode_member(record::failed_member(2, "day 3: mass"), fixture.layout));
    }
    const auto front = fixture.reader().read_front(2);
    CHECK(front.status == record::MemberStatus::kFailed);
    CHECK(front.error == "day 3: mass");
}

TEST_CASE("A record torn anywhere is dropped, the ones before it stay")
{
    const Fixture fixture;
    fixture.append({0, 1});
    const auto whole = fixture.reader().valid_bytes();
    fixture.append({2}, true);
    const auto full = fixture.reader().valid_bytes();
    REQUIRE(full > whole + 100);
    for (const auto size : {whole + 1, whole + 19, whole + 60, full - 1}) {
        std::filesystem::resize_file(fixture.path, size);
        const auto reader = fixture.reader();
        CHECK(reader.members() == std::vector<std::uint32_t>{0, 1});
        CHECK(reader.valid_bytes() == whole);
        fixture.append({2}, true);  // writes over the torn record
        CHECK(fixture.reader().members() == std::vector<std::uint32_t>{0, 1, 2});
        CHECK(std::filesystem::file_size(fixture.path) == full);
    }
}

TEST_CASE("A flipped bit is found")
{
    const Fixture fixture;
    fixture.append({0, 1});
    const auto size = std::filesystem::file_size(fixture.path);
    std::fstream file(fixture.path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(size) - 40);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(static_cast<std::streamoff>(size) - 40);
    file.put(byte);
    file.close();
    CHECK(fixture.reader().members() == std::vector<std::uint32_t>{0});
}

TEST_CASE("A part of another run or another world is refused with its path")
{
    const Fixture fixture;
    fixture.append({0});
    const auto other_run = record::part_key("ruN", fixture.axes);
    CHECK_THROWS_WITH(record::PartReader(fixture.path, other_run, fixture.layout),
                      Catch::Contains(fixture.path) && Catch::Contains("another scenario, seed or version"));
    record::Axes longer = fixture.axes;
    longer.days += 1;
    CHECK_THROWS_AS(record::PartReader(fixture.path, record::part_key("run", longer), fixture.layout),
                    core::EnvironmentError);
}

TEST_CASE("A second writer is refused while the first is at work")
{
    const Fixture fixture;
    const record::PartWriter first(fixture.path, fixture.key, fixture.layout, false);
    CHECK_THROWS_WITH(record::PartWriter(fixture.path, fixture.key, fixture.layout, true),
                      Catch::Contains("another process is writing it"));
}

#include "support/synthetic_run.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/record/digest.hpp"
#include "chokepoint/record/quantile.hpp"
#include "chokepoint/record/result_file.hpp"
#include "chokepoint/record/variables.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

using namespace chokepoint;

TEST_CASE("Quantiles interpolate linearly between order statistics")
{
    // R: quantile(c(1, 2, 4, 8), c(.05, .25, .5, .95), type = 7) is 1.15, 1.75, 3, 7.4:
    // position 3 p: .15 -> 1 + .15; .75 -> 1 + .75; 1.5 -> 2 + .5 * 2; 2.85 -> 4 + .85 * 4.
    const std::vector<double> values = {8, 1, 4, 2};
    CHECK(record::quantile(values, 0.05) == Approx(1.15));
    CHECK(record::quantile(values, 0.25) == Approx(1.75));
    CHECK(record::quantile(values, 0.5) == Approx(3));
    CHECK(record::quantile(values, 0.95) == Approx(7.4));
    CHECK(record::quantile(values, 0) == 1);
    CHECK(record::quantile(values, 1) == 8);
    CHECK(record::quantile({5}, 0.3) == 5);
    CHECK(std::isnan(record::quantile({}, 0.5)));
    CHECK(record::quantile({std::numeric_limits<double>::quiet_NaN(), 3, 1}, 0.5) == 2);
}

TEST_CASE("The digest is SHA-256")
{
    // FIPS 180-2, appendix B.1.
    CHECK(record::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_THROWS_AS(record::sha256_of_file("/no/such/file"), core::EnvironmentError);
}

TEST_CASE("The run id changes with scenario, seed and version, and with nothing else")
{
    const auto id = record::make_run_id("a", 1, "0.1.0");
    CHECK(id == record::make_run_id("a", 1, "0.1.0"));
    CHECK(std::set<std::string>{id, record::make_run_id("b", 1, "0.1.0"),
                                record::make_run_id("a", 2, "0.1.0"), record::make_run_id("a", 1, "0.1.1")}
              .size() == 4);
}

TEST_CASE("Variables have unique names, units readers leave alone, and dims in the agreed order")
{
    std::set<std::string_view> names;
    for (const auto& variable : record::variables()) {
        INFO(variable.name);
        CHECK(names.insert(variable.name).second);
        CHECK(variable.unit != "days");
        CHECK_FALSE(variable.unit.empty());
        CHECK(variable.sentence.ends_with('.'));
        if (!variable.has_rows()) {
            CHECK(variable.dims.front() == record::Dim::kWeek);
            continue;
        }
        const auto first = variable.aggregation == record::Aggregation::kQuantiles ? record::Dim::kQuantile
                                                                                   : record::Dim::kMember;
        CHECK(variable.dims.front() == first);
    }
    for (const auto& label : record::labels()) CHECK(names.insert(label.name).second);
}

TEST_CASE("The committed reference page is what the table says")
{
    const std::string path = std::string(CHOKEPOINT_SOURCE_DIR) + "/analysis/RESULTS.md";
    std::ifstream in(path);
    REQUIRE(in);
    std::stringstream text;
    text << in.rdbuf();
    INFO("synthetic_result reference > analysis/RESULTS.md");
    CHECK(text.str() == record::results_reference());
}

TEST_CASE("Reading refuses what is not a result")
{
    const auto path = (std::filesystem::temp_directory_path() / "chokepoint_no_result.h5").string();
    std::ofstream(path) << "not HDF5";
    CHECK_THROWS_WITH(record::read_summary(path), Catch::Contains(path));
    CHECK_THROWS_AS(record::read_summary("/no/such/file.h5"), core::EnvironmentError);
    std::filesystem::remove(path);
}

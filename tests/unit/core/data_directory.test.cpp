#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/error.hpp"
#include "chokepoint/core/version.hpp"
#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

using namespace chokepoint::core;

namespace {

// Sets CHOKEPOINT_DATA for one case and restores what was there.
class ChosenData {
  public:
    explicit ChosenData(const std::string& path)
    {
        if (const char* before = std::getenv(kName)) before_ = before;
        setenv(kName, path.c_str(), 1);
    }
    ~ChosenData() { setenv(kName, before_.c_str(), 1); }
    ChosenData(const ChosenData&) = delete;
    ChosenData& operator=(const ChosenData&) = delete;

  private:
    static constexpr const char* kName = "CHOKEPOINT_DATA";
    std::string before_;
};

}  // namespace

TEST_CASE("the data folder chosen in the environment comes first")
{
    const std::string folder = std::filesystem::temp_directory_path().string();
    const ChosenData chosen(folder);
    CHECK(data_directory() == folder);
}

TEST_CASE("a chosen data folder that does not exist is an error, not a fallback")
{
    const ChosenData chosen("/no/such/folder");
    CHECK_THROWS_AS(data_directory(), EnvironmentError);
    CHECK_THROWS_WITH(data_directory(), Catch::Contains("/no/such/folder"));
}

TEST_CASE("a build tree finds the data of its checkout")
{
    const ChosenData chosen("");
    CHECK(data_directory() == std::filesystem::path(CHOKEPOINT_SOURCE_DIR) / "data");
}

TEST_CASE("the program knows its version and commit")
{
    CHECK(std::string(version()) == "0.1.0");
    const std::string commit_id(commit());
    CAPTURE(commit_id);
    CHECK_THAT(commit_id, Catch::Matches("unknown|[0-9a-f]{12,}(-modified)?"));
}

#include "options.hpp"

#include "support/catch.hpp"

using namespace chokepoint::cli;

namespace {

struct Parsed {
    std::vector<std::string> files, sets;
    std::string output;
    std::optional<std::uint64_t> members;
    bool force = false;
};

Parsed parse(std::vector<std::string> arguments)
{
    Parsed out;
    Options options("run", "Run.");
    options.positional("FILE", out.files, 1, kAnyNumber, "scenarios");
    options.list("--set", "K=V", out.sets, "override");
    options.text("-o,--output", "PATH", out.output, "where to");
    options.number("--members", "N", out.members, 1, 100, "members");
    options.flag("--force", out.force, "replace");
    static_cast<void>(options.parse(arguments));
    return out;
}

void fails(const std::vector<std::string>& arguments, const std::string& message)
{
    std::string said;
    try {
        parse(arguments);
    } catch (const UsageError& error) {
        said = error.what();
    }
    CHECK(said == message);
}

}  // namespace

TEST_CASE("options and files in any order")
{
    const Parsed p =
        parse({"--set", "a=1", "x.yaml", "--members=7", "--set=b=[1, 2]", "y.yaml", "-o", "out", "--force"});
    CHECK(p.files == std::vector<std::string>{"x.yaml", "y.yaml"});
    CHECK(p.sets == std::vector<std::string>{"a=1", "b=[1, 2]"});
    CHECK(p.members == 7u);
    CHECK(p.output == "out");
    CHECK(p.force);
    CHECK_FALSE(parse({"x.yaml"}).members);
}

// A list takes words as long as it has room; one with room for a single word must leave the next to its neighbour.
TEST_CASE("two positionals take a word each, wherever the options stand")
{
    const auto words = [](std::vector<std::string> arguments) {
        std::vector<std::string> reports, files;
        bool json = false;
        Options options("pe", "Report.");
        options.positional("REPORT", reports, 1, 1, "which");
        options.positional("FILE", files, 1, 1, "of what");
        options.flag("--json", json, "as JSON");
        static_cast<void>(options.parse(arguments));
        return std::pair(reports, files);
    };
    const std::pair<std::vector<std::string>, std::vector<std::string>> both{{"gsim"}, {"x.yaml"}};
    CHECK(words({"gsim", "x.yaml"}) == both);
    CHECK(words({"--json", "gsim", "x.yaml"}) == both);
    CHECK(words({"gsim", "--json", "x.yaml"}) == both);
    CHECK_THROWS_WITH(words({"gsim", "x.yaml", "y.yaml"}), "pe: one argument too many: y.yaml");
    CHECK_THROWS_AS(words({"gsim"}), UsageError);
}

TEST_CASE("what is wrong is said with a remedy")
{
    fails({"x.yaml", "--memebrs", "5"}, "run: unknown option --memebrs; did you mean \"--members\"?");
    fails({"--forse"}, "run: unknown option --forse; did you mean \"--force\"?");
    fails({"x.yaml", "--members", "5.5"}, "--members: \"5.5\" is not a whole number in digits");
    fails({"x.yaml", "--members", "-5"}, "--members: -5 is out of range; give 1 to 100");
    fails({"x.yaml", "--members", "99999999999999999999999"}, "--members: 99999999999999999999999 is out of range; give 1 to 100");
    fails({"x.yaml", "--members", "-"}, "--members: \"-\" is not a whole number in digits");
    fails({"x.yaml", "--members", "101"}, "--members: 101 is out of range; give 1 to 100");
    CHECK_THROWS_AS(parse({}), UsageError);
    CHECK_THROWS_AS(parse({"x.yaml", "-o"}), UsageError);
}

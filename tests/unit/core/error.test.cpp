#include "chokepoint/core/contract.hpp"
#include "chokepoint/core/error.hpp"
#include "chokepoint/core/no_room.hpp"
#include "support/catch.hpp"

#include <cerrno>
#include <string>

using namespace chokepoint::core;

TEST_CASE("a diagnostic shows place, key, problem, remedy and the line with a caret")
{
    const Diagnostic diagnostic{Diagnostic::Severity::kError,
                                {"a.yaml", 61, 5, "    dead_line: 45 wd", 9},
                                "licensing.dead_line", "unknown key", "did you mean \"deadline\"?"};
    CHECK(diagnostic.to_string() ==
          "a.yaml:61:5: error: licensing.dead_line: unknown key; did you mean \"deadline\"?\n"
          "   61 |     dead_line: 45 wd\n"
          "      |     ^~~~~~~~~");
}

TEST_CASE("what is unknown is left out of a diagnostic")
{
    Diagnostic diagnostic;
    diagnostic.severity = Diagnostic::Severity::kWarning;
    diagnostic.where.file = "--set 1";
    diagnostic.problem = "never used";
    CHECK(diagnostic.to_string() == "--set 1: warning: never used");
}

TEST_CASE("the caret stands under its column behind a tab")
{
    Diagnostic diagnostic;
    diagnostic.where = {"a.yaml", 2, 3, "\tx: 1", 1};
    diagnostic.problem = "bad";
    CHECK(diagnostic.to_string() == "a.yaml:2:3: error: bad\n    2 | \tx: 1\n      | \t ^");
}

TEST_CASE("an input error carries every diagnostic")
{
    Diagnostic first, second;
    first.problem = "one";
    second.problem = "two";
    const InputError error({first, second});
    CHECK(error.diagnostics().size() == 2);
    CHECK(std::string(error.what()) == "error: one\nerror: two");
}

TEST_CASE("an input error says the same thing once")
{
    Diagnostic one, other;
    one.problem = "one";
    other.problem = "one";
    other.where.file = "b.yaml";
    const InputError error({one, one, other, one});
    CHECK(error.diagnostics().size() == 2);
    CHECK(std::string(error.what()) == "error: one\nb.yaml: error: one");
}

TEST_CASE("a full disk, a quota and a limit on file sizes are told from other reasons")
{
    for (const int code : {ENOSPC, EDQUOT, EFBIG}) CHECK_THROWS_AS(throw_environment_error("/x", "cannot write", code), NoRoomError);
    for (const int code : {0, EACCES, EROFS, EIO}) {
        try {
            throw_environment_error("/x", "cannot write", code);
        } catch (const NoRoomError&) {
            FAIL_CHECK("no disk is full: " << code);
        } catch (const EnvironmentError& error) {
            CHECK(std::string(error.what()).starts_with("/x: cannot write"));
        }
    }
}

TEST_CASE("an environment error names the path and the system's reason")
{
    CHECK(std::string(EnvironmentError("/x/y", "cannot open", ENOENT).what()) ==
          "/x/y: cannot open (No such file or directory)");
    CHECK(std::string(EnvironmentError("/x/y", "no folder").what()) == "/x/y: no folder");
}

TEST_CASE("a broken contract names the condition, in builds that check contracts")
{
    int evaluated = 0;
    const auto call = [&](int grain) { CHOKEPOINT_EXPECTS(++evaluated > 0 && grain > 0); };
#ifdef CHOKEPOINT_CONTRACTS
    CHECK_NOTHROW(call(1));
    CHECK_THROWS_WITH(call(0), Catch::Contains("contract broken: ++evaluated > 0 && grain > 0"));
    CHECK(evaluated == 2);
#else
    CHECK_NOTHROW(call(0));
    CHECK(evaluated == 0);
#endif
}

#include "table.hpp"
#include "width.hpp"

#include "support/catch.hpp"

using namespace chokepoint::cli;

TEST_CASE("columns are as wide as they must be and headings stand on the rule")
{
    Table table;
    table.column("buyer", Align::kLeft);
    table.column("unmet\n[t]");
    CHECK(table.empty());
    table.row({"auto", "12.3"});
    table.row({"defense_usa", "1,230,000"});
    CHECK(table.to_string() ==
          "                 unmet\n"
          "buyer              [t]\n"
          "-----------  ---------\n"
          "auto              12.3\n"
          "defense_usa  1,230,000\n");
}

TEST_CASE("width counts characters, not bytes, and no line ends in blanks")
{
    CHECK(text_width("Größe") == 5);
    Table table;
    table.column("a", Align::kLeft);
    table.column("b", Align::kLeft);
    table.row({"Größe", ""});
    table.row({"length", "x"});
    CHECK(table.to_string() == "a       b\n------  -\nGröße\nlength  x\n");
}

TEST_CASE("text is broken at blanks, and a word longer than the line stands alone")
{
    CHECK(wrapped("one two three", 100) == "one two three\n");
    CHECK(wrapped("one two three", 7) == "one two\nthree\n");
    CHECK(wrapped("one two three", 7, 2) == "one two\n  three\n");
    CHECK(wrapped("one immeasurable two", 6, 2) == "one\n  immeasurable\n  two\n");
    CHECK(wrapped("Größe Größe", 11) == "Größe Größe\n");  // characters, not bytes
    CHECK(wrapped("", 10) == "\n");
}

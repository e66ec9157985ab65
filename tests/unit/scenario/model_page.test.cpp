// The tables of parameters in sim/MODEL.md say what the table of keys says.

#include "scenario/fields.hpp"

#include "support.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace chokepoint;
using scenario::Field;
using scenario::Presence;

namespace {
const std::filesystem::path kPage = std::filesystem::path(CHOKEPOINT_SOURCE_DIR) / "sim/MODEL.md";
const std::vector<std::string> kColumns{"symbol", "key", "default", "range", "source", "identified"};

std::vector<std::string> cells(const std::string& line)
{
    std::vector<std::string> out;
    std::istringstream parts(line.substr(1));
    for (std::string cell; std::getline(parts, cell, '|');) {
        const auto first = cell.find_first_not_of(' ');
        out.push_back(first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
    }
    return out;
}

using Row = std::vector<std::string>;

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

// How the page writes a key; the last cell is for the page to say.
Row row_of(const Field& field)
{
    const std::string fallback = field.presence == Presence::kDefault ? field.fallback : field.presence == Presence::kRequired ? "required" : "none";
    return {or_dash(field.symbol), "`" + field.path + "`", fallback, or_dash(field.range), or_dash(field.basis)};
}

// Calls f(line, row) for the lines of every table whose head is kColumns; what f leaves in `line` is the new page.
template <typename F>
std::string each_row(F f)
{
    std::istringstream lines(test::read_text(kPage));
    std::string page;
    bool inside = false;
    for (std::string line; std::getline(lines, line); page += line + '\n') {
        if (!line.starts_with("|")) inside = false;
        else if (cells(line) == kColumns) inside = true;
        else if (inside && !line.starts_with("|---")) f(line, cells(line));
    }
    return page;
}

std::vector<Row> parameter_rows()
{
    std::vector<Row> out;
    (void)each_row([&](std::string&, Row row) { out.push_back(std::move(row)); });
    return out;
}

std::map<std::string, Row> known_rows()
{
    std::map<std::string, Row> out;
    for (const Field& field : scenario::field_table()) out["`" + field.path + "`"] = row_of(field);
    return out;
}

// CHOKEPOINT_UPDATE=1 fills the cells in; which keys a table has and what is identified stays the page's own.
void update_page()
{
    const auto known = known_rows();
    const std::string page = each_row([&](std::string& line, const Row& row) {
        const auto found = row.size() == kColumns.size() ? known.find(row[1]) : known.end();
        if (found != known.end()) line = fmt::format("| {} | {} |", fmt::join(found->second, " | "), row.back());
    });
    std::ofstream(kPage) << page;
}
}  // namespace

TEST_CASE("symbol, default, range and source of each parameter are the same on the model page and in the table of keys")
{
    if (std::getenv("CHOKEPOINT_UPDATE") != nullptr) update_page();
    const auto known = known_rows();
    const auto rows = parameter_rows();
    CHECK(rows.size() > 100);
    for (const Row& row : rows) {
        REQUIRE(row.size() == kColumns.size());
        INFO(row[1]);
        REQUIRE(known.count(row[1]) == 1);
        CHECK(Row(row.begin(), row.end() - 1) == known.at(row[1]));
        CHECK((row[5].starts_with("yes") || row[5].starts_with("no") || row[5].starts_with("with ") || row[5] == "-"));
    }
}

TEST_CASE("every default of behaviour has its row on the model page, once")
{
    std::map<std::string, int> found;
    for (const Row& row : parameter_rows()) ++found[row[1]];
    for (const auto& [key, times] : found) {
        INFO(key);
        CHECK(times == 1);
    }
    for (const Field& field : scenario::field_table()) {
        const bool leaf = field.kind != scenario::FieldKind::kBlock && field.kind != scenario::FieldKind::kMap;
        if (!leaf || field.presence != Presence::kDefault || !field.path.starts_with("behaviour.")) continue;
        const Row row = row_of(field);
        INFO(fmt::format("| {} | {} | {} | {} | {} | no |", row[0], row[1], row[2], row[3], row[4]));
        CHECK(found.count(row[1]) == 1);
    }
}

// A default of behaviour that no public source gives says so; one that has a source names it as data/sources.csv does.
TEST_CASE("the source of each default of behaviour is a key of sources.csv or the word assumption")
{
    std::set<std::string> known{"assumption"};
    std::istringstream lines(test::read_text(std::filesystem::path(CHOKEPOINT_SOURCE_DIR) / "data/sources.csv"));
    for (std::string line; std::getline(lines, line);) known.insert(line.substr(0, line.find(',')));
    for (const Field& field : scenario::field_table()) {
        if (field.kind != scenario::FieldKind::kQuantity || !field.path.starts_with("behaviour.")) continue;
        INFO(field.path);
        CHECK(known.count(field.basis) == 1);
        CHECK_FALSE(field.range.empty());
    }
}

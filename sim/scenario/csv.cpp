#include "csv.hpp"

#include "quantity.hpp"
#include "chokepoint/core/suggest.hpp"
#include "text_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace chokepoint::scenario {

namespace {
// Splits a text into rows of cells. Quoted cells may hold commas, line ends and doubled quotes.
class Splitter {
  public:
    Splitter(const SourceText& source, const std::string& key, Report& report) : source_(source), key_(key), report_(report) {}

    bool split(std::vector<std::vector<CsvCell>>& rows)
    {
        if (source_.text.starts_with("\xef\xbb\xbf")) at_ = begin_ = 3;
        while (at_ < source_.text.size()) {
            if (skipped_line()) continue;
            std::vector<CsvCell> row;
            do {
                row.push_back({{}, mark()});
                if (!read_cell(row.back())) return false;
            } while (take(','));
            end_line();
            rows.push_back(std::move(row));
        }
        return true;
    }

  private:
    Mark mark() const { return {&source_, line_, static_cast<int>(at_ - begin_) + 1, 1}; }
    char here() const { return at_ < source_.text.size() ? source_.text[at_] : '\n'; }

    bool take(char c)
    {
        if (at_ >= source_.text.size() || source_.text[at_] != c) return false;
        ++at_;
        return true;
    }

    void end_line()
    {
        take('\r');
        take('\n');
        ++line_;
        begin_ = at_;
    }

    bool skipped_line()
    {
        const std::size_t end = std::min(source_.text.find('\n', at_), source_.text.size());
        const std::string_view line = std::string_view(source_.text).substr(at_, end - at_);
        const std::size_t first = line.find_first_not_of(" \r");
        if (first != std::string_view::npos && line[first] != '#') return false;
        at_ = std::min(end + 1, source_.text.size());
        ++line_;
        begin_ = at_;
        return true;
    }

    bool read_cell(CsvCell& cell)
    {
        if (!take('"')) {
            while (here() != ',' && here() != '\n' && here() != '\r') {
                if (here() == '"') return refuse("a quote inside a cell without quotes", "quote the whole cell and double the quotes inside");
                cell.text += source_.text[at_++];
            }
            cell.mark.width = std::max(1, static_cast<int>(cell.text.size()));
            return true;
        }
        while (true) {
            if (at_ >= source_.text.size()) {
                report_.error(cell.mark, key_, "a quoted cell that does not end", "close the quote");
                return false;
            }
            const char c = source_.text[at_++];
            if (c == '"' && !take('"')) break;
            if (c == '\n') {
                ++line_;
                begin_ = at_;
            }
            cell.text += c;
        }
        if (here() == ',' || here() == '\n' || here() == '\r') return true;
        return refuse("text after a quoted cell", "quote the whole cell");
    }

    bool refuse(const std::string& problem, const std::string& remedy)
    {
        report_.error(mark(), key_, problem, remedy);
        return false;
    }

    const SourceText& source_;
    const std::string& key_;
    Report& report_;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;  // of the line
    int line_ = 1;
};

bool check_header(const std::vector<CsvCell>& header, const std::vector<std::string>& columns, const std::string& key, Report& report)
{
    if (columns.empty()) return true;
    const std::size_t before = report.errors();
    std::vector<std::string> names;
    for (const std::string& column : columns) names.push_back(column.substr(0, column.find('?')));
    for (const CsvCell& cell : header) {
        const auto same = [&cell](const CsvCell& other) { return &other != &cell && other.text == cell.text; };
        if (std::find(names.begin(), names.end(), cell.text) == names.end())
            report.error(cell.mark, key, fmt::format("unknown column \"{}\"", cell.text), core::did_you_mean(cell.text, names, "columns"));
        else if (std::any_of(header.begin(), header.end(), same))
            report.error(cell.mark, key, fmt::format("column \"{}\" stands twice", cell.text), "keep one");
    }
    for (const std::string& column : columns) {
        const auto is_it = [&column](const CsvCell& cell) { return cell.text == column; };
        if (!column.ends_with('?') && std::none_of(header.begin(), header.end(), is_it))
            report.error(header.front().mark, key, fmt::format("column \"{}\" is missing", column),
                         fmt::format("start the table with \"{}\"", fmt::join(names, ",")));
    }
    return report.errors() == before;
}
}  // namespace

bool CsvTable::read(const SourceText& source, const std::vector<std::string>& columns, const std::string& key, Report& report)
{
    key_ = key;
    if (!check_text(source, report)) return false;
    std::vector<std::vector<CsvCell>> rows;
    if (!Splitter(source, key, report).split(rows)) return false;
    if (rows.empty()) {
        report.error(Mark{&source, 1, 1, 1}, key, "the table has no header", fmt::format("start the table with \"{}\"", fmt::join(columns, ",")));
        return false;
    }
    if (!check_header(rows.front(), columns, key, report)) return false;
    for (const CsvCell& cell : rows.front()) header_.push_back(cell.text);
    rows.erase(rows.begin());
    for (const auto& row : rows) {
        if (row.size() == header_.size()) continue;
        report.error(row.front().mark, key, fmt::format("{} cell{} in a table of {} column{}", row.size(), row.size() == 1 ? "" : "s", header_.size(), header_.size() == 1 ? "" : "s"),
                     "put quotes around cells with commas");
        return false;
    }
    rows_ = std::move(rows);
    return true;
}

const CsvCell& CsvTable::cell(std::size_t row, std::string_view column) const
{
    const auto found = std::find(header_.begin(), header_.end(), column);
    return rows_.at(row).at(static_cast<std::size_t>(found - header_.begin()));
}

std::optional<double> CsvTable::number(std::size_t row, std::string_view column, Report& report) const
{
    const CsvCell& at = cell(row, column);
    const auto read = read_number(at.text);
    if (const auto* complaint = std::get_if<Complaint>(&read)) {
        report.error(at.mark, key_, complaint->problem, complaint->remedy);
        return std::nullopt;
    }
    if (std::get<double>(read) >= 0) return std::get<double>(read);
    report.error(at.mark, key_, fmt::format("\"{}\" is below zero", at.text), "write 0 or more");
    return std::nullopt;
}

bool CsvTable::check_word(std::size_t row, std::string_view column, const std::vector<std::string>& words, Report& report) const
{
    const CsvCell& at = cell(row, column);
    if (std::find(words.begin(), words.end(), at.text) != words.end()) return true;
    report.error(at.mark, key_, fmt::format("\"{}\" is not known in column {}", at.text, column), core::did_you_mean(at.text, words, "words"));
    return false;
}

}  // namespace chokepoint::scenario

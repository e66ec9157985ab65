#include "table.hpp"

#include "chokepoint/core/contract.hpp"

#include <algorithm>
#include <sstream>

namespace chokepoint::cli {

namespace {

constexpr const char* kGap = "  ";

std::string padded(const std::string& text, std::size_t width, Align align)
{
    const std::string blanks(width - std::min(width, text_width(text)), ' ');
    return align == Align::kLeft ? text + blanks : blanks + text;
}

void add_line(std::string& out, std::string line)
{
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
}

}  // namespace

std::size_t text_width(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void Table::column(std::string heading, Align align)
{
    Column column{{}, align};
    std::istringstream lines(heading);
    for (std::string line; std::getline(lines, line);) column.heading.push_back(line);
    columns_.push_back(std::move(column));
}

void Table::row(std::vector<std::string> cells)
{
    CHOKEPOINT_EXPECTS(cells.size() == columns_.size());
    rows_.push_back(std::move(cells));
}

std::string Table::to_string() const
{
    std::vector<std::size_t> widths;
    std::size_t heading_lines = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = 0;
        for (const auto& line : columns_[i].heading) width = std::max(width, text_width(line));
        for (const auto& row : rows_) width = std::max(width, text_width(row[i]));
        widths.push_back(width);
        heading_lines = std::max(heading_lines, columns_[i].heading.size());
    }
    std::string out, rule;
    for (std::size_t l = 0; l < heading_lines; ++l) {
        std::string line;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto& heading = columns_[i].heading;
            const std::size_t above = heading_lines - heading.size();  // headings stand on the rule
            line += padded(l < above ? "" : heading[l - above], widths[i], columns_[i].align) + kGap;
        }
        add_line(out, line);
    }
    for (const std::size_t width : widths) rule += std::string(width, '-') + kGap;
    add_line(out, rule);
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            line += padded(row[i], widths[i], columns_[i].align) + kGap;
        add_line(out, line);
    }
    return out;
}

}  // namespace chokepoint::cli

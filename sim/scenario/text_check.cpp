#include "text_check.hpp"

#include "yaml_reader.hpp"

#include "chokepoint/core/utf8.hpp"

#include <fmt/format.h>

namespace chokepoint::scenario {

namespace {
bool is_blank_or_comment(std::string_view line)
{
    const std::size_t at = line.find_first_not_of(" \t\r");
    return at == std::string_view::npos || line[at] == '#' || line.substr(at) == "---";
}

// The first tab outside a comment, as a column from 1, or 0.
int tab_column(std::string_view line)
{
    const std::size_t tab = line.find('\t');
    const std::size_t comment = line.find('#');
    return tab == std::string_view::npos || comment < tab ? 0 : static_cast<int>(tab) + 1;
}
}  // namespace

bool check_text(const SourceText& source, Report& report)
{
    if (source.text.size() > kLargestFile) {
        report.error(Mark{&source, 0, 0, 1}, "", fmt::format("the file is larger than {} MB", kLargestFile / 1'000'000),
                     "put tables into CSV files and name them");
        return false;
    }
    bool empty = true;
    int line = 1;
    for (std::size_t begin = 0; begin <= source.text.size(); ++line) {
        const std::size_t end = std::min(source.text.find('\n', begin), source.text.size());
        const std::string_view content = std::string_view(source.text).substr(begin, end - begin);
        for (std::size_t at = 0; at < content.size();) {
            const auto byte = static_cast<unsigned char>(content[at]);
            const std::size_t length = core::utf8_length(content, at);
            core::Location where{source.name, line, static_cast<int>(at) + 1, {}, 1};
            if (byte == 0x7f || (byte < 0x20 && byte != '\t' && byte != '\r')) {
                report.error(where, "", fmt::format("byte 0x{:02x} cannot stand in a text file (is this a binary file?)", byte),
                             "name a YAML file");
                return false;
            }
            if (length == 0) {
                report.error(where, "", fmt::format("byte 0x{:02x} is not UTF-8 text", byte), "save the file as UTF-8");
                return false;
            }
            at += length;
        }
        if (const int column = tab_column(content); column > 0) {
            report.error(Mark{&source, line, column, 1}, "", "a tab (its width is not defined in YAML)", "use spaces");
            return false;
        }
        empty = empty && is_blank_or_comment(content);
        begin = end + 1;
    }
    if (empty)
        report.error(Mark{&source, 1, 1, 1}, "", "the file is empty", "start with the line \"chokepoint: 1\"");
    return !empty;
}

}  // namespace chokepoint::scenario

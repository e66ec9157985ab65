#pragma once
// A table in plain text: a heading, a rule, rows; columns as wide as they must be.
//
// Text stands left, numbers right. A heading may have several lines ("unmet\n[t]"). Widths count
// characters of UTF-8, not bytes. No line ends in blanks.

#include <string>
#include <vector>

namespace chokepoint::cli {

enum class Align { kLeft, kRight };

class Table {
  public:
    void column(std::string heading, Align align = Align::kRight);
    // As many cells as there are columns.
    void row(std::vector<std::string> cells);
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] std::string to_string() const;

  private:
    struct Column {
        std::vector<std::string> heading;  // lines
        Align align;
    };
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

// Characters of UTF-8 text.
[[nodiscard]] std::size_t text_width(const std::string& text);

}  // namespace chokepoint::cli

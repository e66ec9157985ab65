#pragma once
// CSV tables (RFC 4180 quotes, `#` comment lines) whose cells know where they stand.

#include "node.hpp"
#include "report.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::scenario {

struct CsvCell {
    std::string text;
    Mark mark;
};

class CsvTable {
  public:
    // Reads the table; its columns are those of `columns`, in any order. A name that ends in "?" may be
    // absent; an empty list accepts any columns.
    // False after reporting when it cannot be used. `key` is the scenario key that names the file.
    bool read(const SourceText& source, const std::vector<std::string>& columns, const std::string& key, Report& report);

    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    [[nodiscard]] const CsvCell& cell(std::size_t row, std::string_view column) const;
    [[nodiscard]] const CsvCell& first_cell(std::size_t row) const { return rows_.at(row).front(); }
    // A finite number from 0 on, or null after reporting.
    [[nodiscard]] std::optional<double> number(std::size_t row, std::string_view column, Report& report) const;
    // One of `words`, or false after reporting.
    bool check_word(std::size_t row, std::string_view column, const std::vector<std::string>& words, Report& report) const;

  private:
    std::vector<std::string> header_;
    std::vector<std::vector<CsvCell>> rows_;
    std::string key_;
};

}  // namespace chokepoint::scenario

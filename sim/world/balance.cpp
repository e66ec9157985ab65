#include "chokepoint/world/balance.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::world {

namespace {

constexpr int kSweeps = 500;
constexpr double kTolerance = 1e-12;

// Of a row, `stride` 1, or of a column, `stride` n. Cell after cell, so that a region without trade anywhere between the
// others changes no bit of the sum.
double sum_of_line(const std::vector<double>& cells, std::size_t first, std::size_t stride, std::size_t n)
{
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += cells[first + i * stride];
    return sum;
}

struct Lines {  // the rows or the columns of a table
    std::size_t n, step, stride;
    [[nodiscard]] double sum(const std::vector<double>& cells, std::size_t line) const { return sum_of_line(cells, line * step, stride, n); }
};

// What is left of each known total for the free cells; unknown totals stay negative.
std::vector<double> free_part(const Lines& lines, const std::vector<double>& total, const std::vector<double>& kept)
{
    std::vector<double> out = total;
    for (std::size_t line = 0; line < lines.n; ++line) {
        if (total[line] >= 0) out[line] = std::max(0.0, total[line] - lines.sum(kept, line));
    }
    return out;
}

// Returns the largest relative change.
double scale(const Lines& lines, const std::vector<double>& target, std::vector<double>& cells)
{
    double largest = 0;
    for (std::size_t line = 0; line < lines.n; ++line) {
        const double sum = lines.sum(cells, line);
        if (target[line] < 0 || sum <= 0) continue;
        const double factor = target[line] / sum;
        largest = std::max(largest, std::abs(factor - 1));
        for (std::size_t i = 0; i < lines.n; ++i) cells[line * lines.step + i * lines.stride] *= factor;
    }
    return largest;
}

double worst_miss(const Lines& lines, const std::vector<double>& total, const std::vector<double>& cells)
{
    double worst = 0;
    for (std::size_t line = 0; line < lines.n; ++line) {
        if (total[line] > 0) worst = std::max(worst, std::abs(lines.sum(cells, line) / total[line] - 1));
    }
    return worst;
}

}  // namespace

double balance(FlowTable& table)
{
    const Lines rows{table.n, table.n, 1}, columns{table.n, 1, table.n};
    std::vector<double> kept(table.value.size(), 0.0), free_cells(table.value);
    for (std::size_t cell = 0; cell < kept.size(); ++cell) {
        if (table.fixed[cell] != 0) std::swap(kept[cell], free_cells[cell]);
    }
    const auto row_target = free_part(rows, table.row_total, kept);
    const auto column_target = free_part(columns, table.column_total, kept);
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
        const double by_rows = scale(rows, row_target, free_cells);
        if (std::max(by_rows, scale(columns, column_target, free_cells)) < kTolerance) break;
    }
    for (std::size_t cell = 0; cell < kept.size(); ++cell) table.value[cell] = kept[cell] + free_cells[cell];
    return std::max(worst_miss(rows, table.row_total, table.value), worst_miss(columns, table.column_total, table.value));
}

}  // namespace chokepoint::world

#include "chokepoint/world/balance.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>

namespace chokepoint::world {

namespace {

using Table = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Totals = Eigen::ArrayXd;

constexpr int kSweeps = 500;
constexpr double kTolerance = 1e-12;

// What is left of each known total for the free cells; unknown totals stay negative.
Totals free_part(const Totals& total, const Totals& fixed_sum)
{
    return (total < 0).select(total, (total - fixed_sum).max(0.0));
}

double scale_rows(Table& cells, const Totals& target)
{
    double largest = 0;
    for (Eigen::Index i = 0; i < cells.rows(); ++i) {
        const double sum = cells.row(i).sum();
        if (target(i) < 0 || sum <= 0) continue;
        const double factor = target(i) / sum;
        largest = std::max(largest, std::abs(factor - 1));
        cells.row(i) *= factor;
    }
    return largest;
}

double worst_miss(const Totals& sums, const Totals& total)
{
    double worst = 0;
    for (Eigen::Index i = 0; i < sums.size(); ++i) {
        if (total(i) > 0) worst = std::max(worst, std::abs(sums(i) / total(i) - 1));
    }
    return worst;
}

}  // namespace

double balance(FlowTable& table)
{
    const auto n = static_cast<Eigen::Index>(table.n);
    Eigen::Map<Table> value(table.value.data(), n, n);
    const Eigen::Map<const Totals> rows(table.row_total.data(), n);
    const Eigen::Map<const Totals> columns(table.column_total.data(), n);
    const Eigen::Map<const Eigen::Array<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> fixed(
        table.fixed.data(), n, n);
    const Table kept = (fixed != 0).select(value, 0.0);
    Table free_cells = (fixed != 0).select(Table::Zero(n, n), value);
    const Totals row_target = free_part(rows, kept.rowwise().sum());
    const Totals column_target = free_part(columns, kept.colwise().sum().transpose());
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
        double change = scale_rows(free_cells, row_target);
        Table transposed = free_cells.transpose();
        change = std::max(change, scale_rows(transposed, column_target));
        free_cells = transposed.transpose();
        if (change < kTolerance) break;
    }
    value = kept + free_cells;
    return std::max(worst_miss(value.rowwise().sum(), rows),
                    worst_miss(value.colwise().sum().transpose(), columns));
}

}  // namespace chokepoint::world

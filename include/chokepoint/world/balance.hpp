#pragma once
// Balances a table of bilateral flows to known totals.
//
// Method   iterative proportional fitting (Deming and Stephan 1940): free cells are scaled in turn to
//          the row and the column totals; fixed cells are kept and taken off the totals first.
// Shapes   seed [n, n] row origin, column destination; totals [n], negative = unknown, not constrained
// Units    any, the same throughout
// Errors   none: what cannot be met is reported as the residual
// Cost     O(n^2) per sweep, at most 500 sweeps

#include <cstdint>
#include <vector>

namespace chokepoint::world {

struct FlowTable {
    std::size_t n = 0;
    std::vector<double> value;          // [n, n]
    std::vector<std::uint8_t> fixed;    // [n, n] 1 = keep
    std::vector<double> row_total;      // [n] production of the origin, < 0 unknown
    std::vector<double> column_total;   // [n] use in the destination, < 0 unknown
};

// Returns the largest relative miss of a known total.
double balance(FlowTable& table);

}  // namespace chokepoint::world

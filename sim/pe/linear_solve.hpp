#pragma once
// Small dense systems of equations. The only source that sees Eigen is behind this header.

#include <vector>

namespace chokepoint::pe {

// x of matrix x = right; matrix is [row][column], row by row. Throws core::ModelError when it is singular.
[[nodiscard]] std::vector<double> solve(const std::vector<double>& matrix, const std::vector<double>& right);

}  // namespace chokepoint::pe

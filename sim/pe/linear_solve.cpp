#include "linear_solve.hpp"

#include "chokepoint/core/error.hpp"

#include <Eigen/Dense>

namespace chokepoint::pe {

std::vector<double> solve(const std::vector<double>& matrix, const std::vector<double>& right)
{
    using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const auto n = static_cast<Eigen::Index>(right.size());
    const Eigen::Map<const Matrix> a(matrix.data(), n, n);
    const Eigen::Map<const Eigen::VectorXd> b(right.data(), n);
    const Eigen::FullPivLU<Matrix> factors(a);
    if (!factors.isInvertible()) throw core::ModelError("the equations of prices have no single solution (their matrix is singular)");
    std::vector<double> out(right.size());
    Eigen::Map<Eigen::VectorXd>(out.data(), n) = factors.solve(b);
    return out;
}

}  // namespace chokepoint::pe

#pragma once
// A distribution written in place of a quantity, in model units.
//
// Draws are by inversion of one uniform, so equal uniforms give comparable values in paired runs.

#include <string>
#include <vector>

namespace chokepoint::scenario {

struct Distribution {
    enum class Kind { kUniform, kTriangular, kNormal, kLognormal, kBeta, kChoice };
    Kind kind = Kind::kUniform;
    // low, high | low, mode, high | mean, sd | median, log sd | low, high, alpha, beta | the values
    std::vector<double> parameters;
    std::string text;  // as written, for tables
    double low = 0, high = 0;  // draws are kept inside these bounds of the key
    bool whole = false;        // draws are rounded to whole numbers

    // The value below which a share u of draws lies; u in (0, 1).
    [[nodiscard]] double quantile(double u) const;
};

// Inverse of the regularised incomplete beta function.
[[nodiscard]] double beta_quantile(double u, double alpha, double beta);

}  // namespace chokepoint::scenario

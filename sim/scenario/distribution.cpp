#include "distribution.hpp"

#include "chokepoint/core/random.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::scenario {

namespace {
// Continued fraction of the incomplete beta function (Lentz's method).
double beta_fraction(double x, double a, double b)
{
    constexpr double kTiny = 1e-300;
    const auto away_from_zero = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
    double c = 1;
    double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
    double out = d;
    for (int m = 1; m <= 500; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        out *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        out *= d * c;
        if (std::abs(d * c - 1) < 1e-15) break;
    }
    return out;
}

double beta_share_below(double x, double a, double b)
{
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(x, a, b) / a;
    return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double triangular_quantile(double u, double low, double mode, double high)
{
    if (high <= low) return low;
    const double split = (mode - low) / (high - low);
    if (u < split) return low + std::sqrt(u * (high - low) * (mode - low));
    return high - std::sqrt((1 - u) * (high - low) * (high - mode));
}

double raw_quantile(const Distribution& d, double u)
{
    const auto& p = d.parameters;
    switch (d.kind) {
    case Distribution::Kind::kUniform: return p[0] + u * (p[1] - p[0]);
    case Distribution::Kind::kTriangular: return triangular_quantile(u, p[0], p[1], p[2]);
    case Distribution::Kind::kNormal: return p[0] + p[1] * core::normal_quantile(u);
    case Distribution::Kind::kLognormal: return p[0] * std::exp(p[1] * core::normal_quantile(u));
    case Distribution::Kind::kBeta: return p[0] + (p[1] - p[0]) * beta_quantile(u, p[2], p[3]);
    case Distribution::Kind::kChoice: {
        const auto n = static_cast<double>(p.size());
        return p[std::min(static_cast<std::size_t>(u * n), p.size() - 1)];
    }
    }
    return 0;
}
}  // namespace

double beta_quantile(double u, double alpha, double beta)
{
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; ++i) {  // 2^-60 is below the resolution of the result
        const double middle = 0.5 * (low + high);
        (beta_share_below(middle, alpha, beta) < u ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

double Distribution::quantile(double u) const
{
    double value = raw_quantile(*this, u);
    if (whole) value = std::round(value);
    return std::clamp(value, low, high);
}

}  // namespace chokepoint::scenario

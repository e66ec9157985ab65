#include "chokepoint/core/random.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <Random123/philox.h>
#pragma GCC diagnostic pop

#include <cmath>

namespace chokepoint::core {

std::uint64_t entity_key(std::string_view name)
{
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : name) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    return combine_keys(hash, 0);
}

std::uint64_t combine_keys(std::uint64_t a, std::uint64_t b)
{
    // The finaliser of splitmix64 over a mix of both words.
    std::uint64_t z = a + 0x9e3779b97f4a7c15ULL * (b + 1);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

std::uint64_t Random::bits(Stream stream, std::uint64_t entity, std::int32_t day,
                           std::uint32_t index) const
{
    // Stream, member, day and index are 128 bits by themselves; the hash makes room for the entity.
    const std::uint64_t what = combine_keys(
        (static_cast<std::uint64_t>(static_cast<std::uint32_t>(stream)) << 32) | member_,
        (static_cast<std::uint64_t>(static_cast<std::uint32_t>(day)) << 32) | index);
    const r123::Philox4x32::ctr_type counter = {{
        static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(entity >> 32),
        static_cast<std::uint32_t>(what), static_cast<std::uint32_t>(what >> 32)}};
    const r123::Philox4x32::key_type key = {
        {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
    const auto out = r123::Philox4x32{}(counter, key);
    return (static_cast<std::uint64_t>(out[1]) << 32) | out[0];
}

double Random::uniform(Stream stream, std::uint64_t entity, std::int32_t day, std::uint32_t index) const
{
    // 52 bits plus one half keeps the value strictly inside (0, 1).
    return (static_cast<double>(bits(stream, entity, day, index) >> 12) + 0.5) * 0x1.0p-52;
}

double Random::normal(Stream stream, std::uint64_t entity, std::int32_t day, std::uint32_t index) const
{
    return normal_quantile(uniform(stream, entity, day, index));
}

double normal_quantile(double p)
{
    // Wichura (1988), Applied Statistics 37(3), algorithm AS 241, PPND16: about 16 digits.
    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q *
               (((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r + 6.7265770927008700853e+4) * r +
                    4.5921953931549871457e+4) * r + 1.3731693765509461125e+4) * r + 1.9715909503065514427e+3) * r +
                  1.3314166789178437745e+2) * r + 3.3871328727963666080e+0) /
               (((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r + 3.9307895800092710610e+4) * r +
                    2.1213794301586595867e+4) * r + 5.3941960214247511077e+3) * r + 6.8718700749205790830e+2) * r +
                  4.2313330701600911252e+1) * r + 1.0);
    }
    double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
    double value = 0;
    if (r <= 5) {
        r -= 1.6;
        value = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r +
                     1.27045825245236838258e+0) * r + 3.64784832476320460504e+0) * r + 5.76949722146069140550e+0) * r +
                  4.63033784615654529590e+0) * r + 1.42343711074968357734e+0) /
                (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r +
                     1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e+0) * r +
                  2.05319162663775882187e+0) * r + 1.0);
    } else {
        r -= 5;
        value = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r +
                     2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e+0) * r +
                  5.46378491116411436990e+0) * r + 6.65790464350110377720e+0) /
                (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r +
                     7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r +
                  5.99832206555887937690e-1) * r + 1.0);
    }
    return q < 0 ? -value : value;
}

}  // namespace chokepoint::core

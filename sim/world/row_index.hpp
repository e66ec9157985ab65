#pragma once
// Names to row numbers, and rates to the integers they are kept in.

#include <cmath>
#include <cstdint>
#include <map>
#include <string>

namespace chokepoint::world {

template <class Items>
[[nodiscard]] std::map<std::string, std::uint32_t> index_by_id(const Items& items)
{
    std::map<std::string, std::uint32_t> out;
    for (std::uint32_t i = 0; i < items.size(); ++i) out[items[i].id] = i;
    return out;
}

[[nodiscard]] inline std::int64_t ppm(double rate) { return std::llround(rate * 1e6); }

}  // namespace chokepoint::world

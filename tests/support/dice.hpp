#pragma once
// Dice for scenarios drawn at random.

#include "chokepoint/core/random.hpp"

#include <cstdint>
#include <initializer_list>

namespace chokepoint::test {

// Draws in sequence from one Philox key.
class Dice {
  public:
    Dice(std::uint64_t seed, const char* purpose) : random_(seed, 0), key_(core::entity_key(purpose)) {}

    double uniform(double low, double high)
    {
        return low + (high - low) * random_.uniform(core::Stream::kParameter, key_, 0, next_++);
    }
    int whole(int low, int high) { return low + static_cast<int>(uniform(0, high - low + 1)); }
    bool chance(double p) { return uniform(0, 1) < p; }
    template <class T>
    T one_of(std::initializer_list<T> values)
    {
        return values.begin()[whole(0, static_cast<int>(values.size()) - 1)];
    }

  private:
    core::Random random_;
    std::uint64_t key_;
    std::uint32_t next_ = 0;
};

}  // namespace chokepoint::test

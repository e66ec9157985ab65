#pragma once
// Counter-based draws: a draw is a pure function of what it is for.
//
// Generator  Philox 4x32-10 (Salmon et al., SC 2011). Key: the seed. Counter: the entity's key and a
//            64-bit hash of (stream, member, day, draw index). Nothing is shared, advanced or
//            copied, so draws depend neither on threads nor on the order of work, and switching one
//            stream off cannot move another.
// Distributions are our own: those of the standard library differ between libraries.

#include <cstdint>
#include <string_view>

namespace chokepoint::core {

// One purpose, one stream. Append only: the number is part of the result.
enum class Stream : std::uint32_t {
    kFirmSize = 1,
    kCover = 2,
    kAttachment = 3,
    kReviewDay = 4,
    kApproval = 5,
    kCustomsHold = 6,
    kTransit = 7,
    kParameter = 8,
    kTie = 9,
    kDetection = 10,
    kBootstrap = 11,
    kCandour = 20,
    kDisclosure = 21,
    kDiscovery = 12,
    kSearch = 22,
    kSpot = 23,
    kNeed = 24,
    kRegime = 25,
};

// Stable 64-bit key of an entity's name (FNV-1a, then a finaliser).
[[nodiscard]] std::uint64_t entity_key(std::string_view name);
[[nodiscard]] std::uint64_t combine_keys(std::uint64_t a, std::uint64_t b);

class Random {
  public:
    Random(std::uint64_t seed, std::uint32_t member) : seed_(seed), member_(member) {}

    // 64 random bits for (stream, entity, day, index).
    [[nodiscard]] std::uint64_t bits(Stream stream, std::uint64_t entity, std::int32_t day = 0,
                                     std::uint32_t index = 0) const;
    // Uniform in the open interval (0, 1).
    [[nodiscard]] double uniform(Stream stream, std::uint64_t entity, std::int32_t day = 0,
                                 std::uint32_t index = 0) const;
    // Standard normal, by inversion (Wichura 1988, algorithm AS 241), one draw per value.
    [[nodiscard]] double normal(Stream stream, std::uint64_t entity, std::int32_t day = 0,
                                std::uint32_t index = 0) const;

    [[nodiscard]] std::uint64_t seed() const { return seed_; }
    [[nodiscard]] std::uint32_t member() const { return member_; }

  private:
    std::uint64_t seed_;
    std::uint32_t member_;
};

// Quantile function of the standard normal; p in (0, 1).
[[nodiscard]] double normal_quantile(double p);

}  // namespace chokepoint::core

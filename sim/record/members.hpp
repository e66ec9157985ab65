#pragma once
// Members of one ensemble spread over part files, by index.

#include "chokepoint/record/part_file.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint::record {

class Members {
  public:
    Members(std::span<const PartReader> parts, std::uint32_t requested);

    [[nodiscard]] std::uint32_t requested() const { return static_cast<std::uint32_t>(status_.size()); }
    [[nodiscard]] const std::vector<MemberStatus>& status() const { return status_; }
    [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }
    [[nodiscard]] const std::vector<std::uint32_t>& done() const { return done_; }  // ascending
    [[nodiscard]] bool is_done(std::uint32_t member) const { return status_[member] == MemberStatus::kDone; }
    [[nodiscard]] const PartReader& part(std::uint32_t member) const { return parts_[part_of_[member]]; }

    using EventKey = std::tuple<int, std::string, std::string, std::string>;  // day, kind, subject, text
    // Events of the members that are done, each with the number of members it happened in.
    [[nodiscard]] std::map<EventKey, std::int32_t> events() const;

  private:
    std::span<const PartReader> parts_;
    std::vector<std::size_t> part_of_;  // [member]
    std::vector<MemberStatus> status_;  // [member]
    std::vector<std::string> errors_;   // [member]
    std::vector<std::uint32_t> done_;
};

}  // namespace chokepoint::record

#include "members.hpp"

#include <set>

namespace chokepoint::record {

Members::Members(std::span<const PartReader> parts, std::uint32_t requested)
    : parts_(parts),
      part_of_(requested, 0),
      status_(requested, MemberStatus::kMissing),
      errors_(requested)
{
    for (std::uint32_t member = 0; member < requested; ++member) {
        for (std::size_t p = 0; p < parts_.size() && status_[member] == MemberStatus::kMissing; ++p) {
            if (!parts_[p].contains(member)) continue;
            const MemberResult front = parts_[p].read_front(member);
            part_of_[member] = p;
            status_[member] = front.status;
            errors_[member] = front.error;
        }
        if (is_done(member)) done_.push_back(member);
    }
}

std::map<Members::EventKey, std::int32_t> Members::events() const
{
    std::map<EventKey, std::int32_t> counts;
    for (const auto member : done_) {
        std::set<EventKey> own;
        for (const auto& event : part(member).read_front(member).events) {
            own.emplace(event.day, event.kind, event.subject, event.text);
        }
        for (const auto& key : own) ++counts[key];
    }
    return counts;
}

}  // namespace chokepoint::record

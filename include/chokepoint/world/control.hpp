#pragma once
// An export control as rows: what it covers, its desks, its postures, whom it knows by name.
//
// Day numbers count from the first simulated day (0); a date before the start is negative.
// Files of one class are alike to the authority: same destination, end use, list and priorities.

#include "chokepoint/core/calendar.hpp"

#include <climits>
#include <cstdint>
#include <string>
#include <vector>

namespace chokepoint::world {

enum class EndUse : std::uint8_t { kCivil, kDefense, kUnknown };
inline constexpr int kEndUses = 3;

struct PostureRow {
    std::string id;
    double weight = 1, approval = 1, hold = 0, signal = 0, military = 0;
    bool licence = true, banned = false, general = true, revokes = false;
};
struct PostureChangeRow {
    int day = 0;
    std::uint32_t region = 0;
    std::uint16_t posture = 0;
};
struct LevelRow {
    int day = 0;
    double level = 0;
};
enum class Deadline : std::uint8_t { kHard, kStopClock, kNone };
enum class Throughput : std::uint8_t { kTonnage, kFiles, kUnlimited };
enum class EndUsePolicy : std::uint8_t { kCivil, kHalf, kRefuse, kPosture };

struct ControlListRow {  // goods controlled for some time; the first row is the control itself
    std::string id;
    std::vector<std::uint8_t> covers;  // [n_products]
    int announced = 0, from = 0, until = INT_MAX;  // in force: from <= day < until
};

struct StageRow {  // one desk; the last one decides
    std::string id;
    Throughput throughput = Throughput::kTonnage;
    bool normalised = true;
    double files_per_reviewer = 1;  // [files/d]
    std::vector<LevelRow> levels;   // ascending
    int minimum_review = 0;         // w_min [working days]
    double returned = 0;            // [1]
    core::WorkingCalendar calendar;
};

struct PriorityRow {
    std::string id;
    double weight = 1;
    bool strict = false;
    int from = INT_MIN, until = INT_MAX;
};

enum class Listed : std::uint8_t { kNo, kWatch, kSuspended, kBanned };
struct ListedChangeRow {
    int day = 0;
    Listed state = Listed::kNo;
};
struct EntityRow {  // one list of end users
    std::string id;
    Listed initial = Listed::kNo;
    std::vector<ListedChangeRow> changes;  // ascending
    int ownership_from = INT_MAX, ownership_until = INT_MAX;
};

struct ClassRow {
    std::uint16_t destination = 0;
    std::uint8_t end_use = 0;       // EndUse
    std::uint16_t entity = 0xffff;  // EntityRow, 0xffff none
    bool owned = false;             // listed only through the 50 % rule
    std::uint32_t priorities = 0;   // bit i: in PriorityRow i
    std::int64_t base_flow = 0, later_flow = 0;  // of goods of the first list; of all others an authority guards [g/d]
};

struct OddsRow {
    std::vector<double> by_sector;   // [scenario sectors]
    std::vector<double> by_country;  // [n_regions]
    double documents = 0, history = 0;
    bool on = false;  // any of them is not nought
};

struct GeneralRow {
    bool on = false;
    int from = 0, until = INT_MAX;  // days on which one can be granted
    std::uint32_t clean_grants = 3;
    int validity = 365;             // [d]
    double cap = 1;                 // [1] of base flow over the validity
    double signal = 0.15;
};

struct DisclosureRow {
    bool reveals = true;
    double discovers_route = 0, discovers_defense = 0;  // [1] per decision
    int barred = 180;                                   // [d]
    EndUsePolicy tainted = EndUsePolicy::kHalf;
};

struct Control {  // one licensing measure of one authority
    std::string id, title;
    std::uint32_t region = 0;               // exporting country
    std::vector<ControlListRow> lists;      // at least one
    std::int64_t shipment_size = 0;         // Q [g]
    int deadline = 45;                      // W [working days]
    Deadline deadline_mode = Deadline::kStopClock;
    int licence_lag = 6;                    // [working days]
    int validity = 180;                     // of a licence [d]
    int declared_lots = 4;                  // n_g [d]
    int batch_days = 14;                    // [d]
    double batch_cover = 30, held_cap = 60; // [d of base flow]
    double use_first = 30;                  // [d of base flow] granted before anyone's restocking, 0 = no difference
    std::vector<StageRow> stages;           // at least one, in order
    std::vector<PostureRow> postures;
    std::vector<std::uint16_t> initial_posture;   // [n_regions]
    std::vector<PostureChangeRow> changes;        // ascending by day
    std::vector<PriorityRow> priorities;
    std::vector<EntityRow> entities;
    std::vector<ClassRow> classes;          // sorted; those some border link belongs to
    EndUsePolicy defense = EndUsePolicy::kRefuse, unknown = EndUsePolicy::kHalf;
    int extra_review = 20;                  // [working days]
    OddsRow odds;
    GeneralRow general;
    DisclosureRow disclosure;
    double returned = 0;                    // [1]
    int resubmit_days = 10;                 // [working days]
    double resubmit = 1;                    // [1]
    std::uint32_t resubmit_at_most = 0;     // refusals in a row, 0 = no limit
    double cost = 0;                        // [USD/kg] of an application
    int pause = 0;                          // [d] nothing is filed for a client refused in principle, 0 = off
    int customs_hold = 45;                  // [d]
    double announced_wait = 0;              // [d]
    core::WorkingCalendar calendar;
    std::int64_t base_flow = 0;             // of the first list's goods at the border [g/d]

    [[nodiscard]] int from() const { return lists.front().from; }
    [[nodiscard]] int until() const { return lists.front().until; }
    [[nodiscard]] int minimum_review() const  // of all desks together [working days]
    {
        int days = 0;
        for (const StageRow& stage : stages) days += stage.minimum_review;
        return days;
    }
    [[nodiscard]] bool lists_product(std::size_t product) const
    {
        for (const ControlListRow& list : lists)
            if (list.covers[product] != 0) return true;
        return false;
    }
};

}  // namespace chokepoint::world

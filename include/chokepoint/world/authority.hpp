#pragma once
// What an authority has on its desks and in its memory, and what each guarded link has before it.
//
// Phases that write: policy sets postures, lists and levels; decisions own files, licences and memory;
// dispatch hands in goods; beliefs learn. Grams of a link before the authority are in exactly one of
// unfiled, filed, licensed_wait, licensed, customs (released is a part of customs).

#include "chokepoint/core/fifo.hpp"
#include "chokepoint/world/control.hpp"
#include "chokepoint/world/published.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace chokepoint::world {

inline constexpr std::uint32_t kNoFile = 0xffffffffU;

struct BorderState {                        // [n_border]
    // dispatch
    std::vector<std::int64_t> unfiled;      // waiting to fill a batch [g]
    std::vector<std::int32_t> first_unfiled;  // day the batch began, -1 none
    std::vector<std::int64_t> used;         // crossed under a licence, lapsed or revoked, since the start [g]; also decisions
    std::vector<std::int64_t> general_left; // may still cross under the general licence [g]; also decisions
    // decisions
    std::vector<std::int64_t> filed;        // in review [g]
    std::vector<std::int64_t> licensed_wait;  // granted, licence not yet issued [g]
    std::vector<std::int64_t> issued;       // licences issued since the start [g]
    std::vector<std::int64_t> granted;      // granted today [g]
    std::vector<std::int64_t> given_back;   // refused, returned or lapsed today [g]
    std::vector<std::int64_t> released;     // let go by customs, still there [g]
    std::vector<std::int64_t> customs;      // held at customs, released included [g]
    std::vector<std::int64_t> to_refile;    // of the backlog, refused or returned and not to be filed again yet [g]
    std::vector<std::int32_t> told_no_until;  // refused in principle: nothing is filed before this day while that stands; empty where exporters ask again at once
    std::vector<std::int32_t> general_until;  // first day without the general licence, -1 none
    std::vector<std::uint32_t> head, tail;  // oldest and newest open file, kNoFile
    std::vector<std::uint32_t> n_filed, n_decided, n_refused;  // files since the start
    std::vector<std::uint32_t> n_open;      // files in review
    std::vector<std::uint32_t> refusals_in_a_row, grants_in_a_row;
    std::vector<std::int64_t> within_use;     // left of what a client ordinarily takes, as of the day below [g]
    std::vector<std::int32_t> within_use_on;  // day of the last grant, 0 none
    // decisions and dispatch
    std::vector<std::int64_t> licensed;     // licence in hand [g]
    // beliefs
    std::vector<double> wait;               // expected wait beyond the lane [d]
    std::vector<double> grant_rate;         // granted a day, 30-day average [g/d]
};

struct HandedIn {  // on one day: a link's unfiled goods as an application, or a lot customs stopped
    std::uint32_t border = 0;
    std::uint32_t held = 0;  // stopped [g]; more than fits is several lots; 0: an application
};

// An application without a link (border kNoFile) is void: it waits to be dropped from its queue.
struct File {  // one application: exporter and end user are those of its link
    std::int64_t grams = 0;
    std::uint32_t border = kNoFile;
    std::int32_t submitted = 0;    // day
    std::int32_t entered = 0;      // day it reached its desk
    std::uint32_t serial = 0;      // how many files the link made before this one
    std::uint32_t next = kNoFile;  // next file of the same link
    std::uint8_t stage = 0;        // desk it is at
    bool open = false;             // false: closed, but an older file of the link is still open
};

// Goods of links that change bucket on a day to come. Days never fall from one push to the next.
class DatedLots {
  public:
    struct Lot {
        std::uint32_t border = 0;
        std::uint32_t grams = 0;  // more than fits is several lots
    };
    struct Day {
        std::int32_t day = 0;
        std::uint32_t lots = 0;
    };

    void push(std::uint32_t border, std::int32_t day, std::int64_t grams)
    {
        if (days_.empty() || days_.back().day != day) days_.push({day, 0});
        while (grams > 0) {
            const std::int64_t part = std::min<std::int64_t>(grams, UINT32_MAX);
            lots_.push({border, static_cast<std::uint32_t>(part)});
            days_.back().lots += 1;
            grams -= part;
        }
    }
    // Takes out, oldest first, what is due by `day`; `take(border, grams)` says where it goes.
    template <class Take>
    void take_due(std::int32_t day, Take take)
    {
        for (; !days_.empty() && days_.front().day <= day; days_.pop()) {
            for (std::uint32_t left = days_.front().lots; left > 0; --left, lots_.pop()) {
                if (lots_.front().grams > 0) take(lots_.front().border, std::int64_t{lots_.front().grams});
            }
        }
    }
    // Each lot in turn; `change(border, grams)` returns what is left of it.
    template <class Change>
    void change_all(Change change)
    {
        for (std::size_t i = 0; i < lots_.size(); ++i) {
            lots_[i].grams = static_cast<std::uint32_t>(change(lots_[i].border, std::int64_t{lots_[i].grams}));
        }
    }
    [[nodiscard]] const core::Fifo<Lot>& lots() const { return lots_; }
    [[nodiscard]] const core::Fifo<Day>& days() const { return days_; }

  private:
    core::Fifo<Lot> lots_;  // by day
    core::Fifo<Day> days_;
};

struct Licence {  // in hand: good for `grams` until `last_day`
    std::uint32_t border = 0;
    std::int32_t lapses = 0;      // first day it is no longer valid
    std::int64_t grams = 0;
    std::int64_t issued_to = 0;   // all issued to the link up to and with this one [g]: it is used up when
                                  // BorderState::used has come this far, since older licences are used first
};

struct FiledToday {  // a link that hands in goods
    std::uint64_t key = 0;
    std::uint32_t border = 0;
};

struct DroppedOrder {  // refused, and not to be filed again
    std::uint32_t border = 0;
    std::int64_t grams = 0;
};

struct Line {  // files of one class at one desk, in the order they came
    core::Fifo<std::uint32_t> files;
    double served = 0;           // cost served over weight and base flow: the smallest goes next
    bool active = false;         // was eligible when last looked at
};
inline constexpr int kLines = 2;  // a class has two: what its clients use, and what they restock
inline constexpr int kUse = 0, kRestock = 1;
using ClassQueue = std::array<Line, kLines>;

struct StageState {  // one desk
    double level = 0;            // throughput in force
    double credit = 0;           // unspent budget [g or files]
    std::array<double, kLines> served_floor{};  // `served` of the class served last
    std::size_t next_level = 0;
    std::vector<ClassQueue> classes;  // [classes of the control]; empty where `queue_of` names another
};

struct AuthorityState {          // one per control
    // policy
    std::vector<std::uint16_t> posture;   // [n_regions] in force today
    std::vector<Listed> listed;           // [entity lists] state in force today
    std::vector<std::uint8_t> covered;    // [n_products] under a list in force today
    std::vector<std::uint8_t> needed;     // [n_products] the same, less the days declared lots still clear
    bool in_force = false;                // any list is
    bool licensing = false;               // anything is needed: declared lots have cleared
    std::size_t next_change = 0;
    std::vector<std::size_t> next_listing;  // [entity lists]
    // decisions
    std::vector<std::uint16_t> posture_acted;  // [n_regions] posture that was last acted on
    std::vector<Listed> listed_acted;          // [entity lists]
    std::vector<std::uint8_t> covered_acted;   // [n_products]
    std::vector<StageState> stages;
    std::vector<std::uint16_t> queue_of;  // [classes] whose queue a class's files wait in: that of the first treated as it is today
    core::Fifo<std::uint32_t> counter;  // files nobody has looked at: the counter opens on working days
    std::vector<File> files;     // open files and free rows
    std::vector<std::uint32_t> free_rows;
    DatedLots issuing;           // granted, waiting for the licence
    core::Fifo<Licence> in_hand; // licences by the day they lapse, some used up
    std::size_t in_hand_kept = 0;  // when those used up were last dropped
    DatedLots holding;           // at customs
    DatedLots refiling;          // refused or returned, by the day they may be handed in again
    std::vector<DroppedOrder> dropped;  // of today; ordering takes them off the books
    // memory: nothing of it is ever forgotten
    std::vector<std::uint8_t> known;        // [n_firms] end users: kNamed, kServesDefense
    std::vector<std::int32_t> barred_until; // [n_firms] files of the end user are refused before this day
    std::uint32_t n_known = 0, n_tainted = 0, n_routes = 0;  // end users named, found to serve defense; routes found
    std::vector<FiledToday> today;       // scratch
    std::vector<LicenceCounts> counts;   // [n_regions * kEndUses] of today
    std::vector<DeskCounts> desks;       // [stages] of today
    std::vector<Decision> decided;       // files decided, returned or lapsed today
};
inline constexpr std::uint8_t kNamed = 1, kServesDefense = 2;

}  // namespace chokepoint::world

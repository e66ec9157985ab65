#pragma once
// Export licensing as the user asked for it: what is controlled, who decides, how, and what is remembered.
//
// Units  mass [g], calendar days [d], working days [wd] of the stage's calendar, shares and factors [1].
// Names of regions and blocks are resolved: groups expanded, each id known to exist.

#include "chokepoint/core/calendar.hpp"
#include "chokepoint/core/date.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint::scenario {

enum class Sector { kAutomotive, kDefense, kElectronics, kWind, kIndustrial, kMedical, kOther };
inline constexpr int kSectorCount = 7;
[[nodiscard]] const char* sector_name(Sector sector);

// What goods need a licence and when. The main list is the control itself; others are added to it.
struct ControlList {
    std::string id;
    std::vector<std::string> products;       // elements, contents and forms resolved
    core::Date from;
    std::optional<core::Date> announced;     // before `from`: buyers expect the wait from this day on
    std::optional<core::Date> until;
};

struct Posture {
    std::string id;
    double weight = 1;       // [1] share-out of throughput; 0 = never served
    double approval = 1;     // [1] probability that a civil file is granted
    double hold = 0;         // [1] probability that a look-alike lot is held at customs
    double signal = 0;       // [1] rho: what buyers read into the posture
    double military = 0;     // [1] probability that a defense file is granted, where defense is not refused in principle
    bool licence = true;     // false: no licence is needed toward the destination
    bool banned = false;     // true: every file is refused in principle
    bool general = true;     // general licences are granted and hold
    bool revokes = false;    // licences in hand lapse when the posture begins
};
struct PostureChange {
    core::Date date;
    std::string posture;
    std::string id{};
};
struct Toward {  // posture toward one destination; group members expanded, most specific wins
    std::string region;
    std::string posture;                 // in force when the control starts
    std::vector<PostureChange> changes;  // ascending
    std::string key{};                   // of the scenario's `toward` that decided: the region, a group, `other`
};

struct LevelChange {
    core::Date date;
    double level = 0;  // tonnage: share of the controlled base flow [1]; files: reviewers [count]
};
enum class ThroughputMode { kTonnage, kFiles };
struct Throughput {
    ThroughputMode mode = ThroughputMode::kTonnage;
    bool normalised_calendar = true;       // level counts working days of the month out of the credit
    bool unlimited = false;                // no budget at all (pure lag)
    double files_per_reviewer_day = 1;     // files mode
    std::vector<LevelChange> levels;       // ascending
};

struct Stage {  // a desk a file passes before the decision, with its own budget and clock
    std::string id, title;
    int place = 1;                         // 1 first
    Throughput throughput;
    int minimum_review_days = 0;           // [wd]
    double returned = 0;                   // [1] probability that the desk returns a file
    std::optional<core::WorkingCalendar> calendar;  // the authority's when absent
};

// A factor on the weight of some files: by destination, end user, exporter, size, for some time.
struct Priority {
    std::string id;
    std::vector<std::string> exporters, end_users;  // block ids; empty = all
    std::vector<std::string> destinations;          // region ids; empty = all
    std::vector<Sector> sectors;                    // of the end user; empty = all
    double largest_exporters = 1, largest_users = 1;  // [1] only the largest firms up to this share of the controlled flow
    std::optional<core::Date> from, until;
    double weight = 1;                              // [1]
    bool strict = false;                            // served before every file without it
};

enum class EntityState { kNone, kWatch, kSuspended, kBanned };
struct EntityChange {
    core::Date date;
    EntityState state = EntityState::kNone;
};
struct EntityList {  // end users listed by name: the largest firms of some blocks up to a share, or single firms
    std::string id;
    std::vector<std::string> users;         // block ids
    std::vector<std::string> firms;         // "block/number"
    double share = 1;                       // [1] of the blocks' base need
    EntityState state = EntityState::kNone;  // before the first change
    std::vector<EntityChange> changes;      // ascending
    double owned = 0;                       // [1] further share that is majority-owned by listed firms
    std::optional<core::Date> ownership_from, ownership_until;  // the 50 % rule; no date = not in force
};

enum class DeadlineMode { kHard, kStopClock, kNone };
enum class EndUseRule { kCivil, kHalf, kRefuse, kPosture };

// Log-odds added to the posture's approval.
struct DecisionOdds {
    std::vector<std::pair<Sector, double>> sector;
    std::vector<std::pair<std::string, double>> country;
    double documents = 0;  // times (completeness - 1/2)
    double history = 0;    // times (share of the link's decided files granted - 1/2)
};

struct GeneralLicence {  // one year, one named client, no file per shipment
    bool on = false;
    core::Date from;
    std::optional<core::Date> until;        // none is granted from this day on
    int clean_grants = 3;                   // grants to the same client in a row
    double validity = 365;                  // [d]
    double cap = 1;                         // [1] of the link's base flow over the validity
    double largest_exporters = 1;           // [1] only the largest exporters up to this share of the controlled flow
    double signal = 0.15;                   // [1] rho of a client that has one
};

struct Disclosure {  // what files tell the authority, and what it does with it
    bool reveals = true;                    // files name the end user
    double discovers_route = 0;             // [1] q_disc per decision and hidden onward edge of the declared importer
    double discovers_defense = 0;           // [1] per decision, where the end user also serves defense
    int barred = 180;                       // [d] an importer found to re-export is refused
    EndUseRule tainted = EndUseRule::kHalf;  // files of a user known to serve defense too
};

// What the authority may turn to after the last dated level: regimes that follow one another, drawn for each member.
struct Regime {
    std::string id, title;
    double level = 0;                                          // throughput [1] of the controlled base flow
    std::vector<std::pair<std::string, double>> to;            // regime, mean time until it is turned to if nothing comes before [d]
    std::vector<std::pair<std::string, std::string>> toward;   // region, posture it is given when the regime begins
};
struct RegimeDates {  // days on which changes are more or less likely
    std::string id;
    core::Date from, until;
    double factor = 1;  // [1] on every hazard
};
struct Regimes {
    std::vector<Regime> states;  // empty: off
    core::Date from;             // first day on which the regime may change
    std::size_t first = 0;       // the one in force then
    std::vector<RegimeDates> dated;
};

struct Licensing {
    std::string id, title;
    std::string authority;                 // region id of the exporting country
    std::vector<std::string> products;     // product ids under control (elements resolved)
    core::Date from;
    std::optional<core::Date> announced, until;
    std::vector<ControlList> lists;        // further lists
    double shipment_size = 2e6;            // [g] Q
    int deadline_days = 45;                // [wd] W
    DeadlineMode deadline_mode = DeadlineMode::kStopClock;
    int minimum_review_days = 0;           // [wd] w_min of the last stage
    int licence_lag_days = 6;              // [wd] from grant to dispatch
    int validity_days = 180;               // [d] an unused licence lapses
    int declared_lot_days = 4;             // [d] n_g: lots declared before the control still clear
    int batch_days = 14;                   // [d] an unfinished batch is filed this long after its first lot
    double batch_cover = 30;               // [d] of the link's base flow that fills a batch
    double held_cap = 60;                  // [d] of the link's base flow that may wait with the authority
    double use_first = 30;                 // [d] of the link's base flow that is granted before anyone's restocking; 0 = no difference
    Throughput throughput;                 // of the last stage, where files are decided
    std::vector<Stage> stages;             // before it, in order of place
    std::vector<Posture> postures;
    std::vector<Toward> toward;            // one per region other than the authority's
    std::vector<Priority> priorities;
    std::vector<EntityList> entities;
    int extra_review_days = 20;            // [wd] before a suspended entity's file is decided
    EndUseRule defense = EndUseRule::kRefuse;
    EndUseRule unknown = EndUseRule::kHalf;
    DecisionOdds odds;
    GeneralLicence general;
    Disclosure disclosure;
    double returned = 0.1;                 // [1] probability that a file comes back at the counter for documents
    int resubmit_days = 10;                // [wd] until a returned or refused file is filed again
    double resubmit = 1.0;                 // [1] probability that a refused file is filed again (rho)
    int resubmit_at_most = 0;              // refusals in a row after which the exporter gives up (n_max); 0 = never
    double cost = 0;                       // [USD/kg] of an application, part of the landed cost
    int pause_days = 0;                    // [d] an exporter files nothing for a client refused in principle; 0 = off
    double customs_hold_days = 45;         // [d]
    double announcement_wait = 0;          // [d] wait announced with the control (the statutory clock in calendar days)
    Regimes regimes{};
};

}  // namespace chokepoint::scenario

#pragma once
// The table of output variables: the only place that says what a result file holds.
//
// It makes the data sets with their attributes, the layout of a member in memory and in the part
// file, the reference page analysis/RESULTS.md and what `explain` prints.
//
// A member yields series (a value per day, week or month and entity) and metrics (one value per run
// and entity). A variable writes one of them for every member, or quantiles over members.

#include "chokepoint/record/axes.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::record {

inline constexpr int kSchemaMajor = 1;
inline constexpr int kSchemaMinor = 2;

enum class Quantity : std::uint8_t {
    // daily
    kNeed,
    kShortfall,
    kFullNeed,
    kUsed,
    kSwitched,
    kGivenUp,
    kLost,
    kStock,
    kOutputLost,
    kOutputGivenUp,
    kExports,
    kDuty,
    kPriceOrigin,
    kPriceOutside,
    kPriceContract,
    kFlown,
    kFilesFiled,
    kFilesGranted,
    kFilesRefused,
    kFilesInReview,
    kFilesReturned,
    kFilesLapsed,
    kShareGranted,
    kDeskFiles,
    kCapacity,
    kStockpileStock,
    kStockpileReleased,
    kStockpileRefilled,
    // weekly: where what was ordered stands
    kAtSeller,
    kInReview,
    kLicensed,
    kAtCustoms,
    kInTransit,
    kOpenFiles,
    kOldestFile,
    kRefused,
    kReturned,
    kLacked,
    kExporterBears,
    kRouteShipped,
    kRouteArrived,
    kRouteSeized,
    kRouteEdgesOpen,
    // weekly: who sells, and to whom
    kSellerOutput,
    kSellerUnmade,
    kSellerFinished,
    kSellerOwed,
    kSellerNeed,
    kSellerShortfall,
    kSellerLacked,
    kSellerStock,
    kSellerInTransit,
    kSellerCapacity,
    kSourceOwed,
    kSourceNotFiled,
    kSourcePaused,
    kSourceInReview,
    kSourceLicensed,
    kSourceAtCustoms,
    kSourceFiles,
    kSourceOldest,
    kSourceRefused,
    kSourceReturned,
    kSourceDuty,
    kSourceDutyRise,
    // whole run
    kShortfallTotal,
    kLackedTotal,
    kNeedTotal,
    kShortfallShare,
    kFullNeedTotal,
    kUsedTotal,
    kSwitchedTotal,
    kGivenUpTotal,
    kLostTotal,
    kShortfallValue,
    kGivenUpValue,
    kLostValue,
    kLostShare,
    kFirstShortDay,
    kLongestShortRun,
    kWorstWeek,
    kOutputLostUnits,
    kOutputLostValue,
    kOutputLostDays,
    kOutputStoppedUnits,
    kOutputStoppedValue,
    kOutputStoppedDays,
    kOutputGivenUpUnits,
    kOutputGivenUpValue,
    kOutputGivenUpDays,
    kFirstStoppageDay,
    kDutyPaid,
    kDutyPaidRegion,
    kAirFreight,
    kFiledTotal,
    kGrantedTotal,
    kRefusedTotal,
    kReturnedTotal,
    kGrantedWait,
    kLapsedTotal,
    kVoidedTotal,
    kGeneralTotal,
    kClockRestarts,
    kWaitLow,
    kWaitMedian,
    kWaitHigh,
    kFilesDecided,
    kFilesLate,
    kDeskLoad,
    kDeskUtilisation,
    kUsersNamed,
    kUsersTainted,
    kRoutesFound,
    kRouteShippedTotal,
    kRouteArrivedTotal,
    kRouteSeizedTotal,
    kRouteEdgesFound,
    kRoutePremiumDays,
    kRouteAsked,
    kSupportPaid,
    kStockpileReleasedTotal,
    kStockpileRefilledTotal,
    kStockpilePaid,
    kStockpileEarned,
};
enum class Span : std::uint8_t { kDay, kWeekSum, kWeekLast, kMonthSum, kRun };
enum class Aggregation : std::uint8_t {
    kQuantiles,     // over members that are done
    kMedian,        // the same, the median alone: an axis too long for more
    kMembers,       // every member
    kMembersDaily,  // every member, only with `output: { members: daily }`
};
enum class DType : std::uint8_t { kFloat32, kFloat64, kInt32, kInt8, kString };

struct Variable {
    std::string_view name;
    Quantity quantity;
    Span span;
    Aggregation aggregation;
    DType dtype;
    std::vector<Dim> dims;
    std::string_view unit, long_name, cell_methods, sentence;

    // Whether the first dim is the member or the quantile; a median has neither.
    [[nodiscard]] bool has_rows() const { return aggregation != Aggregation::kMedian; }
    // The dims that remain without member or quantile and without time, week or month.
    [[nodiscard]] std::span<const Dim> entities() const;
};
[[nodiscard]] const std::vector<Variable>& variables();

// Text and numbers that describe an axis, or two: `buyer_title(buyer)` and the like.
struct Label {
    std::string_view name;
    Dim dim;
    DType dtype;
    std::string_view unit, sentence;
    std::optional<Dim> second = {};
    [[nodiscard]] std::vector<Dim> dims() const;
};
[[nodiscard]] const std::vector<Label>& labels();

// How one member's values lie in memory: arrays in the order of the table, each array once.
struct MemberLayout {
    struct Array {
        Quantity quantity;
        Span span;
        std::size_t rows, width;  // rows in time (1 for metrics), entities in a row
        [[nodiscard]] std::size_t size() const { return rows * width; }
    };
    std::vector<Array> series, metrics;

    explicit MemberLayout(const Axes& axes);
    [[nodiscard]] std::size_t series_index(Quantity quantity, Span span) const;
    [[nodiscard]] std::size_t metric_index(Quantity quantity) const;
};

// The reference page of all variables, in markdown.
[[nodiscard]] std::string results_reference();

}  // namespace chokepoint::record

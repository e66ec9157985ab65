#pragma once
// Why a buyer group, or a block that sells, was short on a day, in words and as JSON.
//
// Causes are ranked by how much more stands at a place than in the first week of the run, before policy
// has moved anything: goods in transit, say, are only a cause beyond what is always in transit. What is
// refused or returned goes back to its seller, so it is taken off what stands there; when more has been
// refused in four weeks than is under review, licensed, held and under way together, refusals explain
// all that stands at the seller. "Not ordered" is how much less is on order than in the first week.
// Measures, duties and outages are named only where they act on the goods of the block: the file says which events do.
// What waits at a seller is followed to the seller: what it made, which input it lacked, where that stands,
// and so on to the measure that holds it up.

#include "chokepoint/record/slice.hpp"
#include "width.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace chokepoint::cli {

// Every answer is made of these, and the files that make it call them by their short names.
using record::Interval;
using record::MaterialSlice;
using record::Part;
using record::PolicyEvent;
using record::SellerSlice;
using record::Slice;
using record::SliceAxes;
using record::SourceSlice;
using record::Stand;

struct Who {  // that is asked about
    std::string id, title, region;
    std::string role = "buyer";
    bool defense = false;
};
[[nodiscard]] Who buyer_of(const record::SliceAxes& axes, std::size_t buyer);
[[nodiscard]] Who seller_of(const record::SliceAxes& axes, std::size_t seller);
// "Title (id)", once.
[[nodiscard]] std::string named(const std::string& title, const std::string& id);
[[nodiscard]] inline std::string named(const Who& who) { return named(who.title, who.id); }

enum class CauseKind { kNotOrdered, kAtSeller, kInReview, kRefused, kLicensed, kAtCustoms, kInTransit };

struct Cause {
    CauseKind kind;
    double tonnes;  // it is ranked by
};
inline constexpr double kWorthNaming = 0.1;  // of the largest
// The largest first; only what is above nothing.
[[nodiscard]] std::vector<Cause> causes(const record::MaterialSlice& material);
// "Largest cause: ...": the causes of a tenth of the largest or more, at most three.
[[nodiscard]] std::string cause_sentence(const record::SliceAxes& axes, const Who& who, const record::MaterialSlice& material);
// ": A owes 3 t, 2 t with B are not filed ...": sellers with more than in the first week; empty without one.
[[nodiscard]] std::string kept_text(const record::SliceAxes& axes, const record::MaterialSlice& material);

// Whether `unmet` is more than what whole grams leave over.
[[nodiscard]] bool is_short(const record::MaterialSlice& material, double unmet);
// An amount, nought where it is what whole grams leave over.
[[nodiscard]] double some(const record::MaterialSlice& material, double tonnes);
// Whether the median leaves over 1 % of need unmet and the material itself was not there: what causes are told of.
[[nodiscard]] bool is_lacking(const record::MaterialSlice& material);
// Whether all that is unmet of a material lay in stock: another input was not there.
[[nodiscard]] bool lies_idle(const record::MaterialSlice& material);
// The material of which the largest share of need lacked; none where nothing did.
[[nodiscard]] const record::MaterialSlice* scarcest(const record::Slice& slice);

struct Measure {  // that holds goods up on the way to a region, or an outage that takes capacity
    std::string id, kind, sentence;  // kind: measure, outage
};
// Since when a measure is in force, its posture toward the region and its throughput on the day.
[[nodiscard]] std::string measure_text(const record::SliceAxes& axes, const std::string& region, const record::Slice& slice, std::size_t control);
// Outages of a producer block in the weeks in which it made less than it wanted, up to this one.
[[nodiscard]] std::vector<Measure> outages(const record::SliceAxes& axes, const record::Slice& slice);
// Those of the causes that are named, in the order of the result's controls.
[[nodiscard]] std::vector<Measure> measures(const record::SliceAxes& axes, const Who& who, const record::Slice& slice,
                                            const record::MaterialSlice& material);

struct Tier {  // one seller further up
    std::string block, product;  // product: it lacks; empty when none
    std::string text;
    std::vector<Measure> measures;  // that hold up what it lacks, or its own goods
};
using ReadSeller = std::function<record::Slice(std::size_t seller)>;
// Sellers that owe the material, and those that owe them what they lack, nearest first.
[[nodiscard]] std::vector<Tier> tiers(const record::SliceAxes& axes, const record::MaterialSlice& material, const ReadSeller& read);

// Whether more than 1 % of the output wanted in the week was not made.
[[nodiscard]] bool is_behind(const record::SellerSlice& seller);
// Why a block that sells made less than it wanted or than in the first week, where no input is the reason: capacity, outages,
// goods of its clients that wait for a licence, fewer orders. Sentences, each after a blank; empty when there is nothing to say.
[[nodiscard]] std::string seller_reason(const record::SliceAxes& axes, const record::Slice& slice);
// Measures that hold its clients' orders up, and its outages.
[[nodiscard]] std::vector<Measure> seller_measures(const record::SliceAxes& axes, const record::Slice& slice);
// "It made 3 t, 2 t less than it wanted", and what it holds and owes.
[[nodiscard]] std::string made_text(const record::SliceAxes& axes, const Who& who, const record::Slice& slice);

// What made inputs dearer where need was given up: duties and prices by material, sentences; empty where none was given up.
[[nodiscard]] std::vector<std::string> costs(const record::SliceAxes& axes, const record::Slice& slice, const ReadSeller& read);

// Events that differ by member in nothing but their day and numbers, as one: median and range.
struct ToldEvent {
    int day = 0, first = 0, last = 0;  // median and range
    std::string kind, subject, text;
    int members = 0;                   // times it happened in them
};
[[nodiscard]] std::vector<ToldEvent> told(const std::vector<record::PolicyEvent>& events, int members_done);
// "2025-06-03", "2025-06-03 (2025-06-01 to 2025-06-09)".
[[nodiscard]] std::string when_text(const record::SliceAxes& axes, const ToldEvent& event);
// Events that act on goods a block buys, directly or through traders, or sells: "kind subject". Of one product where named.
[[nodiscard]] std::set<std::string> acts_on(const record::SliceAxes& axes, const std::string& block, const std::string& product);
[[nodiscard]] bool concerns(const record::PolicyEvent& event, const std::set<std::string>& acts);
[[nodiscard]] std::vector<ToldEvent> events_on(const record::SliceAxes& axes, const Who& who, const record::Slice& slice, const std::string& product);
[[nodiscard]] std::string events_text(const record::SliceAxes& axes, const Who& who, const record::Slice& slice, const std::string& product,
                                      std::size_t width);

struct Telling {  // what of a slice is told
    std::string product;          // this material alone, empty for all; the reason stays that of all
    std::optional<record::FirstShort> first_short;  // of a buyer group
    std::vector<int> short_days;  // days, of a block that sells first days of weeks, on which it is short in the median
};
// Whether the block is short on the day in the median.
[[nodiscard]] bool is_short_now(const record::Slice& slice);
[[nodiscard]] std::string slice_text(const record::SliceAxes& axes, const Who& who, const record::Slice& slice, const ReadSeller& read,
                                     const Telling& telling = {}, std::size_t width = kPlainWidth);
[[nodiscard]] std::string slice_json(const record::SliceAxes& axes, const Who& who, const record::Slice& slice, const ReadSeller& read,
                                     const Telling& telling = {});
// `first_in_tail`: first short day of the highest quantile, empty when there is none.
[[nodiscard]] std::string never_short_json(const Who& who, const std::string& first_in_tail);

struct ResultQuestion {  // as on the command line
    std::string file, block, date, product;
    bool json = false;
};
// The whole answer. Throws UsageError for what is wrong in the question, core::EnvironmentError for the file.
[[nodiscard]] std::string explain_result(const ResultQuestion& question);

}  // namespace chokepoint::cli

#pragma once
// Why a buyer group, or a block that sells, was short on a day, in words and as JSON.
//
// Causes are ranked by how much more stands at a place than in the first week of the run, before policy
// has moved anything: goods in transit, say, are only a cause beyond what is always in transit. What is
// refused or returned goes back to its seller, so it is taken off what stands there; when more has been
// refused in four weeks than is under review, licensed, held and under way together, refusals explain
// all that stands at the seller. "Not ordered" is how much less is on order than in the first week.
// What waits at a seller is followed to the seller: what it made, which input it lacked, where that stands,
// and so on to the measure that holds it up.

#include "chokepoint/record/slice.hpp"
#include "width.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::cli {

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
// Whether all that is unmet of a material lay in stock: another input was not there, or capacity ended.
[[nodiscard]] bool lies_idle(const record::MaterialSlice& material);
// The material of which the largest share of need lacked; none where nothing did.
[[nodiscard]] const record::MaterialSlice* scarcest(const record::Slice& slice);

struct Measure {  // that holds goods up on the way to a region
    std::string id, sentence;
};
// Those of the causes that are named, in the order of the result's controls.
[[nodiscard]] std::vector<Measure> measures(const record::SliceAxes& axes, const Who& who, const record::Slice& slice,
                                            const record::MaterialSlice& material);

struct Tier {  // one seller further up
    std::string block, product;  // product: it lacks; empty when none
    std::string text;
    std::vector<Measure> measures;  // that hold up what it lacks
};
using ReadSeller = std::function<record::Slice(std::size_t seller)>;
// Sellers that owe the material, and those that owe them what they lack, nearest first.
[[nodiscard]] std::vector<Tier> tiers(const record::SliceAxes& axes, const record::MaterialSlice& material, const ReadSeller& read);

// Whether an event concerns what reaches `region`: its subject names the region, or a control as a whole.
[[nodiscard]] bool concerns(const record::PolicyEvent& event, const std::string& region,
                            const std::vector<std::string>& controls);

[[nodiscard]] std::string slice_text(const record::SliceAxes& axes, const Who& who, const record::Slice& slice,
                                     const ReadSeller& read, std::size_t width = kPlainWidth);
[[nodiscard]] std::string slice_json(const record::SliceAxes& axes, const Who& who, const record::Slice& slice,
                                     const ReadSeller& read);
// `first_in_tail`: first short day of the highest quantile, empty when there is none.
[[nodiscard]] std::string never_short_json(const Who& who, const std::string& first_in_tail);

struct ResultQuestion {  // as on the command line
    std::string file, block, date, product;
    bool json = false;
};
// The whole answer. Throws UsageError for what is wrong in the question, core::EnvironmentError for the file.
[[nodiscard]] std::string explain_result(const ResultQuestion& question);

}  // namespace chokepoint::cli

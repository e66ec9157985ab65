#pragma once
// Why a buyer group was short on a day, in words and as JSON.
//
// Causes are ranked by how much more stands at a place than in the first week of the run, before policy
// has moved anything: goods in transit, say, are only a cause beyond what is always in transit. What is
// refused or returned goes back to its seller, so it is taken off what stands there; when more has been
// refused in four weeks than is under review, licensed, held and under way together, refusals explain
// all that stands at the seller. "Not ordered" is how much less is on order than in the first week.

#include "chokepoint/record/slice.hpp"
#include "width.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

enum class CauseKind { kNotOrdered, kAtSeller, kInReview, kRefused, kLicensed, kAtCustoms, kInTransit };

struct Cause {
    CauseKind kind;
    double tonnes;  // it is ranked by
};
// The largest first; only what is above nothing.
[[nodiscard]] std::vector<Cause> causes(const record::MaterialSlice& material);
// "Largest cause: ...": the causes of a tenth of the largest or more, at most three.
[[nodiscard]] std::string cause_sentence(const record::MaterialSlice& material, bool licensing);

// Whether an event concerns what reaches `region`: its subject names the region, or a control as a whole.
[[nodiscard]] bool concerns(const record::PolicyEvent& event, const std::string& region,
                            const std::vector<std::string>& controls);

[[nodiscard]] std::string slice_text(const record::SliceAxes& axes, std::size_t buyer,
                                     const record::Slice& slice, std::size_t width = kPlainWidth);
[[nodiscard]] std::string slice_json(const record::SliceAxes& axes, std::size_t buyer,
                                     const record::Slice& slice);
// `first_in_tail`: first short day of the highest quantile, empty when there is none.
[[nodiscard]] std::string never_short_json(const record::SliceAxes& axes, std::size_t buyer,
                                           const std::string& first_in_tail);

struct ResultQuestion {  // as on the command line
    std::string file, buyer, date, product;
    bool json = false;
};
// The whole answer. Throws UsageError for what is wrong in the question, core::EnvironmentError for the file.
[[nodiscard]] std::string explain_result(const ResultQuestion& question);

}  // namespace chokepoint::cli

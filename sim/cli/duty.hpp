#pragma once
// Duty paid by all buyers together, which no table by buyer adds up.

#include "chokepoint/ensemble/summary.hpp"

#include <span>
#include <string>

namespace chokepoint::cli {

// Over members [USD].
[[nodiscard]] ensemble::Spread total_duty(const record::Axes& axes, std::span<const record::Metrics> members);
// Policy minus baseline over the members done in both [USD].
[[nodiscard]] ensemble::Spread duty_caused(const ensemble::EnsembleView& baseline,
                                           const ensemble::EnsembleView& policy);

}  // namespace chokepoint::cli

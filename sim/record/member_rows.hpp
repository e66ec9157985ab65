#pragma once
// Rows of output variables out of part files: one member's values, or quantiles over members.

#include "chokepoint/record/variables.hpp"
#include "members.hpp"
#include "row_writer.hpp"

#include <span>
#include <vector>

namespace chokepoint::record {

// Values of each member; NaN (floats) or -1 (integers) for a member that is not done.
[[nodiscard]] RowSource member_rows(const Variable& variable, const MemberLayout& layout,
                                    const Members& members);

// [quantile][time * entity], over the members that are done; NaN without any.
[[nodiscard]] std::vector<float> quantile_rows(const Variable& variable, const MemberLayout& layout,
                                               const Members& members, std::span<const double> quantiles);

}  // namespace chokepoint::record

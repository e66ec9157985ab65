#pragma once
// The material a buyer group is most short of: the one rule of tables, result files and reports.
//
// It is the material that lacked the largest share of its need over all members: sum of lacked over sum of need. Not
// the one of which most is unmet: a line that stands uses nothing, and what it does not use of the other inputs counts
// as unmet need though it lies in stock. On a day the input that is the last to suffice lacks most, so the material
// named is the one that ran out, or stood lowest against need. A share that rounds to 0.0 % names nothing: one member of
// forty that lacks a few kilograms is no shortage a reader should be sent after.

#include "chokepoint/record/axes.hpp"
#include "chokepoint/record/member_result.hpp"
#include "chokepoint/record/variables.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace chokepoint::record {

inline constexpr double kToldShare = 0.0005;  // of need: less reads 0.0 %

class Scarcest {
  public:
    explicit Scarcest(const Axes& axes);

    void add(const Metrics& member);  // one that is done
    // Into Axes::products; none where less than kToldShare of every need lacked.
    [[nodiscard]] std::optional<std::size_t> of(std::size_t buyer) const;

  private:
    MemberLayout layout_;
    std::size_t n_products_;
    std::vector<double> lacked_, need_;  // [buyer * n_products + product] over members [t]
};

}  // namespace chokepoint::record

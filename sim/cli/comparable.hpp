#pragma once
// Whether a policy and its baseline tell of the same days and materials, so that their difference means
// something.

#include "run_job.hpp"

#include <stdexcept>

namespace chokepoint::cli {

class NotComparable : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Throws NotComparable, naming what differs and what to do. A buyer group of one of the two alone is left
// out of the difference; without any in both there is none. Tonnes unmet are summed over materials, so
// these must be the same.
void require_comparable(const Job& policy, const std::string& policy_file, const Job& baseline,
                        const std::string& baseline_file);

}  // namespace chokepoint::cli

#pragma once
// Collects what is wrong with a scenario, so that one run tells the user everything it can.

#include "chokepoint/core/error.hpp"
#include "node.hpp"

#include <string>
#include <vector>

namespace chokepoint::scenario {

class Report {
  public:
    static constexpr std::size_t kShown = 20;

    void error(core::Location where, std::string key, std::string problem, std::string remedy = {});
    void error(const Mark& mark, std::string key, std::string problem, std::string remedy = {});
    void warning(const Mark& mark, std::string key, std::string problem, std::string remedy = {});

    [[nodiscard]] std::size_t errors() const { return errors_.size(); }
    [[nodiscard]] const std::vector<core::Diagnostic>& warnings() const { return warnings_; }
    // Throws core::InputError when there are errors: the first 20 and how many more.
    void throw_if_errors() const;

  private:
    std::vector<core::Diagnostic> errors_;
    std::vector<core::Diagnostic> warnings_;
};

}  // namespace chokepoint::scenario

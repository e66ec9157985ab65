#pragma once
// What judging a scenario has found so far, and the words for how far off a number is.

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario.hpp"
#include "chokepoint/world/judge.hpp"

#include <string>
#include <vector>

namespace chokepoint::world {

inline constexpr double kPerYear = 365e-6;  // g/d in t/yr

// What a number so many times too large most likely is; empty where nothing is likely.
[[nodiscard]] std::string likely_slip(double times);
// The same, with what to look at where nothing is likely.
[[nodiscard]] std::string slip(double times);
[[nodiscard]] std::string number(double value);      // three digits
[[nodiscard]] std::string times_text(double times);  // "1000 times too large"
[[nodiscard]] std::string place(const core::Location& at);  // " (file:line)"

class Findings {
  public:
    explicit Findings(const scenario::Scenario& scenario) : scenario_(scenario) {}

    // `times` is how far off. One row is blamed once, for what it is furthest off.
    void say(bool error, double times, core::Location where, const std::string& key, std::string problem, std::string remedy);
    void say(bool error, double times, const std::string& key, std::string problem, std::string remedy);
    [[nodiscard]] bool refused() const;
    [[nodiscard]] core::Location where(const std::string& key) const { return scenario_.origin ? scenario_.origin(key) : core::Location{}; }
    [[nodiscard]] std::vector<core::Diagnostic> diagnostics() const;

  private:
    struct Finding {
        core::Diagnostic diagnostic;
        double times = 1;  // 1 or more
    };
    const scenario::Scenario& scenario_;
    std::vector<Finding> found_;
};

}  // namespace chokepoint::world

#pragma once
// What `validate` finds as JSON: the plan of each valid scenario, the errors of the others.

#include "plan.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/scenario_file.hpp"

#include <memory>
#include <string>

namespace chokepoint::cli {

// { "files": [...] }: path, valid, and either the plan with its warnings or the errors.
class PlansJson {
  public:
    PlansJson();
    ~PlansJson();
    PlansJson(const PlansJson&) = delete;
    PlansJson& operator=(const PlansJson&) = delete;
    void add(const std::string& path, const scenario::ScenarioFile& file, const scenario::Scenario& central,
             const world::Structure& structure);
    void add_invalid(const std::string& path, const core::InputError& error);
    [[nodiscard]] std::string text() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint::cli

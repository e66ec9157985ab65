#include "idle.hpp"

#include <fmt/format.h>

namespace chokepoint::scenario {

namespace {

class Idle {
  public:
    Idle(const Node& root, const Licensing& licensing, Report& report)
        : root_(root), licensing_(licensing), report_(report), path_("licensing." + licensing.id + ".")
    {
    }

    void check() const
    {
        if (licensing_.deadline_mode == DeadlineMode::kHard && licensing_.minimum_review_days > licensing_.deadline_days)
            warn("minimum_review", fmt::format("is longer than the hard deadline of {} wd (files are decided on the deadline)", licensing_.deadline_days),
                 "shorten it, or set deadline_mode to stop_clock or none");
        for (const Posture& posture : licensing_.postures) {
            if (posture.military > 0 && licensing_.defense != EndUseRule::kPosture)
                warn("postures." + posture.id + ".military", "does nothing, since end_use.defense does not say posture", "set end_use.defense to posture, or remove it");
        }
        for (const Priority& priority : licensing_.priorities) {
            if (priority.strict && priority.weight == 0)
                warn("priorities." + priority.id + ".strict", "does nothing at weight 0 (its files are never served)", "give it a weight above 0, or remove strict");
        }
    }

  private:
    void warn(const std::string& key, std::string problem, std::string remedy) const
    {
        report_.warning(mark_of_path(root_, path_ + key), path_ + key, std::move(problem), std::move(remedy));
    }

    const Node& root_;
    const Licensing& licensing_;
    Report& report_;
    std::string path_;
};

}  // namespace

void warn_of_idle_keys(const Scenario& scenario, const Node& root, Report& report)
{
    const Behaviour& b = scenario.behaviour;
    const auto warn = [&](bool idle, const std::string& key, std::string problem, std::string remedy) {
        if (idle) report.warning(mark_of_path(root, key), key, std::move(problem), std::move(remedy));
    };
    warn(b.composite && b.fixed_shares, "behaviour.sourcing.rule", "does nothing while fixed_shares is true (the mix of sources never changes)", "remove fixed_shares, or write rule: shares");
    warn(b.backlog_dropped && b.cancellation > 0, "behaviour.ordering.cancellation", "does nothing beside backlog: dropped (no order waits)", "remove one of the two");
    warn(b.instant_delivery && !b.counts_ordered, "behaviour.ordering.counts", "does nothing beside delivery: instant (nothing is on order overnight)", "remove one of the two");
    warn(b.home_reserve == 1, "behaviour.home_reserve", "leaves nothing for anyone abroad", "write less than 100 %");
    for (const Licensing& licensing : scenario.licensing) Idle(root, licensing, report).check();
}

}  // namespace chokepoint::scenario

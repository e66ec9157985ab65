#pragma once
// One authority on one day: files come in, move from desk to desk, are decided, and are remembered.
//
// Budget   each desk is credited c a working day: level x controlled base flow in grams (tonnage), or reviewers
//          times files a reviewer does (files). Credit left when nothing eligible waits lapses, else it carries over.
// Order    strict queues first; then the queue with the least cost served per weight and base flow (ties: lower row); inside a
//          queue in the order the files came. A queue is of the classes treated alike today; one of weight 0 is never served. What clients use comes before
//          what anyone restocks: a link is credited its base flow, up to `use_first` days of it, less what it is granted.
// Cost     of a day: the files that came, moved or left, times the classes waiting; not the length of the queues.
//          What waits to be restocked is looked through once on a working day. Days on which a posture, a list or an entity changes sweep the links of the authority once.
// Errors   none on valid state.

#include "chokepoint/dynamics/context.hpp"
#include "control.hpp"

#include <vector>

namespace chokepoint::dynamics {

class Desk {
  public:
    Desk(const world::Structure& structure, const StepContext& context, world::State& state, std::uint16_t index);
    void work();

  private:
    // desk.cpp: intake, the books of files, what a change of policy does
    void begin_day();
    void act_on_changes();
    void take_in();
    void file(std::uint32_t border, std::int64_t grams);
    void reach(std::uint32_t row, std::size_t stage);
    void join_queue(std::uint32_t row);
    void open_counter();
    void leave(const world::File& file);
    world::File take(world::Line& line);
    void close(std::uint32_t row);
    void void_files(std::uint32_t border);
    template <class Is>
    void release(Is is);
    [[nodiscard]] world::LicenceCounts& counts_of(std::uint32_t border);
    [[nodiscard]] world::LicenceCounts& counts_of(const world::ClassRow& row);

    // desk_queues.cpp: which files wait in one line
    void weigh_classes();
    [[nodiscard]] bool treated_alike(std::size_t p, std::size_t q) const;
    void form_queues();
    void regroup(world::StageState& stage, const std::vector<std::uint16_t>& before);

    // desk_review.cpp: budgets, clocks, whose turn it is
    void refuse_in_principle();
    void decide_overdue();
    void review(std::size_t stage);
    // Serves one line of every class; false once the budget does not reach for the file whose turn it is.
    [[nodiscard]] bool serve(std::size_t stage, int line, int latest, int latest_extra);
    void promote(world::ClassQueue& queue);
    [[nodiscard]] std::int64_t within_use(std::uint32_t border) const;
    [[nodiscard]] bool front_is_open(world::Line& line);
    [[nodiscard]] std::size_t next_class(std::size_t stage, int line, int latest, int latest_extra);
    [[nodiscard]] double credit_today(const world::StageRow& stage, double level) const;
    [[nodiscard]] static double cost(const world::StageRow& stage, const world::File& file);
    [[nodiscard]] int latest_submission(const core::WorkingCalendar& calendar, int working_days) const;
    [[nodiscard]] world::Listed listed(std::size_t klass) const;
    [[nodiscard]] const world::PostureRow& posture(const world::ClassRow& row) const;

    // desk_decision.cpp: granted, refused, returned, and what the file told
    void decide(const world::File& file);
    [[nodiscard]] double approval(const world::File& file, const world::ClassRow& row) const;
    void grant(const world::File& file);
    void refuse(const world::File& file);
    void tell_no(const world::File& file);
    void book_refusal(const world::File& file);
    void give_back(const world::File& file);
    [[nodiscard]] bool tells(std::uint32_t border) const;
    void disclose(const world::File& file);
    void record(const world::File& file, world::Outcome outcome);
    [[nodiscard]] std::int64_t clock_restarts(const world::File& file);
    [[nodiscard]] double draw(const world::File& file, std::uint32_t purpose) const;
    [[nodiscard]] bool lacks_documents(const world::File& file) const;
    void file_again(const world::File& file);

    // desk_licences.cpp: licences from grant to the day they lapse
    void issue_due();
    void issue(std::uint32_t border, std::int64_t grams);
    [[nodiscard]] std::int64_t unused(const world::Licence& licence) const;
    void lapse_due();
    void void_licence(std::uint32_t border, std::int64_t grams);
    template <class Is>
    void revoke(Is is);
    void revoke_toward(std::uint16_t destination);
    void revoke_listed(std::size_t entity);
    void end_general_toward(std::uint16_t destination);
    void end_general_listed(std::size_t entity);
    void consider_general(const world::File& file);
    void release_customs();
    [[nodiscard]] int licence_day();
    [[nodiscard]] int after_working_days(int n) const;

    const world::Structure& structure_;
    const StepContext& context_;
    const world::Control& control_;
    world::State& state_;  // for routes only: the rest is reached through the two below
    std::uint16_t index_;
    world::AuthorityState& authority_;
    world::BorderState& border_;
    const std::vector<std::vector<world::HandedIn>>& handed_in_;
    std::vector<double> weight_;            // [classes] today
    std::vector<std::uint8_t> strict_;      // [classes] today
    std::vector<std::int64_t> base_flow_;   // [classes] of all that wait in the queue of this one [g/d], at least 1
    std::vector<std::uint32_t> promoted_;   // scratch
    std::vector<std::size_t> waiting_;      // queues with files at the desk at work
    std::vector<double> overdue_;           // [stages] cost of what a hard clock decided today
    std::vector<int> restarts_;             // latest submission day whose clock has run out once, twice, ...
    int licence_day_ = -1, refile_day_ = -1;  // of what is granted or sent back today, found once
};

}  // namespace chokepoint::dynamics

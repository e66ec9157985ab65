#pragma once
// How far a run is: a bar with the time left on a terminal, a plain line about every tenth elsewhere.
//
// The time left is shown once three members are done here (resumed ones say nothing about speed).
// Called from one thread at a time.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace chokepoint::cli {

// Seconds left, from the members done in `elapsed` seconds; empty before the third.
[[nodiscard]] std::optional<double> seconds_left(std::uint32_t done_here, std::uint32_t left, double elapsed);
// "name  [=====     ]  50 %  200 of 400 members, 12 s left"
[[nodiscard]] std::string progress_bar(const std::string& name, std::uint32_t done, std::uint32_t total,
                                       std::optional<double> left);

class Progress {
  public:
    Progress(std::string name, bool terminal);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::uint32_t done, std::uint32_t total);
    // Ends the bar, so that other lines may follow.
    void finish();

  private:
    std::string name_;
    bool terminal_, drawn_ = false;
    std::optional<std::uint32_t> resumed_;
    std::uint32_t tenth_ = 0;
    std::chrono::steady_clock::time_point begun_, redrawn_;
};

}  // namespace chokepoint::cli

#pragma once
// Ctrl-C and SIGTERM ask the run to stop after the members under way; a second one ends it at once.

#include "exit_code.hpp"

#include <signal.h>

namespace chokepoint::cli {

// Handles both signals as long as it lives. One at a time.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] bool requested() const;
    // kInterrupted or kTerminated once requested, kDone before.
    [[nodiscard]] ExitCode exit_code() const;

  private:
    struct sigaction before_int_ {
    }, before_term_{};
};

}  // namespace chokepoint::cli

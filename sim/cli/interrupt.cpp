#include "interrupt.hpp"

#include <atomic>

namespace chokepoint::cli {

namespace {

// A signal handler reaches nothing but what lies at a fixed address.
std::atomic<int> caught_signal = 0;
static_assert(std::atomic<int>::is_always_lock_free);

void remember(int signal) { caught_signal = signal; }

}  // namespace

Interrupt::Interrupt()
{
    caught_signal = 0;
    struct sigaction action {};
    action.sa_handler = remember;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);  // reset: the second one kills
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &before_int_);
    sigaction(SIGTERM, &action, &before_term_);
    // A shell starts background jobs with SIGINT ignored: leave it so.
    if (before_int_.sa_handler == SIG_IGN) sigaction(SIGINT, &before_int_, nullptr);
}

Interrupt::~Interrupt()
{
    sigaction(SIGINT, &before_int_, nullptr);
    sigaction(SIGTERM, &before_term_, nullptr);
}

bool Interrupt::requested() const { return caught_signal != 0; }

ExitCode Interrupt::exit_code() const
{
    if (caught_signal == SIGTERM) return ExitCode::kTerminated;
    return caught_signal == SIGINT ? ExitCode::kInterrupted : ExitCode::kDone;
}

}  // namespace chokepoint::cli

#include "progress.hpp"

#include "format.hpp"
#include "talk.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace chokepoint::cli {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint32_t kMembersBeforeEta = 3;
constexpr std::uint32_t kBarWidth = 30;
constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::chrono::seconds kPlainLines{1};  // at most one a second

double seconds_since(Clock::time_point then)
{
    return std::chrono::duration<double>(Clock::now() - then).count();
}

}  // namespace

std::optional<double> seconds_left(std::uint32_t done_here, std::uint32_t left, double elapsed)
{
    if (done_here < kMembersBeforeEta) return std::nullopt;
    return elapsed / done_here * left;
}

std::string progress_bar(const std::string& name, std::uint32_t done, std::uint32_t total,
                         std::optional<double> left)
{
    const std::uint32_t filled = total == 0 ? kBarWidth : kBarWidth * done / total;
    std::string line = fmt::format("{}  [{}{}]  {} of {}", name, std::string(filled, '='),
                                   std::string(kBarWidth - filled, ' '), done, counted_text(total, "member"));
    if (left && done < total) line += fmt::format(", {} left", duration_text(*left));
    return line;
}

Progress::Progress(std::string name, bool terminal)
    : name_(std::move(name)),
      terminal_(terminal),
      begun_(Clock::now()),
      redrawn_(begun_)
{}

Progress::~Progress() { finish(); }

void Progress::update(std::uint32_t done, std::uint32_t total)
{
    const bool first = !resumed_;
    if (first) {
        resumed_ = done;
        tenth_ = total == 0 ? 0 : 10 * done / total;
        if (done > 0) say(fmt::format("{}: {} of {} {} done already", name_, done, counted_text(total, "member"),
                                      done == 1 ? "is" : "are"));
    }
    const double elapsed = seconds_since(begun_);
    if (terminal_) {
        if (!first && done < total && Clock::now() - redrawn_ < kRedraw) return;
        redrawn_ = Clock::now();
        drawn_ = true;
        const auto left = seconds_left(done - *resumed_, total - done, elapsed);
        talk("\r{}\x1b[K", progress_bar(emphasised(name_), done, total, left));
        std::fflush(stderr);
        return;
    }
    const std::uint32_t tenth = total == 0 ? 0 : 10 * done / total;
    const bool last = done == total;
    if (first || (!last && (tenth == tenth_ || Clock::now() - redrawn_ < kPlainLines))) return;
    tenth_ = tenth;
    redrawn_ = Clock::now();
    say(fmt::format("{}: {} of {} in {}", name_, done, counted_text(total, "member"), duration_text(elapsed)));
}

void Progress::finish()
{
    if (drawn_) talk("\n");
    drawn_ = false;
}

}  // namespace chokepoint::cli

#include "chokepoint/ensemble/run.hpp"

#include "chokepoint/core/parallel.hpp"
#include "chokepoint/record/part_file.hpp"
#include "chokepoint/record/result_file.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <mutex>
#include <numeric>
#include <optional>

namespace chokepoint::ensemble {

namespace {

record::MemberResult run_member(const MemberRunner& runner, std::uint32_t member)
{
    try {
        record::MemberResult result = runner(member);
        result.member = member;
        return result;
    } catch (const std::exception& error) {
        return record::failed_member(member, error.what());
    } catch (...) {
        return record::failed_member(member, "unknown error");
    }
}

std::vector<std::uint32_t> wanted_members(const RunOptions& options, std::uint32_t requested)
{
    if (!options.members.empty()) return options.members;
    std::vector<std::uint32_t> all(requested);
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

// Members are handed out in ascending order, one at a time to each worker.
class Queue {
  public:
    Queue(std::vector<std::uint32_t> members, const std::function<bool()>& stop)
        : members_(std::move(members)),
          stop_(stop)
    {}
    std::optional<std::uint32_t> next()
    {
        if (failed_ || (stop_ && stop_())) return std::nullopt;
        const std::size_t at = next_++;
        return at < members_.size() ? std::optional(members_[at]) : std::nullopt;
    }
    void abandon() { failed_ = true; }
    [[nodiscard]] std::size_t size() const { return members_.size(); }

  private:
    std::vector<std::uint32_t> members_;
    const std::function<bool()>& stop_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> failed_ = false;
};

// Runs what is left of the queue; returns how many members were finished.
std::size_t run_queue(Queue& queue, const record::MemberLayout& layout, record::PartWriter& part,
                      const MemberRunner& runner, const RunOptions& options, std::uint32_t resumed)
{
    std::mutex one_writer;
    std::size_t finished = 0;
    std::exception_ptr failure;
    const auto total = static_cast<std::uint32_t>(resumed + queue.size());
    const auto work = [&] {
        while (const auto member = queue.next()) {
            const auto bytes = record::encode_member(run_member(runner, *member), layout);
            const std::lock_guard lock(one_writer);
            part.append(*member, bytes);
            ++finished;
            if (options.progress) options.progress(resumed + static_cast<std::uint32_t>(finished), total);
        }
    };
    const int threads = options.threads > 0 ? options.threads : core::default_threads();
    const std::size_t workers = std::clamp<std::size_t>(queue.size(), 1, static_cast<std::size_t>(threads));
    core::parallel_for(workers, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t worker = begin; worker < end; ++worker) {
            try {
                work();
            } catch (...) {  // the other workers stop after their member; the first error goes up
                queue.abandon();
                const std::lock_guard lock(one_writer);
                if (!failure) failure = std::current_exception();
            }
        }
    });
    if (failure) std::rethrow_exception(failure);
    return finished;
}

void collect(const record::PartReader& part, Outcome& outcome)
{
    for (const auto member : part.members()) {
        auto front = part.read_front(member);
        if (front.status == record::MemberStatus::kDone) {
            outcome.done.push_back(member);
            outcome.metrics.push_back(std::move(front.metrics));
        } else {
            outcome.failures.emplace_back(member, front.error);
        }
    }
}

}  // namespace

Outcome run(const record::ResultHeader& header, const record::Axes& axes, const MemberRunner& runner,
            const RunOptions& options)
{
    const record::MemberLayout layout(axes);
    const record::PartKey key = record::part_key(header.run_id, axes);
    const std::string part_path = options.path + ".part";
    Outcome outcome;
    core::with_threads(options.threads, [&] {
        record::PartWriter part(part_path, key, layout, options.resume);
        std::vector<std::uint32_t> left = wanted_members(options, header.members_requested);
        const std::size_t all = left.size();
        std::erase_if(left, [&](std::uint32_t member) {
            return std::binary_search(part.resumed().begin(), part.resumed().end(), member);
        });
        outcome.resumed = static_cast<std::uint32_t>(all - left.size());
        if (options.progress) options.progress(outcome.resumed, static_cast<std::uint32_t>(all));
        Queue queue(std::move(left), options.stop_requested);
        const std::size_t finished = run_queue(queue, layout, part, runner, options, outcome.resumed);
        part.sync();
        outcome.interrupted = finished < queue.size();

        std::vector<record::PartReader> parts;
        parts.emplace_back(part_path, key, layout);
        collect(parts.front(), outcome);
        if (outcome.interrupted || !options.write_final) return;
        record::write_result(options.path, header, axes, parts);
        std::remove(part_path.c_str());
    });
    return outcome;
}

}  // namespace chokepoint::ensemble

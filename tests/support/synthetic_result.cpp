// synthetic_result FILE MEMBERS [threads=N] [resume] [slow] [fail=M] [limit=BYTES]: writes a result
// without a simulation; `slow` sleeps in each member, so that a test can kill it.
// synthetic_result inspect FILE: what the reader finds wrong.
// synthetic_result reference: the reference page of all variables.

#include "support/synthetic_run.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/record/result_file.hpp"
#include "chokepoint/record/variables.hpp"

#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <thread>

using namespace chokepoint;

namespace {

struct Arguments {
    ensemble::RunOptions options;
    std::uint32_t members = 0;
    bool slow = false;
    long fail = -1;
};

Arguments parse(int argc, char** argv)
{
    Arguments out;
    out.options.path = argv[1];
    out.members = static_cast<std::uint32_t>(std::stoul(argv[2]));
    for (int i = 3; i < argc; ++i) {
        const std::string word = argv[i];
        const std::string value = word.substr(word.find('=') + 1);
        if (word == "resume") out.options.resume = true;
        if (word == "slow") out.slow = true;
        if (word.starts_with("threads=")) out.options.threads = std::stoi(value);
        if (word.starts_with("fail=")) out.fail = std::stol(value);
        if (word.starts_with("limit=")) {
            const rlimit limit{std::stoul(value), std::stoul(value)};
            std::signal(SIGXFSZ, SIG_IGN);  // a write over the limit then fails with an error
            setrlimit(RLIMIT_FSIZE, &limit);
        }
    }
    return out;
}

int inspect(const std::string& path)
{
    const auto summary = record::read_summary(path);
    for (const auto& [name, value] : summary.attributes) std::cout << name << ": " << value << '\n';
    for (const auto& problem : summary.problems) std::cout << "problem: " << problem << '\n';
    return summary.problems.empty() ? 0 : 1;
}

int write(const Arguments& arguments)
{
    const auto structure = support::synthetic_structure();
    const auto outcome = ensemble::run(
        support::synthetic_header(arguments.members), record::axes_of(structure),
        [&](std::uint32_t member) {
            if (arguments.slow) std::this_thread::sleep_for(std::chrono::milliseconds(50));
            if (static_cast<long>(member) == arguments.fail)
                throw std::runtime_error("mass is not conserved");
            return support::synthetic_member(structure, member);
        },
        arguments.options);
    std::cout << "resumed " << outcome.resumed << '\n';
    return outcome.complete() ? 0 : 5;
}

}  // namespace

int main(int argc, char** argv)
try {
    const std::string command = argc > 1 ? argv[1] : "";
    if (command == "reference") {
        std::cout << record::results_reference();
        return 0;
    }
    if (argc < 3) return 2;
    return command == "inspect" ? inspect(argv[2]) : write(parse(argc, argv));
} catch (const core::EnvironmentError& error) {
    std::cerr << error.what() << '\n';
    return 4;
}

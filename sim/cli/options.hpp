#pragma once
// The options of one command: declared, parsed, helped. The only door to CLI11.
//
// Names read as "-j,--threads". A value is written where it was declared to go. What is wrong on the
// command line throws UsageError with a remedy; CLI11 itself suggests nothing and has its own codes.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace chokepoint::cli {

class UsageError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Whole number in [low, high], decimal digits only; throws UsageError naming `what`.
[[nodiscard]] std::uint64_t whole_number(const std::string& what, const std::string& text, std::uint64_t low,
                                         std::uint64_t high);

class Options {
  public:
    Options(std::string command, const std::string& summary);
    ~Options();
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;

    void flag(const std::string& names, bool& value, const std::string& help);
    void text(const std::string& names, const std::string& placeholder, std::string& value,
              const std::string& help);
    void number(const std::string& names, const std::string& placeholder, std::optional<std::uint64_t>& value,
                std::uint64_t low, std::uint64_t high, const std::string& help);
    // May be given again and again.
    void list(const std::string& names, const std::string& placeholder, std::vector<std::string>& values,
              const std::string& help);
    void positional(const std::string& placeholder, std::vector<std::string>& values, int at_least,
                    int at_most, const std::string& help);
    // Lines shown below the options in the help.
    void footer(const std::string& text);

    // False when help was asked for, and printed on stdout.
    [[nodiscard]] bool parse(std::span<const std::string> arguments);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

inline constexpr int kAnyNumber = 1 << 20;

}  // namespace chokepoint::cli

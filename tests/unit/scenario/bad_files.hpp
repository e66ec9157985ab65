#pragma once
// Every file of a folder such as tests/scenarios/bad opens with what it must be told, and its remedy must mend it.
//
//   # expect: LINE:COL: key.path: text        the start of a message, in the order of the messages
//   # expect: FILE:LINE:COL: key.path: text   the same, in another file
//   # set: key=value                          an override given on the command line
//   # fix: old => new                         the remedy in words, as an edit (\n, \t, \s, \xHH escaped)
//   # drop: START                             the remedy removes the lines that start so
//   # append: text                            the remedy adds lines
// Without fix, drop or append the remedy must quote its replacement, and that is put in place.

#include "chokepoint/core/error.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::test {

// The diagnostics a file gives with overrides; none when it is right.
using ErrorsOf = std::function<std::vector<core::Diagnostic>(const std::filesystem::path&, const std::vector<std::string>&)>;

// Checks every file of a folder, which must hold at least so many.
void check_bad_files(const std::filesystem::path& bad_folder, std::size_t at_least, const ErrorsOf& errors_of);

}  // namespace chokepoint::test

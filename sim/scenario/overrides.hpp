#pragma once
// --set a.b.c=value: one value laid over the merged tree.
//
// An override changes or adds a key of the grammar; it never creates a named thing, so a misspelt id
// is an error. The value is YAML: a scalar, a list or map in brackets, or null to remove.

#include "fields.hpp"
#include "files.hpp"
#include "node.hpp"
#include "report.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint::scenario {

// An error where an expression sets a key that an earlier one set: which of the two is meant is not to be guessed.
void refuse_twice(const std::vector<std::string>& expressions, Files& files, const std::filesystem::path& directory, Report& report);

// tree: the keys the file may have.
void apply_override(Node& root, const std::string& expression, int number, Files& files,
                    const std::filesystem::path& directory, Report& report, const FieldNode& tree = field_tree());

}  // namespace chokepoint::scenario

#pragma once
// The tree of a scenario file, free of any YAML library: every node knows where it was written.

#include "chokepoint/core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::scenario {

struct Distribution;
struct Field;

// One text that was read: a file or a --set expression. Outlives the nodes that point to it.
struct SourceText {
    std::string name;                 // path as named, or "--set N"
    std::string text;                 // all bytes
    std::filesystem::path directory;  // where paths named in it are looked up first
    bool is_override = false;

    [[nodiscard]] std::string line(int number) const;  // counts from 1, without the line end
};

struct Mark {
    const SourceText* source = nullptr;
    int line = 0;    // counts from 1; 0 = the text as a whole
    int column = 0;  // [byte] counts from 1
    int width = 1;   // [byte]

    [[nodiscard]] core::Location location() const;
};

struct Entry;

struct Node {
    enum class Kind { kNull, kScalar, kMap, kList };
    Kind kind = Kind::kNull;
    std::string text;       // scalar
    bool quoted = false;    // scalar was written in quotes
    bool from_table = false;  // filled in from the default of the field table
    Mark mark;
    std::vector<Entry> entries;  // map, in file order
    std::vector<Node> items;     // list

    // Set by the checks.
    const Field* field = nullptr;
    double value = 0;    // number in model units; median where a distribution stands
    std::string unit;    // unit the value is in where the field allows several (amounts)
    std::shared_ptr<const Distribution> distribution;
    int draw = -1;  // index into the member's draws

    [[nodiscard]] bool is_scalar() const { return kind == Kind::kScalar; }
    [[nodiscard]] bool is_map() const { return kind == Kind::kMap; }
    [[nodiscard]] bool is_list() const { return kind == Kind::kList; }
    [[nodiscard]] const Entry* entry(std::string_view key) const;
    [[nodiscard]] Entry* entry(std::string_view key);
    [[nodiscard]] const Node* find(std::string_view key) const;
    [[nodiscard]] Node* find(std::string_view key);
    [[nodiscard]] std::int64_t size() const;  // nodes in this subtree
};

struct Entry {
    std::string key;
    Mark key_mark;
    Node value;

    // Where to point for the entry as a whole: its key for a map, else its value.
    [[nodiscard]] const Mark& mark() const { return value.is_map() ? key_mark : value.mark; }
};

[[nodiscard]] std::vector<std::string> split_path(std::string_view dotted);
[[nodiscard]] std::string join_path(const std::string& parent, std::string_view key);
// The node at a dotted path (numbers index lists), or null.
[[nodiscard]] const Node* find_path(const Node& root, std::string_view dotted);
[[nodiscard]] Node* find_path(Node& root, std::string_view dotted);
// Where the path was set, or its nearest existing ancestor.
[[nodiscard]] Mark mark_of_path(const Node& root, std::string_view dotted);

}  // namespace chokepoint::scenario

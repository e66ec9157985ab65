#pragma once
// The one table of scenario keys: type, unit, default, bounds, one sentence.
//
// From it come the checks, "unknown key; did you mean", the defaults, the JSON Schema, the key
// reference, explain and completion. A key is written here and nowhere else; decoders read values by
// name and find the default already in the tree.

#include "quantity.hpp"

#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::scenario {

enum class FieldKind {
    kText,       // any scalar
    kHs,         // customs code: quoted text of 6 to 10 digits
    kWord,       // one of `words`
    kDate,       // ISO date
    kFlag,       // true | false
    kCount,      // whole number, bare
    kQuantity,   // number with a unit (or bare), or a distribution
    kCover,      // days, or a distribution over the firms of the block
    kReference,  // id of one of `refers_to`
    kReferences, // one id or a list of ids of `refers_to`
    kWords,      // a list of texts
    kCounts,     // a list of bare counts
    kShares,     // a list of quantities
    kPath,       // a CSV file
    kSources,    // one source key or a list
    kBlock,      // a map with the keys of the table below it
    kMap,        // a map of named things
    kVary,       // dotted path -> distribution
};

enum class Presence { kRequired, kOptional, kDefault };

struct Field {
    std::string path;  // pattern; * stands for an id
    FieldKind kind = FieldKind::kText;
    Dimension dimension = Dimension::kBare;
    Presence presence = Presence::kOptional;
    std::string fallback;  // YAML text of the default
    double low = -std::numeric_limits<double>::infinity();  // bounds in model units, inclusive
    double high = std::numeric_limits<double>::infinity();
    bool open_low = false;     // the lower bound itself is refused
    bool whole = false;        // whole numbers only
    bool varies = true;        // a distribution may stand here
    std::vector<std::string> words;      // kWord: the choices
    std::vector<std::string> refers_to;  // kReference(s): maps of ids; kMap: what its keys must name
    std::string short_for;  // block: a bare value stands for this key of it
    std::string sentence;   // what it means
    std::string symbol;     // as sim/MODEL.md writes it
    std::string range;      // assumption range of a model parameter
    std::string basis;      // where the default and range come from

    // Builders, so that the table reads as one line per key.
    Field& optional() { presence = Presence::kOptional; return *this; }
    Field& defaults(std::string text) { presence = Presence::kDefault; fallback = std::move(text); return *this; }
    Field& bounds(double from, double to) { low = from; high = to; return *this; }
    Field& above(double from) { low = from; open_low = true; return *this; }
    Field& whole_number() { whole = true; return *this; }
    Field& fixed() { varies = false; return *this; }
    Field& shorthand(std::string key) { short_for = std::move(key); return *this; }
    Field& keys_of(std::vector<std::string> maps) { refers_to = std::move(maps); return *this; }
    Field& as(std::string text) { symbol = std::move(text); return *this; }
    Field& assumed(std::string range_text, std::string source) { range = std::move(range_text); basis = std::move(source); return *this; }
};

// The table as a tree: one node per key pattern.
struct FieldNode {
    Field field;
    std::vector<std::pair<std::string, std::unique_ptr<FieldNode>>> children;  // in table order; "*" for ids

    [[nodiscard]] const FieldNode* child(std::string_view key) const;     // exact key
    [[nodiscard]] const FieldNode* child_for(std::string_view key) const;  // exact key, else "*"
    [[nodiscard]] std::vector<std::string> child_keys() const;
};

[[nodiscard]] const std::vector<Field>& field_table();
[[nodiscard]] const FieldNode& field_tree();
// The tree of a table.
[[nodiscard]] std::unique_ptr<FieldNode> tree_of(const std::vector<Field>& table);
// The field of a concrete path such as licensing.mofcom_18.deadline, or null.
[[nodiscard]] const FieldNode* field_at(std::string_view dotted);

// Sections of the table, one source each.
void add_frame_fields(std::vector<Field>& table);      // top level, time, world, ensemble, output
void add_place_fields(std::vector<Field>& table);      // regions, products, families, transit
void add_firm_fields(std::vector<Field>& table);       // producers, exporters, importers, buyers
void add_licensing_fields(std::vector<Field>& table);  // licensing
void add_regime_fields(std::vector<Field>& table);     // licensing: regimes
void add_policy_fields(std::vector<Field>& table);     // tariffs
void add_route_fields(std::vector<Field>& table);      // routes, enforcement
void add_rule_fields(std::vector<Field>& table);       // flags, commitments, rules
void add_supply_fields(std::vector<Field>& table);    // projects, stretch, investment
void add_stockpile_fields(std::vector<Field>& table); // stockpiles
void add_behaviour_fields(std::vector<Field>& table);  // behaviour
void add_conduct_fields(std::vector<Field>& table);    // behaviour: production
void add_buyer_conduct_fields(std::vector<Field>& table);  // the same for one block of buyers

// Makers of table lines.
[[nodiscard]] Field text(std::string path, std::string sentence);
[[nodiscard]] Field word(std::string path, std::vector<std::string> words, std::string sentence);
[[nodiscard]] Field date(std::string path, std::string sentence);
[[nodiscard]] Field flag(std::string path, std::string fallback, std::string sentence);
[[nodiscard]] Field count(std::string path, std::string sentence);
[[nodiscard]] Field quantity(std::string path, Dimension dimension, std::string sentence);
[[nodiscard]] Field reference(std::string path, std::vector<std::string> maps, std::string sentence);
[[nodiscard]] Field references(std::string path, std::vector<std::string> maps, std::string sentence);
[[nodiscard]] Field of_kind(FieldKind kind, std::string path, std::string sentence);
[[nodiscard]] Field block(std::string path, std::string sentence);  // filled with its defaults when absent
[[nodiscard]] Field map_of(std::string path, std::string sentence);
// The keys every named thing may carry: source and note.
void add_notes(std::vector<Field>& table, const std::string& path);

}  // namespace chokepoint::scenario

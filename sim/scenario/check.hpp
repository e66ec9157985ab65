#pragma once
// The tree against the field table: unknown and missing keys, types, units, bounds, references.
//
// Fills in the defaults and stores the parsed number of every value in its node, so that decoding reads
// numbers and never text. What depends on several keys at once is checked later (semantics.hpp).

#include "fields.hpp"
#include "node.hpp"
#include "report.hpp"

#include <string>
#include <vector>

namespace chokepoint::scenario {

class Checker {
  public:
    // source_keys: the keys of data/sources.csv; empty when there is no such file (then not checked).
    // tree: the keys the file may have, those of a scenario unless it says otherwise.
    Checker(Node& root, std::vector<std::string> source_keys, Report& report, const FieldNode& tree = field_tree())
        : root_(root), source_keys_(std::move(source_keys)), report_(report), tree_(tree) {}

    void check();
    // Replaces the values named under ensemble.vary by their distributions; after check().
    void apply_vary();

  private:
    void check_block(Node& node, const FieldNode& field, const std::string& path, const Mark& at);
    void check_map(Node& node, const FieldNode& field, const std::string& path);
    void add_missing(Node& node, const FieldNode& field, const std::string& path, const Mark& at);
    void check_value(Entry& entry, const FieldNode& field, const std::string& path);
    void check_scalar(Node& node, const Field& field, const std::string& path);
    void check_word(const Node& node, const Field& field, const std::string& path);
    void check_date(Node& node, const Field& field, const std::string& path);
    void check_count(Node& node, const Field& field, const std::string& path);
    void check_hs(const Node& node, const std::string& path);
    void check_quantity(Node& node, const Field& field, const std::string& path);
    void check_cover(Node& node, const FieldNode& field, const std::string& path);
    void check_list(Node& node, const Field& field, const std::string& path);
    void check_reference(const Node& node, const Field& field, const std::string& path);
    void check_source(const Node& node, const std::string& path);
    void check_id(const Entry& entry, const FieldNode& map, const std::string& path);
    void vary_one(const Entry& entry);
    [[nodiscard]] bool is_inherited(const Mark& mark) const;
    [[nodiscard]] static std::string take_out(const std::string& path);
    [[nodiscard]] bool wants_scalar(const Node& node, const Field& field, const std::string& path);
    [[nodiscard]] std::vector<std::string> ids_of(const std::vector<std::string>& maps) const;

    Node& root_;
    std::vector<std::string> source_keys_;
    Report& report_;
    const FieldNode& tree_;
};

// Reads { uniform: [...] } for a field; null after reporting. Parameters are in model units and inside
// the bounds of the field; `unit` is the unit of the values.
[[nodiscard]] std::shared_ptr<const Distribution> read_distribution(const Node& node, const Field& field, const std::string& path,
                                                                    std::string& unit, Report& report);
// One number of a field, from a scalar; reports what is wrong with it.
[[nodiscard]] std::optional<Quantity> read_field_number(const Node& node, const Field& field, const std::string& path, Report& report);

}  // namespace chokepoint::scenario

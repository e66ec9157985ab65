#include "overrides.hpp"

#include "fields.hpp"
#include "merge.hpp"
#include "chokepoint/core/suggest.hpp"
#include "yaml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint::scenario {

namespace {
std::vector<std::string> keys_of(const Node& node)
{
    std::vector<std::string> out;
    for (const Entry& entry : node.entries) out.push_back(entry.key);
    return out;
}

// The keys of a path; what follows ensemble.vary is itself a path and one key.
std::vector<std::string> steps_of(const std::string& path)
{
    const std::string vary = "ensemble.vary.";
    if (path.starts_with(vary)) return {"ensemble", "vary", path.substr(vary.size())};
    return split_path(path);
}

void put(Node& parent, const std::string& key, Node value, const Mark& mark)
{
    if (Entry* old = parent.entry(key)) {
        *old = {key, mark, std::move(value)};
    } else {
        parent.entries.push_back({key, mark, std::move(value)});
    }
}

// What is set by hand no longer varies: the distributions that ensemble.vary names at or below the path go, so
// that the merged scenario, written out, says what runs.
void stop_varying(Node& root, const std::string& path, const Mark& by, Report& report)
{
    Node* vary = find_path(root, "ensemble.vary");
    if (vary == nullptr || path.starts_with("ensemble")) return;
    std::erase_if(vary->entries, [&](const Entry& entry) {
        if (entry.key != path && !entry.key.starts_with(path + ".")) return false;
        const std::string below = entry.key == path ? "it" : entry.key;
        report.warning(entry.key_mark, "ensemble.vary." + entry.key, fmt::format("{} is set by {}, so {} no longer varies", path, by.location().file, below));
        return true;
    });
}

class Override {
  public:
    Override(Node& root, const FieldNode& tree, const Mark& mark, Report& report) : node_(&root), field_(&tree), mark_(mark), report_(report) {}

    // Moves to the map that holds the last step; false after reporting when there is no way.
    bool descend(const std::string& key)
    {
        if (!known(key)) return false;
        const FieldNode* below = field_->child_for(key);
        Node* next = node_->find(key);
        if (next == nullptr) {
            Node map;
            map.kind = Node::Kind::kMap;
            map.mark = mark_;
            put(*node_, key, std::move(map), mark_);
            next = node_->find(key);
        }
        expand_shorthand(*next, below->field);
        path_ = join_path(path_, key);
        if (!next->is_map()) {
            report_.error(mark_, path_, "this key has no keys of its own", "set the key itself");
            return false;
        }
        node_ = next;
        field_ = below;
        return true;
    }

    void finish(const std::string& key, Node value)
    {
        if (!known(key)) return;
        if (value.kind != Node::Kind::kNull) {
            put(*node_, key, std::move(value), mark_);
        } else if (std::erase_if(node_->entries, [&key](const Entry& e) { return e.key == key; }) == 0) {
            report_.error(mark_, join_path(path_, key), "there is nothing to remove here", core::did_you_mean(key, keys_of(*node_), "keys set"));
        }
    }

  private:
    bool known(const std::string& key)
    {
        const std::string here = join_path(path_, key);
        if (field_->child(key) != nullptr || node_->find(key) != nullptr) return field_->child_for(key) != nullptr || unknown(here, key);
        if (field_->field.kind == FieldKind::kVary || (field_->field.kind == FieldKind::kMap && !field_->field.refers_to.empty())) return true;
        return unknown(here, key);
    }

    bool unknown(const std::string& here, const std::string& key)
    {
        std::vector<std::string> candidates = keys_of(*node_);
        for (std::string& name : field_->child_keys()) candidates.push_back(std::move(name));
        report_.error(mark_, here, "there is nothing of this name to set", core::did_you_mean(key, candidates, "keys"));
        return false;
    }

    Node* node_;
    const FieldNode* field_;
    Mark mark_;
    Report& report_;
    std::string path_;
};
}  // namespace

void refuse_twice(const std::vector<std::string>& expressions, Files& files, const std::filesystem::path& directory, Report& report)
{
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < expressions.size(); ++i) {
        const std::size_t equals = expressions[i].find('=');
        if (equals == std::string::npos) continue;
        const std::string path = expressions[i].substr(0, equals);
        const auto [at, is_new] = first.emplace(path, i + 1);
        if (is_new) continue;
        const SourceText& source = files.keep(fmt::format("--set {}", i + 1), expressions[i].substr(equals + 1), directory);
        report.error({&source, 0, 0, 1}, path, fmt::format("is set twice (first by --set {})", at->second), "keep one of the two");
    }
}

void apply_override(Node& root, const std::string& expression, int number, Files& files,
                    const std::filesystem::path& directory, Report& report, const FieldNode& tree)
{
    const std::size_t equals = expression.find('=');
    const std::string path = expression.substr(0, equals);
    const SourceText& source = files.keep(fmt::format("--set {}", number), equals == std::string::npos ? "" : expression.substr(equals + 1), directory);
    const Mark mark{&source, 0, 0, 1};
    if (equals == std::string::npos || path.empty() || equals + 1 == expression.size()) {
        report.error(mark, "", fmt::format("\"{}\" is not KEY=VALUE", expression), "write --set key.path=value");
        return;
    }
    const std::size_t before = report.errors();
    Node value = read_yaml(source, report);
    if (report.errors() > before) return;
    const std::vector<std::string> steps = steps_of(path);
    const bool well_formed = !path.ends_with('.') && std::none_of(steps.begin(), steps.end(), [](const std::string& s) { return s.empty(); });
    if (!well_formed || steps.front() == "extends") {
        report.error(mark, path, "this path cannot be set", "write --set key.path=value");
        return;
    }
    Override walk(root, tree, mark, report);
    for (std::size_t i = 0; i + 1 < steps.size(); ++i)
        if (!walk.descend(steps[i])) return;
    const std::size_t unfinished = report.errors();
    walk.finish(steps.back(), std::move(value));
    if (report.errors() == unfinished) stop_varying(root, path, mark, report);
}

}  // namespace chokepoint::scenario

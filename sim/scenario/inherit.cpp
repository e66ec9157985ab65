#include "inherit.hpp"

#include "fields.hpp"
#include "merge.hpp"
#include "yaml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

namespace chokepoint::scenario {

namespace {
// The grammar version belongs to each file; parents may name themselves, children override it.
class Reader {
  public:
    Reader(Files& files, Report& report) : files_(files), report_(report) {}

    // `alone`, where given, receives the parents before the file is laid over them.
    Node read(const SourceText& source, Node* alone = nullptr)
    {
        const std::size_t before = report_.errors();
        Node own = read_yaml(source, report_);
        if (report_.errors() > before || !own.is_map()) return own;
        require_own(own, source);
        chain_.push_back(files_.identity(source));
        Node merged;
        merged.kind = Node::Kind::kMap;
        merged.mark = own.mark;
        for (const Node& parent : parents(own)) {
            if (const SourceText* text = parent_text(parent)) {
                Node tree = read(*text);
                if (tree.is_map()) merge_tree(merged, std::move(tree), &field_tree(), "", report_);
            }
        }
        chain_.pop_back();
        if (alone != nullptr && own.find("extends") != nullptr) *alone = merged;
        std::erase_if(own.entries, [](const Entry& entry) { return entry.key == "extends"; });
        if (report_.errors() == before) merge_tree(merged, std::move(own), &field_tree(), "", report_);
        return merged;
    }

  private:
    // A name taken from the parent would write the parent's result.
    void require_own(const Node& own, const SourceText& source)
    {
        for (const std::string key : {"chokepoint", "name"}) {
            if (own.find(key) != nullptr) continue;
            std::string sentence = field_tree().child(key)->field.sentence;
            sentence = sentence.substr(0, sentence.find_first_of(".;:"));
            const std::string value = key == "name" ? std::filesystem::path(source.name).stem().string() : "1";
            report_.error(own.mark, key, fmt::format("is missing ({}; every file states its own)", sentence), fmt::format("add {}: {}", key, value));
        }
    }

    std::vector<Node> parents(const Node& own)
    {
        const Node* extends = own.find("extends");
        if (extends == nullptr) return {};
        std::vector<Node> out = extends->is_list() ? extends->items : std::vector<Node>{*extends};
        const bool all_names = std::all_of(out.begin(), out.end(), [](const Node& n) { return n.is_scalar(); });
        if (all_names && !out.empty()) return out;
        report_.error(extends->mark, "extends", "extends names one parent file, or a list of them", "write extends: parent.yaml");
        return {};
    }

    const SourceText* parent_text(const Node& name)
    {
        if (chain_.size() > kDeepestExtends) {
            report_.error(name.mark, "extends", fmt::format("parents are nested deeper than {}", kDeepestExtends), "extend a nearer file");
            return nullptr;
        }
        const SourceText* text = files_.read_named(name, "extends", report_);
        if (text == nullptr) return nullptr;
        if (std::find(chain_.begin(), chain_.end(), files_.identity(*text)) != chain_.end()) {
            report_.error(name.mark, "extends", fmt::format("\"{}\" extends itself, directly or through its parents (a cycle)", name.text),
                          "remove one of the links");
            return nullptr;
        }
        return text;
    }

    Files& files_;
    Report& report_;
    std::vector<std::filesystem::path> chain_;
};
}  // namespace

Inherited read_with_parents(const SourceText& source, Files& files, Report& report)
{
    Inherited out;
    out.root = Reader(files, report).read(source, &out.parents);
    return out;
}

}  // namespace chokepoint::scenario

#include "yaml_reader.hpp"

#include "text_check.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <optional>
#include <sstream>

namespace chokepoint::scenario {

namespace {

struct BudgetSpent {};

// Builds the tree from the events of the parser. One frame per open map or list.
class TreeBuilder : public YAML::EventHandler {
  public:
    TreeBuilder(const SourceText& source, Report& report) : source_(source), report_(report) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        Node node = make(Node::Kind::kNull, mark, 1);
        const std::string rest = source_.line(node.mark.line).substr(std::min(
            static_cast<std::size_t>(node.mark.column - 1), source_.line(node.mark.line).size()));
        const bool written = rest.starts_with("~") || rest.starts_with("null") || rest.starts_with("Null") || rest.starts_with("NULL");
        node.text = written ? "null" : "";
        accept(std::move(node), anchor);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        Node node = make(Node::Kind::kScalar, mark, static_cast<int>(value.size()));
        node.quoted = tag == "!";
        if (node.quoted) node.mark.width += 2;
        node.text = value;
        refuse_tag(tag, node.mark);
        accept(std::move(node), anchor);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(Node::Kind::kList, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(Node::Kind::kMap, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto found = anchored_.find(anchor);
        Node place = make(Node::Kind::kNull, mark, 1);
        if (found == anchored_.end()) {
            report_.error(place.mark, path(), "an alias inside its own anchor never ends", "write the value out");
            throw BudgetSpent{};
        }
        spend(found->second.size(), place.mark);
        accept(Node(found->second), 0);
    }

    Node take() { return std::move(root_); }

  private:
    struct Frame {
        Node node;
        YAML::anchor_t anchor = 0;
        std::optional<Entry> pending;  // a key that waits for its value
        bool skip = false;             // the pending key was refused
    };

    Node make(Node::Kind kind, const YAML::Mark& mark, int width) const
    {
        Node node;
        node.kind = kind;
        node.mark = {&source_, mark.line + 1, mark.column + 1, width};
        return node;
    }

    std::string path() const
    {
        std::string out;
        for (const Frame& frame : frames_)
            if (frame.pending) out = join_path(out, frame.pending->key);
        return out;
    }

    void spend(std::int64_t nodes, const Mark& mark)
    {
        spent_ += nodes;
        if (spent_ <= kNodeBudget) return;
        report_.error(mark, path(), fmt::format("the file makes more than {} values (aliases inside aliases multiply)", kNodeBudget),
                      "write the values out, or put tables into CSV files");
        throw BudgetSpent{};
    }

    void refuse_tag(const std::string& tag, const Mark& mark)
    {
        if (tag.empty() || tag == "?" || tag == "!") return;
        report_.error(mark, path(), fmt::format("the tag {} (tags are not part of the scenario grammar)", tag), "remove it");
    }

    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor)
    {
        Frame frame;
        frame.node = make(kind, mark, 1);
        frame.anchor = anchor;
        refuse_tag(tag, frame.node.mark);
        frames_.push_back(std::move(frame));
    }

    void close()
    {
        Frame frame = std::move(frames_.back());
        frames_.pop_back();
        accept(std::move(frame.node), frame.anchor);
    }

    void accept(Node node, YAML::anchor_t anchor)
    {
        spend(1, node.mark);
        if (anchor != 0) anchored_[anchor] = node;
        if (frames_.empty()) {
            root_ = std::move(node);
            return;
        }
        Frame& frame = frames_.back();
        if (frame.node.is_list()) {
            refuse_empty(node, path());
            frame.node.items.push_back(std::move(node));
        } else if (!frame.pending) {
            accept_key(frame, node);
        } else {
            refuse_empty(node, path());
            frame.pending->value = std::move(node);
            if (!frame.skip) frame.node.entries.push_back(std::move(*frame.pending));
            frame.pending.reset();
        }
    }

    void refuse_empty(const Node& node, const std::string& key)
    {
        if (node.kind == Node::Kind::kNull && node.text.empty())
            report_.error(node.mark, key, "nothing is written here", "write a value, or null to remove what a parent set");
    }

    void accept_key(Frame& frame, const Node& node)
    {
        Entry entry{node.text, node.mark, {}};
        const std::string parent = path();
        frame.skip = true;
        if (!node.is_scalar()) {
            report_.error(node.mark, parent, "a key must be a word", "write key: value");
        } else if (node.text == "<<") {
            report_.error(node.mark, parent, "merge keys (<<) are not part of the scenario grammar", "use extends, or write the values out");
        } else if (node.text.empty() || (node.text.find('.') != std::string::npos && parent != "ensemble.vary")) {
            report_.error(node.mark, parent, fmt::format("\"{}\" cannot be a key (dots separate keys)", node.text), "nest the keys");
        } else if (const Entry* first = frame.node.entry(node.text)) {
            report_.error(node.mark, join_path(parent, node.text), fmt::format("duplicate key (first set on line {})", first->key_mark.line),
                          "keep one of the two");
        } else {
            frame.skip = false;
        }
        frame.pending = std::move(entry);
    }

    const SourceText& source_;
    Report& report_;
    std::vector<Frame> frames_;
    std::map<YAML::anchor_t, Node> anchored_;
    std::int64_t spent_ = 0;
    Node root_;
};

// Refuses what follows the first document; reports where it starts.
class SecondDocument : public TreeBuilder {
  public:
    SecondDocument(const SourceText& source, Report& report) : TreeBuilder(source, report), where_(source), errors_(report) {}
    void OnDocumentStart(const YAML::Mark& mark) override
    {
        errors_.error(Mark{&where_, mark.line + 1, mark.column + 1, 1}, "", "a second document (a scenario is one document)",
                      "put it into a file of its own");
        throw BudgetSpent{};
    }

  private:
    const SourceText& where_;
    Report& errors_;
};

void parse(const SourceText& source, Report& report, TreeBuilder& builder)
{
    std::istringstream stream(source.text);
    try {
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        SecondDocument second(source, report);
        parser.HandleNextDocument(second);
    } catch (const BudgetSpent&) {
        // Reported where it happened.
    } catch (const YAML::Exception& error) {
        const bool placed = error.mark.line >= 0;
        report.error(Mark{&source, placed ? error.mark.line + 1 : 0, placed ? error.mark.column + 1 : 0, 1}, "",
                     fmt::format("not YAML ({})", error.msg), "check indentation, brackets and quotes nearby");
    }
}
}  // namespace

Node read_yaml(const SourceText& source, Report& report)
{
    const std::size_t before = report.errors();
    if (!source.is_override && !check_text(source, report)) return {};
    TreeBuilder builder(source, report);
    parse(source, report, builder);
    Node root = builder.take();
    if (report.errors() > before) return root;
    if (!source.is_override && !root.is_map())
        report.error(root.mark, "", "a scenario is a map of keys", "start with the line \"chokepoint: 1\"");
    return root;
}

}  // namespace chokepoint::scenario

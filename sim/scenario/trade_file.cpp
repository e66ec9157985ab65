#include "chokepoint/scenario/trade_file.hpp"

#include "check.hpp"
#include "files.hpp"
#include "overrides.hpp"
#include "tables.hpp"
#include "trade_decode.hpp"
#include "trade_fields.hpp"
#include "yaml_reader.hpp"

#include <memory>

namespace chokepoint::scenario {

namespace {
// The texts and the tree that errors found later point into.
struct Origin {
    explicit Origin(const std::filesystem::path& data_dir) : files(data_dir) {}
    Files files;
    Node root;
};
}  // namespace

TradeCase load_trade(const std::filesystem::path& path, const std::vector<std::string>& overrides, const std::filesystem::path& data_dir)
{
    auto origin = std::make_shared<Origin>(data_dir);
    Report report;
    const SourceText& source = origin->files.read_main(path);
    origin->root = read_yaml(source, report);
    report.throw_if_errors();
    int number = 0;
    refuse_twice(overrides, origin->files, source.directory, report);
    for (const std::string& expression : overrides) apply_override(origin->root, expression, ++number, origin->files, source.directory, report, trade_tree());
    report.throw_if_errors();
    Checker(origin->root, read_source_keys(origin->files, report), report, trade_tree()).check();
    report.throw_if_errors();
    TradeCase out = decode_trade(origin->root, report);
    report.throw_if_errors();
    out.origin = [origin](const std::string& key_path) { return mark_of_path(origin->root, key_path).location(); };
    return out;
}

}  // namespace chokepoint::scenario

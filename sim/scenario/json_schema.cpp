// The field table as a JSON Schema, for editors that complete and check while typing.
//
// A variant holds only what it changes and may remove with null, so only what every file states itself is
// required and null is allowed everywhere else; the program itself checks the merged whole.

#include "chokepoint/scenario/reference.hpp"

#include "fields.hpp"
#include "trade_fields.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace chokepoint::scenario {

namespace {
using Json = nlohmann::ordered_json;

Json reference_to(const char* definition) { return {{"$ref", std::string("#/definitions/") + definition}}; }

Json text_like(const std::string& pattern)
{
    return {{"type", {"string", "null"}}, {"pattern", pattern}};
}

Json number_like(const Field& field)
{
    Json out{{"type", {field.whole ? "integer" : "number", "null"}}};
    if (std::isfinite(field.low)) out[field.open_low ? "exclusiveMinimum" : "minimum"] = field.low;
    if (std::isfinite(field.high) && field.high < 1e15) out["maximum"] = field.high;
    return out;
}

Json either(std::vector<Json> choices)
{
    return {{"anyOf", std::move(choices)}};
}

Json quantity_schema(const Field& field)
{
    std::vector<Json> choices;
    if (field.dimension == Dimension::kBare) {
        choices.push_back(number_like(field));
    } else if (field.dimension == Dimension::kAmount) {
        choices.push_back(text_like(quantity_pattern(Dimension::kAmount)));
        choices.push_back(text_like(quantity_pattern(Dimension::kMassRate)));
    } else {
        choices.push_back(text_like(quantity_pattern(field.dimension)));
    }
    if (field.varies) choices.push_back(reference_to("distribution"));
    return choices.size() == 1 ? choices.front() : either(std::move(choices));
}

Json list_of(Json items, bool or_single)
{
    Json list{{"type", {"array", "null"}}, {"minItems", 1}, {"items", items}};
    return or_single ? either({std::move(items), std::move(list)}) : list;
}

Json value_schema(const Field& field)
{
    const Json scalar{{"type", {"string", "number", "boolean", "null"}}};
    switch (field.kind) {
    case FieldKind::kHs: return text_like("^[0-9]{6,10}$");
    case FieldKind::kWord: {
        Json words = Json::array();
        for (const std::string& word : field.words) words.push_back(word == "true" || word == "false" ? Json(word == "true") : Json(word));
        words.push_back(nullptr);
        return {{"enum", std::move(words)}};
    }
    case FieldKind::kDate: return text_like(field.path == "time.start" || field.path.ends_with(".until") ? "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" : "^([0-9]{4}-[0-9]{2}-[0-9]{2}|never)$");
    case FieldKind::kFlag: return {{"type", {"boolean", "null"}}};
    case FieldKind::kCount: return number_like(field);
    case FieldKind::kQuantity: return quantity_schema(field);
    case FieldKind::kCover: return either({text_like(quantity_pattern(Dimension::kDays)), reference_to("distribution")});
    case FieldKind::kReference:
    case FieldKind::kPath: return {{"type", {"string", "null"}}};
    case FieldKind::kReferences:
    case FieldKind::kSources: return list_of({{"type", "string"}}, true);
    case FieldKind::kWords: return list_of({{"type", "string"}}, field.path == "extends");
    case FieldKind::kCounts: return list_of({{"type", "integer"}}, false);
    case FieldKind::kShares: return list_of({{"type", "string"}, {"pattern", quantity_pattern(field.dimension)}}, false);
    case FieldKind::kVary: return {{"type", {"object", "null"}}, {"additionalProperties", either({reference_to("distribution"), {{"type", "null"}}})}};
    default: return scalar;
    }
}

Json node_schema(const FieldNode& node);

Json block_schema(const FieldNode& node)
{
    Json properties = Json::object();
    for (const auto& [key, child] : node.children) properties[key] = node_schema(*child);
    Json out{{"type", {"object", "null"}}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    if (node.field.short_for.empty()) return out;
    return either({{{"type", "string"}}, std::move(out)});
}

Json node_schema(const FieldNode& node)
{
    Json out;
    if (node.field.kind == FieldKind::kBlock) {
        out = block_schema(node);
    } else if (node.field.kind == FieldKind::kMap) {
        const std::string ids = node.field.path == "regions" ? "^[A-Z]{3}$" : "^[A-Za-z][A-Za-z0-9_]*$";
        out = {{"type", {"object", "null"}}, {"additionalProperties", false}, {"patternProperties", {{ids, node_schema(*node.child("*"))}}}};
    } else {
        out = value_schema(node.field);
    }
    if (!node.field.sentence.empty()) {
        out["description"] = node.field.sentence;
        if (node.field.presence == Presence::kDefault && !node.field.fallback.empty()) out["description"] = node.field.sentence + " Default: " + node.field.fallback;
    }
    return out;
}

// One shape for every dimension: the program checks units inside a distribution.
Json distribution_schema()
{
    const Json value{{"type", {"string", "number"}}};
    const auto list = [&value](int n) { return Json{{"type", "array"}, {"items", value}, {"minItems", n}, {"maxItems", n}}; };
    const auto keys = [&value](std::initializer_list<const char*> names) {
        Json properties = Json::object();
        for (const char* name : names) properties[name] = value;
        return Json{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    };
    Json properties{{"uniform", list(2)}, {"triangular", list(3)}, {"normal", keys({"mean", "sd"})}, {"lognormal", keys({"median", "log_sd", "p95"})},
                    {"beta", keys({"low", "mode", "high", "alpha", "beta"})}, {"choice", {{"type", "array"}, {"items", value}, {"minItems", 1}}}};
    return {{"type", "object"}, {"additionalProperties", false}, {"minProperties", 1}, {"maxProperties", 1}, {"properties", std::move(properties)}};
}

std::string schema_of(const FieldNode& tree, const char* title, const std::vector<std::string>& required)
{
    Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
    const Json top = block_schema(tree);
    for (const auto& [key, value] : top.items()) schema[key] = value;
    schema["type"] = "object";
    schema["required"] = required;
    schema["definitions"] = {{"distribution", distribution_schema()}};
    return schema.dump(1) + "\n";
}
}  // namespace

std::string json_schema() { return schema_of(field_tree(), "chokepoint scenario, grammar 1", {"chokepoint", "name"}); }
std::string trade_json_schema() { return schema_of(trade_tree(), "chokepoint trade file, grammar 1", {"chokepoint"}); }

}  // namespace chokepoint::scenario

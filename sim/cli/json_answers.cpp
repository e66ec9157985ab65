#include "json_answers.hpp"

#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/version.hpp"
#include "chokepoint/engine/engine.hpp"
#include "chokepoint/record/header.hpp"

#include <nlohmann/json.hpp>

namespace chokepoint::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string document(const Json& json) { return json.dump(2) + "\n"; }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json key(const scenario::KeyEntry& entry)
{
    return {{"key", entry.key},
            {"pattern", entry.pattern},
            {"meaning", entry.sentence},
            {"value", entry.value},
            {"default", text_or_null(entry.fallback)},
            {"bounds", text_or_null(entry.bounds)},
            {"basis", text_or_null(entry.assumption)},
            {"may_vary", entry.varies},
            {"keys", entry.keys}};
}

Json variable(const record::Variable& variable)
{
    Json dims = Json::array();
    for (const record::Dim dim : variable.dims) dims.push_back(record::dim_name(dim));
    return {{"name", variable.name},
            {"dimensions", dims},
            {"unit", variable.unit},
            {"long_name", variable.long_name},
            {"meaning", variable.sentence}};
}

Json object(const std::vector<std::pair<std::string, std::string>>& pairs)
{
    Json out = Json::object();
    for (const auto& [name, value] : pairs) out[name] = value;
    return out;
}

}  // namespace

std::string explain_json(const Found& found)
{
    Json out = {{"keys", Json::array()}, {"variables", Json::array()}, {"labels", Json::array()}, {"lines", Json::array()}};
    for (const auto& one : found.keys) out["keys"].push_back(key(one));
    for (const auto& one : found.variables) out["variables"].push_back(variable(one));
    for (const auto& one : found.labels) {
        out["labels"].push_back({{"name", one.name},
                                 {"dimension", record::dim_name(one.dim)},
                                 {"unit", one.unit},
                                 {"meaning", one.sentence}});
    }
    out["also"] = found.also;
    for (const auto& one : found.lines) out["lines"].push_back({{"page", one.page}, {"line", one.line}, {"text", one.text}});
    return document(out);
}

std::string inspect_json(const record::ResultSummary& summary, bool scenario)
{
    Json out = {{"attributes", object(summary.attributes)},
                {"provenance", object(summary.provenance)},
                {"inputs", Json::array()},
                {"members_requested", summary.members_requested},
                {"members_done", summary.members_done},
                {"failures", Json::array()},
                {"variables", Json::array()},
                {"problems", summary.problems}};
    for (const auto& input : summary.inputs)
        out["inputs"].push_back({{"path", input.path}, {"sha256", input.sha256}});
    for (const auto& [member, error] : summary.failures)
        out["failures"].push_back({{"member", member}, {"error", error}});
    for (const auto& v : summary.variables) {
        out["variables"].push_back({{"name", v.name},
                                    {"dimensions", v.dims},
                                    {"shape", v.shape},
                                    {"type", v.dtype},
                                    {"unit", v.unit},
                                    {"long_name", v.long_name}});
    }
    if (scenario) out["scenario"] = summary.scenario;
    return document(out);
}

std::string version_json()
{
    return document({{"version", core::version()},
                     {"commit", core::commit()},
                     {"result_schema", {{"major", record::kSchemaMajor}, {"minor", record::kSchemaMinor}}},
                     {"scenario_grammar", 1},
                     {"compiler", record::compiler_version()},
                     {"libraries", object(record::record_libraries())},
                     {"data", core::data_directory().string()}});
}

std::string bench_json(const std::vector<Measurement>& all, const std::vector<QueueMeasurement>& queues)
{
    Json out = {{"measurements", Json::array()}, {"queues", Json::array()}};
    for (const QueueMeasurement& q : queues) {
        out["queues"].push_back({{"files_waiting", q.waiting}, {"files_decided", q.decided}, {"ns_per_file", q.ns_per_file()}});
    }
    const auto phases = engine::phases();
    for (const Measurement& m : all) {
        const auto links = static_cast<double>(m.links);
        Json by_phase = Json::object();
        for (std::size_t i = 0; i < phases.size(); ++i)
            by_phase[phases[i].name] = m.phases[i] * 1e9 / (m.days * links);
        out["measurements"].push_back({{"firms", m.firms},
                                       {"links", m.links},
                                       {"threads", m.threads},
                                       {"days", m.days},
                                       {"build_s", m.build},
                                       {"ns_per_link_day", m.ns_per_link_day()},
                                       {"processor_ns_per_link_day", m.processor * 1e9 / (m.days * links)},
                                       {"ns_per_link_day_by_phase", by_phase},
                                       {"bytes_per_link_allocated", m.allocated / links},
                                       {"bytes_per_link_resident", m.resident / links}});
    }
    return document(out);
}

std::string dry_run_json(const std::vector<DryRun>& runs)
{
    Json out = {{"dry_runs", Json::array()}};
    for (const DryRun& run : runs) {
        out["dry_runs"].push_back({{"name", run.job->header.name},
                                   {"title", run.job->header.title},
                                   {"start", run.job->axes.start.to_string()},
                                   {"days", run.job->axes.days},
                                   {"firms", run.job->n_firms},
                                   {"links", run.job->n_links},
                                   {"members", run.job->header.members_requested},
                                   {"seed", run.job->seed},
                                   {"varied_parameters", run.job->header.parameters.size()},
                                   {"bytes", run.bytes},
                                   {"memory_bytes", run.memory},
                                   {"threads", run.threads},
                                   {"seconds", run.seconds},
                                   {"seconds_a_member", run.member_seconds},
                                   {"path", run.job->path},
                                   {"obstacle", text_or_null(run.obstacle)}});
    }
    return document(out);
}

}  // namespace chokepoint::cli

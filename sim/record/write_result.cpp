#include "chokepoint/record/result_file.hpp"

#include "chokepoint/record/scarcest.hpp"
#include "file_handle.hpp"
#include "hdf5_write.hpp"
#include "label_texts.hpp"
#include "member_rows.hpp"
#include "members.hpp"
#include "row_writer.hpp"

#include <fmt/format.h>

#include <limits>
#include <map>
#include <numeric>
#include <optional>

namespace chokepoint::record {

namespace {

// Everything the pieces of the writer share.
struct Job {
    const ResultHeader& header;
    const Axes& axes;
    const MemberLayout layout;
    const Members members;
    Hdf5Object& root;
    std::map<Dim, Hdf5Object> scales = {};

    [[nodiscard]] std::size_t size(Dim dim) const
    {
        if (dim == Dim::kMember) return members.requested();
        if (dim == Dim::kQuantile) return header.quantiles.size();
        return axes.size(dim);
    }
    [[nodiscard]] Shape shape(std::span<const Dim> dims) const
    {
        Shape out;
        for (const Dim dim : dims) out.push_back(size(dim));
        return out;
    }
};

bool is_empty(const Shape& shape) { return std::find(shape.begin(), shape.end(), 0U) != shape.end(); }

void write_root_attributes(const Job& job)
{
    Hdf5Object& root = job.root;
    root.attribute("Conventions", "CF-1.9");
    root.attribute("schema_version", fmt::format("{}.{}", kSchemaMajor, kSchemaMinor));
    root.attribute("title", job.header.title);
    root.attribute("question", job.header.question);
    root.attribute("scenario", job.header.name);
    root.attribute("source", "chokepoint " + job.header.provenance.version);
    root.attribute("run_id", job.header.run_id);
    root.attribute("members_requested", static_cast<std::int32_t>(job.members.requested()));
    root.attribute("members_done", static_cast<std::int32_t>(job.members.done().size()));
}

std::vector<std::string> entity_ids(const Axes& axes, Dim dim)
{
    std::vector<std::string> ids;
    const auto take = [&](const auto& named) {
        for (const auto& one : named) ids.push_back(one.id);
    };
    if (dim == Dim::kBuyer) take(axes.buyers);
    if (dim == Dim::kProduct) take(axes.products);
    if (dim == Dim::kRegion || dim == Dim::kDestination) take(axes.regions);
    if (dim == Dim::kOrigin) ids = axes.origins;
    if (dim == Dim::kControl) take(axes.controls);
    if (dim == Dim::kDesk) ids = axes.desks;
    if (dim == Dim::kEndUse) ids = axes.end_uses;
    if (dim == Dim::kRoute) take(axes.routes);
    if (dim == Dim::kProducer) take(axes.producers);
    if (dim == Dim::kStockpile) take(axes.stockpiles);
    if (dim == Dim::kSeller) take(axes.sellers);
    if (dim == Dim::kSource) take(axes.sources);
    return ids;
}

Hdf5Object write_time_scale(const Job& job, Dim dim)
{
    const std::vector<int> days = job.axes.first_days(dim);
    Hdf5Object scale = job.root.dataset(dim_name(dim), DType::kInt32, {days.size()});
    scale.write(days.data(), DType::kInt32);
    scale.attribute("standard_name", "time");
    scale.attribute("long_name", dim == Dim::kTime
                                     ? "day"
                                     : "first day of the " + std::string(dim_name(dim)) + " in the run");
    scale.attribute("units", "days since " + job.axes.start.to_string());
    scale.attribute("calendar", "standard");
    if (dim == Dim::kTime) scale.attribute("axis", "T");
    return scale;
}

Hdf5Object write_number_scale(const Job& job, Dim dim)
{
    if (dim == Dim::kQuantile) {
        Hdf5Object scale = job.root.dataset("quantile", DType::kFloat64, {job.header.quantiles.size()});
        scale.write(job.header.quantiles.data(), DType::kFloat64);
        scale.attribute("long_name", "quantile over members that are done");
        scale.attribute("units", "1");
        return scale;
    }
    std::vector<std::int32_t> index(job.members.requested());
    std::iota(index.begin(), index.end(), 0);
    Hdf5Object scale = job.root.dataset("member", DType::kInt32, {index.size()});
    scale.write(index.data(), DType::kInt32);
    scale.attribute("long_name", "ensemble member");
    scale.attribute("standard_name", "realization");
    return scale;
}

Hdf5Object write_entity_scale(const Job& job, Dim dim)
{
    const auto ids = entity_ids(job.axes, dim);
    Hdf5Object scale = job.root.dataset(dim_name(dim), DType::kString, {ids.size()});
    scale.write(ids);
    scale.attribute("long_name", std::string(dim_name(dim)) + " id");
    return scale;
}

void write_scales(Job& job)
{
    for (const Dim dim : {Dim::kMember, Dim::kQuantile, Dim::kTime, Dim::kWeek, Dim::kMonth, Dim::kBuyer,
                          Dim::kProduct, Dim::kOrigin, Dim::kDestination, Dim::kRegion, Dim::kControl,
                          Dim::kDesk, Dim::kEndUse, Dim::kRoute, Dim::kProducer, Dim::kStockpile,
                          Dim::kSeller, Dim::kSource}) {
        if (job.size(dim) == 0) continue;
        const bool time = dim == Dim::kTime || dim == Dim::kWeek || dim == Dim::kMonth;
        const bool number = dim == Dim::kMember || dim == Dim::kQuantile;
        Hdf5Object scale = time     ? write_time_scale(job, dim)
                           : number ? write_number_scale(job, dim)
                                    : write_entity_scale(job, dim);
        scale.make_scale(dim_name(dim));
        job.scales.emplace(dim, std::move(scale));
    }
}

void attach(const Job& job, Hdf5Object& dataset, std::span<const Dim> dims)
{
    for (unsigned axis = 0; axis < dims.size(); ++axis) dataset.attach_scale(axis, job.scales.at(dims[axis]));
}

void flags(Hdf5Object& dataset, const std::vector<std::int8_t>& values, const std::string& meanings)
{
    dataset.attribute("flag_values", values);
    dataset.attribute("flag_meanings", meanings);
}

std::vector<std::string> scarcest_materials(const Job& job)
{
    Scarcest scarcest(job.axes);
    for (const auto member : job.members.done()) scarcest.add(job.members.part(member).read_front(member).metrics);
    std::vector<std::string> out;
    for (std::size_t buyer = 0; buyer < job.axes.buyers.size(); ++buyer) {
        const auto product = scarcest.of(buyer);
        out.push_back(product ? job.axes.products[*product].id : "");
    }
    return out;
}

void write_label_values(const Job& job, Hdf5Object& dataset, const Label& label)
{
    if (label.name == "buyer_scarcest") return dataset.write(scarcest_materials(job));
    if (label.dtype == DType::kString) return dataset.write(label_texts(job.axes, label));
    std::vector<std::int8_t> truths;
    std::vector<double> numbers;
    if (label.dim == Dim::kSource) {
        for (const auto& source : job.axes.sources) numbers.push_back(source.base);
        return dataset.write(numbers.data(), DType::kFloat64);
    }
    for (const auto& buyer : job.axes.buyers) {
        truths.push_back(buyer.rated ? 1 : 0);
        numbers.push_back(buyer.unit.empty() ? std::numeric_limits<double>::quiet_NaN() : buyer.base_output);
    }
    if (label.dtype == DType::kInt8) dataset.write(truths.data(), DType::kInt8);
    if (label.dtype == DType::kFloat64) dataset.write(numbers.data(), DType::kFloat64);
}

void write_labels(const Job& job)
{
    for (const auto& label : labels()) {
        const std::vector<Dim> dims = label.dims();
        if (is_empty(job.shape(dims))) continue;
        Hdf5Object dataset = job.root.dataset(std::string(label.name), label.dtype, job.shape(dims));
        write_label_values(job, dataset, label);
        dataset.attribute("long_name", std::string(label.sentence));
        if (!label.unit.empty()) dataset.attribute("units", std::string(label.unit));
        if (label.dtype == DType::kInt8) flags(dataset, {0, 1}, "no yes");
        attach(job, dataset, dims);
    }
}

void write_member_state(const Job& job)
{
    const std::vector<Dim> dims = {Dim::kMember};
    const Shape shape = job.shape(dims);
    std::vector<std::int8_t> codes;
    for (const auto status : job.members.status()) codes.push_back(static_cast<std::int8_t>(status));
    Hdf5Object status = job.root.dataset("member_status", DType::kInt8, shape);
    status.write(codes.data(), DType::kInt8);
    status.attribute("long_name", "state of the member");
    flags(status, {0, 1, 2}, "done failed missing");
    attach(job, status, dims);
    Hdf5Object error = job.root.dataset("member_error", DType::kString, shape);
    error.write(job.members.errors());
    error.attribute("long_name", "why the member failed");
    attach(job, error, dims);
}

RowSource quantile_source(const Job& job, const Variable& variable, std::size_t n_rows)
{
    const std::vector<double> median{0.5};
    auto values = quantile_rows(variable, job.layout, job.members, variable.has_rows() ? job.header.quantiles : median);
    const std::size_t width = values.size() / n_rows;
    return [values = std::move(values), width](std::size_t row) {
        const auto bytes = std::as_bytes(std::span(values).subspan(row * width, width));
        return Bytes(bytes.begin(), bytes.end());
    };
}

void write_variable(const Job& job, const Variable& variable)
{
    const Shape shape = job.shape(variable.dims);
    if (is_empty(shape)) return;
    const std::size_t split_axis = !variable.has_rows() ? 0 : variable.span == Span::kRun ? 1 : 2;
    const ChunkPlan plan(shape, split_axis, size_of(variable.dtype));
    Hdf5Object dataset = job.root.dataset(std::string(variable.name), variable.dtype, shape,
                                          plan.chunk_shape(shape, split_axis));
    const bool quantiles = variable.aggregation == Aggregation::kQuantiles || !variable.has_rows();
    write_rows(dataset, variable.dtype, shape, split_axis,
               quantiles ? quantile_source(job, variable, shape.front()) : member_rows(variable, job.layout, job.members));
    dataset.attribute("long_name", std::string(variable.long_name));
    dataset.attribute("units", std::string(variable.unit));
    dataset.attribute("cell_methods", std::string(variable.cell_methods));
    dataset.attribute("comment", std::string(variable.sentence));
    if (quantiles) dataset.attribute("members_used", static_cast<std::int32_t>(job.members.done().size()));
    attach(job, dataset, variable.dims);
}

void write_parameters(const Job& job)
{
    Hdf5Object group = job.root.group("parameters");
    const std::size_t n = job.header.parameters.size();
    std::vector<std::vector<double>> drawn(
        n, std::vector<double>(job.members.requested(), std::numeric_limits<double>::quiet_NaN()));
    for (const auto member : job.members.done()) {
        const auto values = job.members.part(member).read_front(member).parameters;
        for (std::size_t p = 0; p < std::min(n, values.size()); ++p) drawn[p][member] = values[p];
    }
    const std::vector<Dim> dims = {Dim::kMember};
    for (std::size_t p = 0; p < n; ++p) {
        Hdf5Object dataset = group.dataset(job.header.parameters[p], DType::kFloat64, job.shape(dims));
        dataset.write(drawn[p].data(), DType::kFloat64);
        if (p < job.header.parameter_titles.size()) dataset.attribute("long_name", job.header.parameter_titles[p]);
        if (p < job.header.parameter_units.size()) dataset.attribute("units", job.header.parameter_units[p]);
        dataset.attribute("cell_methods", std::string("member: point"));
        attach(job, dataset, dims);
    }
}

// A column of text along a scale of its own group.
void write_column(Hdf5Object& group, const Hdf5Object& scale, const std::string& name,
                  const std::vector<std::string>& values, const std::string& long_name)
{
    Hdf5Object dataset = group.dataset(name, DType::kString, {values.size()});
    dataset.write(values);
    dataset.attribute("long_name", long_name);
    dataset.attach_scale(0, scale);
}

void write_events(const Job& job)
{
    Hdf5Object group = job.root.group("events");
    const auto events = job.members.events();
    if (events.empty()) return;
    std::vector<std::int32_t> index(events.size()), day, members;
    std::iota(index.begin(), index.end(), 0);
    std::vector<std::string> date, kind, subject, text;
    for (const auto& [key, count] : events) {
        day.push_back(std::get<0>(key));
        date.push_back((job.axes.start + std::get<0>(key)).to_string());
        kind.push_back(std::get<1>(key));
        subject.push_back(std::get<2>(key));
        text.push_back(std::get<3>(key));
        members.push_back(count);
    }
    Hdf5Object scale = group.dataset("event", DType::kInt32, {index.size()});
    scale.write(index.data(), DType::kInt32);
    scale.attribute("long_name", "event");
    scale.make_scale("event");
    const auto numbers = [&](const char* name, const std::vector<std::int32_t>& values, const char* unit,
                             const char* long_name) {
        Hdf5Object dataset = group.dataset(name, DType::kInt32, {values.size()});
        dataset.write(values.data(), DType::kInt32);
        dataset.attribute("long_name", long_name);
        dataset.attribute("units", unit);
        dataset.attach_scale(0, scale);
    };
    numbers("day", day, "d", "days since the start of the run");
    write_column(group, scale, "date", date, "date");
    write_column(group, scale, "kind", kind, "kind of event");
    write_column(group, scale, "subject", subject, "id it concerns");
    write_column(group, scale, "text", text, "what happened and why");
    numbers("members", members, "1", "members it happened in");
}

// One row per key that differs from what the scenario extends.
void write_changes(Hdf5Object& group, const std::vector<ChangedKey>& changes)
{
    if (changes.empty()) return;
    std::vector<std::string> key, from, to, at;
    for (const ChangedKey& change : changes) {
        key.push_back(change.key);
        from.push_back(change.from);
        to.push_back(change.to);
        at.push_back(change.at);
    }
    Hdf5Object scale = group.dataset("changed", DType::kString, {key.size()});
    scale.write(key);
    scale.attribute("long_name", "key that differs from what the scenario extends");
    scale.make_scale("changed");
    write_column(group, scale, "changed_from", from, "value it extends, empty when added");
    write_column(group, scale, "changed_to", to, "value of this run, empty when removed");
    write_column(group, scale, "changed_at", at, "file and line, or option, that set it");
}

void write_provenance(const Job& job)
{
    const Provenance& from = job.header.provenance;
    Hdf5Object group = job.root.group("provenance");
    group.attribute("seed", std::to_string(from.seed));
    if (!from.draws.empty()) group.attribute("draws", from.draws);
    group.attribute("version", from.version);
    group.attribute("commit", from.commit);
    group.attribute("compiler", from.compiler);
    for (const auto& [name, version] : from.libraries) group.attribute("library_" + name, version);
    if (!from.created.empty()) group.attribute("created", from.created);
    if (!from.host.empty()) group.attribute("host", from.host);
    if (from.threads > 0) group.attribute("threads", static_cast<std::int32_t>(from.threads));
    const auto text = [&](const char* name, const std::string& value, const char* long_name) {
        Hdf5Object dataset = group.dataset(name, DType::kString, {});
        dataset.write(std::vector<std::string>{value});
        dataset.attribute("long_name", long_name);
    };
    text("scenario", from.scenario, "effective scenario, merged, with every override");
    text("command_line", from.command_line, "command line");
    write_changes(group, from.changes);
    if (from.inputs.empty()) return;
    std::vector<std::string> paths, digests;
    for (const auto& input : from.inputs) {
        paths.push_back(input.path);
        digests.push_back(input.sha256);
    }
    Hdf5Object scale = group.dataset("input", DType::kString, {paths.size()});
    scale.write(paths);
    scale.attribute("long_name", "input file");
    scale.make_scale("input");
    write_column(group, scale, "input_sha256", digests, "SHA-256 of the input file");
}

void write_everything(Hdf5Writer& file, const ResultHeader& header, const Axes& axes,
                      std::span<const PartReader> parts)
{
    Job job{header, axes, MemberLayout(axes), Members(parts, header.members_requested), file.root()};
    write_root_attributes(job);
    write_scales(job);
    write_labels(job);
    write_member_state(job);
    for (const auto& variable : variables()) {
        if (variable.aggregation == Aggregation::kMembersDaily && !header.members_daily) continue;
        write_variable(job, variable);
    }
    write_parameters(job);
    write_events(job);
    write_provenance(job);
}

}  // namespace

void write_result(const std::string& path, const ResultHeader& header, const Axes& axes,
                  std::span<const PartReader> parts)
{
    const std::string temporary = path + ".tmp";
    try {
        Hdf5Writer file(temporary);
        write_everything(file, header, axes, parts);
        file.close();
    } catch (...) {
        remove_file(temporary);
        throw;
    }
    publish_file(temporary, path);
}

}  // namespace chokepoint::record

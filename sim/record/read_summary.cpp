#include "chokepoint/record/result_file.hpp"

#include "chokepoint/core/error.hpp"
#include "hdf5_read.hpp"
#include "schema_version.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace chokepoint::record {

namespace {

using Attributes = std::vector<Hdf5Reader::Attribute>;

std::optional<std::string> find(const Attributes& attributes, const std::string& name)
{
    for (const auto& attribute : attributes) {
        if (attribute.name == name) return attribute.value;
    }
    return std::nullopt;
}

std::uint32_t count(const Attributes& attributes, const std::string& name)
{
    const auto text = find(attributes, name);
    std::uint32_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

void lint_root(const Attributes& attributes, std::vector<std::string>& problems)
{
    for (const char* name : {"Conventions", "schema_version", "title", "question", "run_id",
                             "members_requested", "members_done"}) {
        const auto value = find(attributes, name);
        if (!value)
            problems.push_back(fmt::format("root attribute {} is missing", name));
        else if (value->empty())
            problems.push_back(fmt::format("root attribute {} is empty", name));
    }
}

void lint_strings(const Hdf5Reader::Dataset& dataset, std::vector<std::string>& problems)
{
    if (dataset.fixed_string) problems.push_back(dataset.name + ": strings of fixed length");
    static const std::set<std::string> kScaleInterface = {"CLASS", "NAME"};
    for (const auto& attribute : dataset.attributes) {
        if (attribute.fixed_string && kScaleInterface.count(attribute.name) == 0) {
            problems.push_back(
                fmt::format("{}: attribute {} is a string of fixed length", dataset.name, attribute.name));
        }
    }
}

void lint_dataset(const Hdf5Reader::Dataset& dataset, std::vector<std::string>& problems)
{
    lint_strings(dataset, problems);
    if (dataset.dtype == "other") problems.push_back(dataset.name + ": a type that some readers cannot open");
    if (dataset.dtype.starts_with("int") && dataset.attribute("_FillValue")) {
        problems.push_back(dataset.name + ": _FillValue on integers turns them into floats");
    }
    if (dataset.is_scale) return;
    for (const auto& dim : dataset.dims) {
        if (dim.empty()) problems.push_back(dataset.name + ": an axis without a dimension scale");
    }
    if (!dataset.attribute("long_name")) problems.push_back(dataset.name + ": no long_name");
}

std::string joined(const std::vector<Dim>& dims)
{
    std::string out;
    for (const Dim dim : dims) out += fmt::format("{}{}", out.empty() ? "" : ", ", dim_name(dim));
    return out;
}

const char* dtype_name(DType dtype)
{
    switch (dtype) {
        case DType::kFloat32:
            return "float32";
        case DType::kFloat64:
            return "float64";
        case DType::kInt32:
            return "int32";
        case DType::kInt8:
            return "int8";
        case DType::kString:
            return "string";
    }
    return "";
}

void lint_variable(const Variable& variable, const std::vector<Hdf5Reader::Dataset>& datasets,
                   std::vector<std::string>& problems)
{
    const auto named = [&](std::string_view name) {
        return std::find_if(datasets.begin(), datasets.end(), [&](const auto& d) { return d.name == name; });
    };
    const auto found = named(variable.name);
    if (found == datasets.end()) {
        const bool has_axes = std::all_of(variable.dims.begin(), variable.dims.end(),
                                          [&](Dim dim) { return named(dim_name(dim)) != datasets.end(); });
        if (has_axes && variable.aggregation != Aggregation::kMembersDaily) {
            problems.push_back(fmt::format("{}: missing", variable.name));
        }
        return;
    }
    const auto expect = [&](const std::string& what, const std::string& is, std::string_view should) {
        if (is != should)
            problems.push_back(fmt::format("{}: {} is {}, not {}", variable.name, what, is, should));
    };
    expect("units", found->attribute("units").value_or("absent"), variable.unit);
    expect("dims", fmt::format("{}", fmt::join(found->dims, ", ")), joined(variable.dims));
    expect("type", found->dtype, dtype_name(variable.dtype));
}

void read_failures(const Hdf5Reader& file, ResultSummary& out)
{
    if (!file.has("member_status") || !file.has("member_error")) {
        out.problems.emplace_back("member_status or member_error: missing");
        return;
    }
    const auto status = file.read_numbers("member_status");
    const auto errors = file.read_strings("member_error");
    std::size_t missing = 0;
    for (std::uint32_t member = 0; member < status.size(); ++member) {
        if (static_cast<int>(status[member]) == static_cast<int>(MemberStatus::kMissing)) ++missing;
        if (static_cast<int>(status[member]) == static_cast<int>(MemberStatus::kFailed)) {
            out.failures.emplace_back(member, errors[member]);
        }
    }
    if (missing > 0) out.problems.push_back(fmt::format("{} missing", missing == 1 ? std::string("1 member is") : fmt::format("{} members are", missing)));
    if (!out.failures.empty()) out.problems.push_back(fmt::format("{} failed", out.failures.size() == 1 ? std::string("1 member") : fmt::format("{} members", out.failures.size())));
}

void read_provenance(const Hdf5Reader& file, ResultSummary& out)
{
    if (!file.has("provenance/scenario")) {
        out.problems.emplace_back("provenance: missing");
        return;
    }
    for (const auto& attribute : file.attributes("provenance")) {
        out.provenance.emplace_back(attribute.name, attribute.value);
    }
    out.scenario = file.read_strings("provenance/scenario").front();
    if (file.has("provenance/command_line")) {
        out.provenance.emplace_back("command_line", file.read_strings("provenance/command_line").front());
    }
    if (!file.has("provenance/input") || !file.has("provenance/input_sha256")) return;
    const auto paths = file.read_strings("provenance/input");
    const auto digests = file.read_strings("provenance/input_sha256");
    for (std::size_t i = 0; i < std::min(paths.size(), digests.size()); ++i) {
        out.inputs.push_back({paths[i], digests[i]});
    }
}

// Numbers one row of the first axis at a time, so that a large result needs little room.
void read_all(const Hdf5Reader& file, const Hdf5Reader::Dataset& dataset, const std::string& name)
{
    if (dataset.dtype == "string") {
        (void)file.read_strings(name);
        return;
    }
    if (dataset.shape.size() < 2) {
        (void)file.read_numbers(name);
        return;
    }
    std::vector<std::uint64_t> first(dataset.shape.size(), 0), count = dataset.shape;
    count[0] = 1;
    for (; first[0] < dataset.shape[0]; ++first[0]) (void)file.read_block(name, first, count);
}

}  // namespace

ResultSummary read_summary(const std::string& path)
{
    const Hdf5Reader file(path);
    const Attributes attributes = file.attributes("/");
    require_schema(path, attributes);
    ResultSummary out;
    for (const auto& attribute : attributes) out.attributes.emplace_back(attribute.name, attribute.value);
    out.members_requested = count(attributes, "members_requested");
    out.members_done = count(attributes, "members_done");
    lint_root(attributes, out.problems);
    const auto datasets = file.datasets("/");
    for (const auto& dataset : datasets) {
        lint_dataset(dataset, out.problems);
        out.variables.push_back({dataset.name, dataset.dtype,
                                 fmt::format("{}", fmt::join(dataset.dims, ", ")),
                                 dataset.attribute("units").value_or(""),
                                 dataset.attribute("long_name").value_or(""), dataset.shape});
    }
    for (const auto& variable : variables()) lint_variable(variable, datasets, out.problems);
    read_failures(file, out);
    read_provenance(file, out);
    return out;
}

std::vector<std::string> unreadable(const std::string& path)
{
    const Hdf5Reader file(path);
    std::vector<std::string> out;
    for (const std::string group : {"/", "parameters", "events", "provenance"}) {
        for (const auto& dataset : file.datasets(group)) {
            const std::string name = group == "/" ? dataset.name : group + "/" + dataset.name;
            try {
                read_all(file, dataset, name);
            } catch (const core::EnvironmentError& error) {
                out.emplace_back(error.what());
            }
        }
    }
    return out;
}

}  // namespace chokepoint::record

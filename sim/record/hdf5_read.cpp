#include "hdf5_read.hpp"

#include "chokepoint/core/error.hpp"
#include "hdf5_library.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace chokepoint::record {

namespace {

std::string attribute_text(hid_t attribute, bool& fixed)
{
    const Hdf5Id type(H5Aget_type(attribute), H5Tclose);
    const Hdf5Id space(H5Aget_space(attribute), H5Sclose);
    const auto n = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space));
    std::string out;
    if (H5Tget_class(type) == H5T_STRING) {
        fixed = H5Tis_variable_str(type) <= 0;
        if (fixed) return out;
        std::vector<char*> texts(n, nullptr);
        const Hdf5Id memory(hdf5_string_type(), H5Tclose);
        if (H5Aread(attribute, memory, texts.data()) < 0) return out;
        for (const char* text : texts) {
            if (!out.empty()) out += ' ';
            if (text != nullptr) out += text;
        }
        H5Dvlen_reclaim(memory, space, H5P_DEFAULT, texts.data());
        return out;
    }
    if (H5Tget_class(type) != H5T_INTEGER && H5Tget_class(type) != H5T_FLOAT) return out;
    std::vector<double> values(n);
    H5Aread(attribute, H5T_NATIVE_DOUBLE, values.data());
    return fmt::format("{}", fmt::join(values, " "));
}

std::vector<Hdf5Reader::Attribute> attributes_of(hid_t object)
{
    std::vector<Hdf5Reader::Attribute> out;
    const auto visit = [](hid_t where, const char* name, const H5A_info_t*, void* list) -> herr_t {
        const Hdf5Id attribute(H5Aopen(where, name, H5P_DEFAULT), H5Aclose);
        Hdf5Reader::Attribute found{name, {}, false};
        found.value = attribute_text(attribute, found.fixed_string);
        static_cast<std::vector<Hdf5Reader::Attribute>*>(list)->push_back(std::move(found));
        return 0;
    };
    hsize_t at = 0;
    if (H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, &at, visit, &out) < 0) {
        at = 0;
        out.clear();
        H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &at, visit, &out);
    }
    return out;
}

std::string type_name(hid_t type)
{
    const auto bits = H5Tget_size(type) * 8;
    switch (H5Tget_class(type)) {
        case H5T_INTEGER:
            return fmt::format("int{}", bits);
        case H5T_FLOAT:
            return fmt::format("float{}", bits);
        case H5T_STRING:
            return "string";
        default:
            return "other";
    }
}

std::string scale_name(hid_t dataset, unsigned axis)
{
    std::string name;
    const auto visit = [](hid_t, unsigned, hid_t scale, void* out) -> herr_t {
        std::string text(256, '\0');
        const ssize_t length = H5Iget_name(scale, text.data(), text.size());
        text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
        *static_cast<std::string*>(out) = text.substr(text.rfind('/') + 1);
        return 1;
    };
    if (H5DSget_num_scales(dataset, axis) > 0) H5DSiterate_scales(dataset, axis, nullptr, visit, &name);
    return name;
}

Hdf5Reader::Dataset describe(hid_t dataset, const std::string& name)
{
    Hdf5Reader::Dataset out;
    out.name = name;
    const Hdf5Id type(H5Dget_type(dataset), H5Tclose);
    const Hdf5Id space(H5Dget_space(dataset), H5Sclose);
    out.dtype = type_name(type);
    out.fixed_string = H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) <= 0;
    std::vector<hsize_t> dims(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space))));
    H5Sget_simple_extent_dims(space, dims.data(), nullptr);
    out.shape.assign(dims.begin(), dims.end());
    out.is_scale = H5DSis_scale(dataset) > 0;
    for (unsigned axis = 0; axis < dims.size(); ++axis) {
        out.dims.push_back(out.is_scale ? name : scale_name(dataset, axis));
    }
    out.attributes = attributes_of(dataset);
    return out;
}

}  // namespace

std::optional<std::string> Hdf5Reader::Dataset::attribute(const std::string& key) const
{
    for (const auto& found : attributes) {
        if (found.name == key) return found.value;
    }
    return std::nullopt;
}

// What the library says of a file it does not open ("file signature not found", "truncated file: eof = 50000, ..."), in words.
// The same as analysis/chokepoint/result.py says.
static std::string why_not_opened(const std::string& path, const std::string& reason)
{
    std::error_code failed;
    if (std::filesystem::status(path, failed).type() == std::filesystem::file_type::not_found) return "no such file";
    if (std::filesystem::is_directory(path, failed)) return "a folder; name a result in it";
    if (reason.starts_with("file signature not found"))
        return std::filesystem::file_size(path, failed) == 0 ? "an empty file; run the scenario again" : "not an HDF5 file";
    if (reason.starts_with("truncated"))
        return fmt::format("cut short ({:.2f} MB are here); copy the file again, or run the scenario again", static_cast<double>(std::filesystem::file_size(path, failed)) / 1e6);
    return "cannot open as HDF5 (" + reason + ")";
}

Hdf5Reader::Hdf5Reader(std::string path) : path_(std::move(path))
{
    start_hdf5();
    file_ = H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file_ < 0) throw core::EnvironmentError(path_, why_not_opened(path_, hdf5_reason()));
}

Hdf5Reader::~Hdf5Reader() { H5Fclose(file_); }

bool Hdf5Reader::has(const std::string& name) const
{
    std::string prefix;
    for (std::size_t end = name.find('/');; end = name.find('/', end + 1)) {
        prefix = name.substr(0, end);
        if (H5Lexists(file_, prefix.c_str(), H5P_DEFAULT) <= 0) return false;
        if (end == std::string::npos) return true;
    }
}

std::vector<Hdf5Reader::Attribute> Hdf5Reader::attributes(const std::string& group) const
{
    const Hdf5Id object(H5Oopen(file_, group.c_str(), H5P_DEFAULT), H5Oclose);
    return object < 0 ? std::vector<Attribute>{} : attributes_of(object);
}

std::vector<Hdf5Reader::Dataset> Hdf5Reader::datasets(const std::string& group) const
{
    std::vector<Dataset> out;
    const Hdf5Id where(H5Gopen2(file_, group.c_str(), H5P_DEFAULT), H5Gclose);
    if (where < 0) return out;
    std::vector<std::string> names;
    const auto visit = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->emplace_back(name);
        return 0;
    };
    hsize_t at = 0;
    if (H5Literate(where, H5_INDEX_CRT_ORDER, H5_ITER_INC, &at, visit, &names) < 0) {
        at = 0;
        names.clear();
        H5Literate(where, H5_INDEX_NAME, H5_ITER_INC, &at, visit, &names);
    }
    for (const auto& name : names) {
        const Hdf5Id object(H5Oopen(where, name.c_str(), H5P_DEFAULT), H5Oclose);
        if (H5Iget_type(object) == H5I_DATASET) out.push_back(describe(object, name));
    }
    return out;
}

std::vector<std::string> Hdf5Reader::read_strings(const std::string& name) const
{
    const Hdf5Id dataset(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (dataset < 0) throw core::EnvironmentError(path_, "has no variable " + name);
    const Hdf5Id space(H5Dget_space(dataset), H5Sclose);
    const Hdf5Id memory(hdf5_string_type(), H5Tclose);
    std::vector<char*> texts(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)), nullptr);
    if (H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()) < 0) {
        throw core::EnvironmentError(path_, "cannot read " + name + " (" + hdf5_reason() + ")");
    }
    std::vector<std::string> out;
    for (const char* text : texts) out.emplace_back(text != nullptr ? text : "");
    H5Dvlen_reclaim(memory, space, H5P_DEFAULT, texts.data());
    return out;
}

std::vector<double> Hdf5Reader::read_numbers(const std::string& name) const
{
    const Hdf5Id dataset(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (dataset < 0) throw core::EnvironmentError(path_, "has no variable " + name);
    const Hdf5Id space(H5Dget_space(dataset), H5Sclose);
    std::vector<double> out(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    if (H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.data()) < 0) {
        throw core::EnvironmentError(path_, "cannot read " + name + " (" + hdf5_reason() + ")");
    }
    return out;
}

std::vector<double> Hdf5Reader::read_block(const std::string& name, const std::vector<std::uint64_t>& first,
                                           const std::vector<std::uint64_t>& count) const
{
    const Hdf5Id dataset(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (dataset < 0) throw core::EnvironmentError(path_, "has no variable " + name);
    const Hdf5Id space(H5Dget_space(dataset), H5Sclose);
    if (H5Sget_simple_extent_ndims(space) != static_cast<int>(first.size()))
        throw core::EnvironmentError(path_, name + " has another shape than expected");
    const std::vector<hsize_t> at(first.begin(), first.end()), size(count.begin(), count.end());
    H5Sselect_hyperslab(space, H5S_SELECT_SET, at.data(), nullptr, size.data(), nullptr);
    const Hdf5Id memory(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), H5Sclose);
    std::vector<double> out(static_cast<std::size_t>(H5Sget_simple_extent_npoints(memory)));
    if (H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, out.data()) < 0)
        throw core::EnvironmentError(path_, "cannot read " + name + " (" + hdf5_reason() + ")");
    return out;
}

}  // namespace chokepoint::record

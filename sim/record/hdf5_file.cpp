#include "hdf5_file.hpp"

#include "chokepoint/core/error.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <fmt/format.h>
#include <algorithm>
#include <utility>

namespace chokepoint::record {

namespace {

constexpr int kDeflateLevel = 4;

// An id that closes itself.
class Id {
  public:
    Id(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
    ~Id()
    {
        if (id_ >= 0) close_(id_);
    }
    Id(const Id&) = delete;
    Id& operator=(const Id&) = delete;
    operator hid_t() const { return id_; }  // NOLINT: stands for the id everywhere

  private:
    hid_t id_;
    herr_t (*close_)(hid_t);
};

// The innermost message of the HDF5 error stack: it holds the system's reason when there is one.
std::string hdf5_reason()
{
    std::string reason;
    const auto visit = [](unsigned, const H5E_error2_t* entry, void* out) -> herr_t {
        if (entry->desc != nullptr) *static_cast<std::string*>(out) = entry->desc;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, visit, &reason);
    const std::string key = "error message = '";
    const auto at = reason.find(key);
    if (at == std::string::npos) return reason;
    const auto from = at + key.size();
    return reason.substr(from, reason.find('\'', from) - from);
}

// Before anything else of HDF5. The library's own clean-up at exit crashes after a failed write (disk
// full): it flushes the same file again. We close what we open, so it is switched off.
void start_library()
{
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // messages go into our errors
}

hid_t string_type()
{
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

hid_t file_type(DType dtype)
{
    switch (dtype) {
        case DType::kFloat32:
            return H5Tcopy(H5T_IEEE_F32LE);
        case DType::kFloat64:
            return H5Tcopy(H5T_IEEE_F64LE);
        case DType::kInt32:
            return H5Tcopy(H5T_STD_I32LE);
        case DType::kInt8:
            return H5Tcopy(H5T_STD_I8LE);
        case DType::kString:
            return string_type();
    }
    return -1;
}

hid_t space_of(const Shape& shape)
{
    if (shape.empty()) return H5Screate(H5S_SCALAR);
    const std::vector<hsize_t> dims(shape.begin(), shape.end());
    return H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr);
}

void track(hid_t properties, bool links)
{
    H5Pset_obj_track_times(properties, 0);
    constexpr unsigned kOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    H5Pset_attr_creation_order(properties, kOrder);
    if (links) H5Pset_link_creation_order(properties, kOrder);
}

hid_t create_file(const std::string& path)
{
    start_library();
    const Id properties(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    track(properties, true);
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, properties, H5P_DEFAULT);
    if (file < 0) throw core::EnvironmentError(path, "cannot create (" + hdf5_reason() + ")");
    return file;
}

void close_any(hid_t id)
{
    switch (H5Iget_type(id)) {
        case H5I_FILE:
            H5Fclose(id);
            break;
        case H5I_GROUP:
            H5Gclose(id);
            break;
        case H5I_DATASET:
            H5Dclose(id);
            break;
        default:
            break;
    }
}

}  // namespace

std::size_t size_of(DType dtype)
{
    switch (dtype) {
        case DType::kFloat64:
            return 8;
        case DType::kInt8:
            return 1;
        default:
            return 4;
    }
}

std::string hdf5_version()
{
    start_library();
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    return fmt::format("{}.{}.{}", major, minor, release);
}

Bytes pack_chunk(std::span<const std::byte> plain, DType dtype)
{
    return deflate_bytes(shuffle(plain, size_of(dtype)), kDeflateLevel);
}

Hdf5Object::~Hdf5Object()
{
    if (id_ >= 0) close_any(id_);
}

void Hdf5Object::check(std::int64_t status, const std::string& what) const
{
    if (status < 0) throw core::EnvironmentError(*path_, "cannot " + what + " (" + hdf5_reason() + ")");
}

void Hdf5Object::put_attribute(const std::string& name, std::int64_t type, std::int64_t space,
                               const void* value)
{
    const Id attribute(H5Acreate2(id_, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    check(attribute, "create the attribute " + name);
    check(H5Awrite(attribute, type, value), "write the attribute " + name);
}

void Hdf5Object::attribute(const std::string& name, const std::string& text)
{
    const Id type(string_type(), H5Tclose);
    const Id space(H5Screate(H5S_SCALAR), H5Sclose);
    const char* pointer = text.c_str();
    put_attribute(name, type, space, &pointer);
}

void Hdf5Object::attribute(const std::string& name, double value)
{
    const Id space(H5Screate(H5S_SCALAR), H5Sclose);
    put_attribute(name, H5T_IEEE_F64LE, space, &value);
}

void Hdf5Object::attribute(const std::string& name, std::int32_t value)
{
    const Id space(H5Screate(H5S_SCALAR), H5Sclose);
    put_attribute(name, H5T_STD_I32LE, space, &value);
}

void Hdf5Object::attribute(const std::string& name, const std::vector<std::int8_t>& values)
{
    const Id space(space_of({values.size()}), H5Sclose);
    put_attribute(name, H5T_STD_I8LE, space, values.data());
}

Hdf5Object Hdf5Object::group(const std::string& name)
{
    const Id properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
    track(properties, true);
    const hid_t id = H5Gcreate2(id_, name.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT);
    check(id, "create the group " + name);
    return {path_, id};
}

Hdf5Object Hdf5Object::dataset(const std::string& name, DType dtype, const Shape& shape, const Shape& chunk)
{
    const Id properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    track(properties, false);
    H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER);  // everything is written
    if (dtype == DType::kString) H5Pset_fill_time(properties, H5D_FILL_TIME_IFSET);
    if (!chunk.empty()) {
        const std::vector<hsize_t> dims(chunk.begin(), chunk.end());
        H5Pset_chunk(properties, static_cast<int>(dims.size()), dims.data());
        H5Pset_shuffle(properties);
        H5Pset_deflate(properties, kDeflateLevel);
    }
    const Id type(file_type(dtype), H5Tclose);
    const Id space(space_of(shape), H5Sclose);
    const hid_t id = H5Dcreate2(id_, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    check(id, "create the variable " + name);
    return {path_, id};
}

void Hdf5Object::write(const void* values, DType dtype)
{
    const Id type(file_type(dtype), H5Tclose);
    check(H5Dwrite(id_, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write");
}

void Hdf5Object::write(const std::vector<std::string>& values)
{
    std::vector<const char*> pointers;
    for (const auto& value : values) pointers.push_back(value.c_str());
    write(pointers.data(), DType::kString);
}

void Hdf5Object::write_chunk(const Shape& offset, std::span<const std::byte> packed)
{
    const std::vector<hsize_t> at(offset.begin(), offset.end());
    check(H5Dwrite_chunk(id_, H5P_DEFAULT, 0, at.data(), packed.size(), packed.data()), "write");
}

void Hdf5Object::make_scale(const std::string& dim)
{
    check(H5DSset_scale(id_, dim.c_str()), "make the dimension " + dim);
}

void Hdf5Object::attach_scale(unsigned axis, const Hdf5Object& scale)
{
    check(H5DSattach_scale(id_, scale.id(), axis), "attach a dimension");
}

Hdf5Writer::Hdf5Writer(std::string path) : path_(std::move(path)), root_(&path_, create_file(path_)) {}

void Hdf5Writer::close()
{
    const hid_t file = root_.id();
    // Flush first: a full disk then shows as an error here and not as a crash in the library's exit.
    if (H5Fflush(file, H5F_SCOPE_GLOBAL) < 0) {
        throw core::EnvironmentError(path_, "cannot write (" + hdf5_reason() + ")");
    }
    Hdf5Object closing(std::move(root_));
}

namespace {

std::string attribute_text(hid_t attribute, bool& fixed)
{
    const Id type(H5Aget_type(attribute), H5Tclose);
    const Id space(H5Aget_space(attribute), H5Sclose);
    const auto n = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space));
    std::string out;
    if (H5Tget_class(type) == H5T_STRING) {
        fixed = H5Tis_variable_str(type) <= 0;
        if (fixed) return out;
        std::vector<char*> texts(n, nullptr);
        const Id memory(string_type(), H5Tclose);
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
        const Id attribute(H5Aopen(where, name, H5P_DEFAULT), H5Aclose);
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
    const Id type(H5Dget_type(dataset), H5Tclose);
    const Id space(H5Dget_space(dataset), H5Sclose);
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

Hdf5Reader::Hdf5Reader(std::string path) : path_(std::move(path))
{
    start_library();
    file_ = H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file_ < 0) throw core::EnvironmentError(path_, "cannot open as HDF5 (" + hdf5_reason() + ")");
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
    const Id object(H5Oopen(file_, group.c_str(), H5P_DEFAULT), H5Oclose);
    return object < 0 ? std::vector<Attribute>{} : attributes_of(object);
}

std::vector<Hdf5Reader::Dataset> Hdf5Reader::datasets(const std::string& group) const
{
    std::vector<Dataset> out;
    const Id where(H5Gopen2(file_, group.c_str(), H5P_DEFAULT), H5Gclose);
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
        const Id object(H5Oopen(where, name.c_str(), H5P_DEFAULT), H5Oclose);
        if (H5Iget_type(object) == H5I_DATASET) out.push_back(describe(object, name));
    }
    return out;
}

std::vector<std::string> Hdf5Reader::read_strings(const std::string& name) const
{
    const Id dataset(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (dataset < 0) throw core::EnvironmentError(path_, "has no variable " + name);
    const Id space(H5Dget_space(dataset), H5Sclose);
    const Id memory(string_type(), H5Tclose);
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
    const Id dataset(H5Dopen2(file_, name.c_str(), H5P_DEFAULT), H5Dclose);
    if (dataset < 0) throw core::EnvironmentError(path_, "has no variable " + name);
    const Id space(H5Dget_space(dataset), H5Sclose);
    std::vector<double> out(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    if (H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.data()) < 0) {
        throw core::EnvironmentError(path_, "cannot read " + name + " (" + hdf5_reason() + ")");
    }
    return out;
}

}  // namespace chokepoint::record

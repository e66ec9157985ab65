#include "hdf5_write.hpp"

#include "chokepoint/core/error.hpp"
#include "hdf5_library.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <utility>

namespace chokepoint::record {

namespace {

constexpr int kDeflateLevel = 4;

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
            return hdf5_string_type();
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

// Of the tree that finds the chunks of a variable. Most variables have few chunks, and a node takes the room of all it may hold.
constexpr unsigned kChunksInNode = 16;

hid_t create_file(const std::string& path)
{
    start_hdf5();
    const Hdf5Id properties(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    track(properties, true);
    H5Pset_istore_k(properties, kChunksInNode / 2);
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, properties, H5P_DEFAULT);
    if (file < 0) throw_hdf5_error(path, "cannot create");
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
    if (status < 0) throw_hdf5_error(*path_, "cannot " + what);
}

void Hdf5Object::put_attribute(const std::string& name, std::int64_t type, std::int64_t space,
                               const void* value)
{
    const Hdf5Id attribute(H5Acreate2(id_, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    check(attribute, "create the attribute " + name);
    check(H5Awrite(attribute, type, value), "write the attribute " + name);
}

void Hdf5Object::attribute(const std::string& name, const std::string& text)
{
    const Hdf5Id type(hdf5_string_type(), H5Tclose);
    const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
    const char* pointer = text.c_str();
    put_attribute(name, type, space, &pointer);
}

void Hdf5Object::attribute(const std::string& name, double value)
{
    const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
    put_attribute(name, H5T_IEEE_F64LE, space, &value);
}

void Hdf5Object::attribute(const std::string& name, std::int32_t value)
{
    const Hdf5Id space(H5Screate(H5S_SCALAR), H5Sclose);
    put_attribute(name, H5T_STD_I32LE, space, &value);
}

void Hdf5Object::attribute(const std::string& name, const std::vector<std::int8_t>& values)
{
    const Hdf5Id space(space_of({values.size()}), H5Sclose);
    put_attribute(name, H5T_STD_I8LE, space, values.data());
}

Hdf5Object Hdf5Object::group(const std::string& name)
{
    const Hdf5Id properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
    track(properties, true);
    const hid_t id = H5Gcreate2(id_, name.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT);
    check(id, "create the group " + name);
    return {path_, id};
}

Hdf5Object Hdf5Object::dataset(const std::string& name, DType dtype, const Shape& shape, const Shape& chunk)
{
    const Hdf5Id properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    track(properties, false);
    H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER);  // everything is written
    if (dtype == DType::kString) H5Pset_fill_time(properties, H5D_FILL_TIME_IFSET);
    if (!chunk.empty()) {
        const std::vector<hsize_t> dims(chunk.begin(), chunk.end());
        H5Pset_chunk(properties, static_cast<int>(dims.size()), dims.data());
        H5Pset_shuffle(properties);
        H5Pset_deflate(properties, kDeflateLevel);
    }
    const Hdf5Id type(file_type(dtype), H5Tclose);
    const Hdf5Id space(space_of(shape), H5Sclose);
    const hid_t id = H5Dcreate2(id_, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    check(id, "create the variable " + name);
    return {path_, id};
}

void Hdf5Object::write(const void* values, DType dtype)
{
    const Hdf5Id type(file_type(dtype), H5Tclose);
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
        throw_hdf5_error(path_, "cannot write");
    }
    Hdf5Object closing(std::move(root_));
}

}  // namespace chokepoint::record

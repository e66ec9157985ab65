#pragma once
// Writing HDF5 as far as a result needs it; never call it in parallel.
//
// Shape of a file: root and groups, datasets with attributes, dimension scales. Every string is
// variable-length UTF-8. Errors: core::EnvironmentError with the path and what HDF5 said.

#include "chokepoint/record/variables.hpp"
#include "compress.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::record {

using Shape = std::vector<std::uint64_t>;
[[nodiscard]] std::size_t size_of(DType dtype);

// A file, group or dataset being written. Closed with its owner; file errors show in close_file.
class Hdf5Object {
  public:
    Hdf5Object(const std::string* path, std::int64_t id) : path_(path), id_(id) {}
    ~Hdf5Object();
    Hdf5Object(Hdf5Object&& other) noexcept : path_(other.path_), id_(other.id_) { other.id_ = -1; }
    Hdf5Object(const Hdf5Object&) = delete;
    Hdf5Object& operator=(const Hdf5Object&) = delete;

    void attribute(const std::string& name, const std::string& text);
    void attribute(const std::string& name, double value);
    void attribute(const std::string& name, std::int32_t value);
    void attribute(const std::string& name, const std::vector<std::int8_t>& values);

    Hdf5Object group(const std::string& name);
    // Contiguous when `chunk` is empty, else chunked, shuffled and deflated.
    Hdf5Object dataset(const std::string& name, DType dtype, const Shape& shape, const Shape& chunk = {});
    void write(const void* values, DType dtype);
    void write(const std::vector<std::string>& values);
    void write_chunk(const Shape& offset, std::span<const std::byte> packed);
    void make_scale(const std::string& dim);
    void attach_scale(unsigned axis, const Hdf5Object& scale);

    [[nodiscard]] std::int64_t id() const { return id_; }

  private:
    void check(std::int64_t status, const std::string& what) const;
    void put_attribute(const std::string& name, std::int64_t type, std::int64_t space, const void* value);

    const std::string* path_;
    std::int64_t id_;
};

class Hdf5Writer {
  public:
    explicit Hdf5Writer(std::string path);  // replaces what is there
    [[nodiscard]] Hdf5Object& root() { return root_; }
    void close();

  private:
    std::string path_;
    Hdf5Object root_;
};

// What the compressing pipeline of `dataset` does to one chunk.
[[nodiscard]] Bytes pack_chunk(std::span<const std::byte> plain, DType dtype);

}  // namespace chokepoint::record

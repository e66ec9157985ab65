#include "chokepoint/record/part_file.hpp"

#include "chokepoint/core/error.hpp"
#include "chokepoint/record/digest.hpp"
#include "compress.hpp"
#include "file_handle.hpp"
#include "part_codec.hpp"

#include <algorithm>

namespace chokepoint::record {

namespace {

// File: magic, header length, header (run, layout), CRC; then records:
// magic, member, payload length, CRC of all before and the payload, payload.
// Payload: length of the front, front, compressed slabs. A slab is some whole rows of one series.
constexpr std::uint64_t kFileMagic = 0x31'54'52'41'50'4b'48'43ULL;  // "CHKPART1"
constexpr std::uint32_t kRecordMagic = 0x4d454d42U;
constexpr std::uint64_t kRecordHead = 4 + 4 + 8 + 4;  // [bytes]
constexpr std::size_t kSlabBytes = 65536;             // before compression
constexpr int kSlabLevel = 1;
constexpr auto kSyncEvery = std::chrono::seconds(1);

std::size_t slab_rows(const MemberLayout::Array& array)
{
    return std::max<std::size_t>(1, kSlabBytes / std::max<std::size_t>(1, array.width * sizeof(float)));
}
std::size_t slab_count(const MemberLayout::Array& array)
{
    return array.width == 0 ? 0 : (array.rows + slab_rows(array) - 1) / slab_rows(array);
}

Bytes header_bytes(const PartKey& key)
{
    ByteWriter header;
    header.text(key.run_id);
    header.text(key.layout);
    ByteWriter out;
    out.number(kFileMagic);
    out.number(static_cast<std::uint32_t>(header.bytes().size()));
    out.raw(header.bytes().data(), header.bytes().size());
    out.number(crc32_of(header.bytes()));
    return std::move(out.bytes());
}

Bytes expand_floats(std::span<const std::byte> packed, std::size_t count)
{
    Bytes shuffled(count * sizeof(float));
    inflate_bytes(packed, shuffled);
    return unshuffle(shuffled, sizeof(float));
}

void write_front(ByteWriter& out, const MemberResult& result)
{
    out.number(static_cast<std::uint8_t>(result.status));
    out.text(result.error);
    out.array(result.parameters);
    out.number(static_cast<std::uint32_t>(result.events.size()));
    for (const auto& event : result.events) {
        out.number(static_cast<std::int32_t>(event.day));
        out.text(event.kind);
        out.text(event.subject);
        out.text(event.text);
    }
    for (const auto& metric : result.metrics) out.array(metric);
}

MemberResult read_front_bytes(std::uint32_t member, std::span<const std::byte> bytes, std::size_t n_metrics)
{
    ByteReader in(bytes);
    MemberResult result;
    result.member = member;
    result.status = static_cast<MemberStatus>(in.number<std::uint8_t>());
    result.error = in.text();
    result.parameters = in.array<double>();
    const auto n_events = in.number<std::uint32_t>();
    for (std::uint32_t i = 0; i < n_events; ++i) {
        world::Event event;
        event.day = in.number<std::int32_t>();
        event.kind = in.text();
        event.subject = in.text();
        event.text = in.text();
        result.events.push_back(std::move(event));
    }
    if (result.status != MemberStatus::kDone) return result;
    for (std::size_t i = 0; i < n_metrics; ++i) result.metrics.push_back(in.array<double>());
    return result;
}

}  // namespace

PartKey part_key(const std::string& run_id, const Axes& axes)
{
    std::string layout =
        axes.fingerprint() + "\nschema " + std::to_string(kSchemaMajor) + '.' + std::to_string(kSchemaMinor);
    for (const auto& variable : variables()) layout += '\n' + std::string(variable.name);
    return {run_id, sha256(layout)};
}

std::vector<std::byte> encode_member(const MemberResult& result, const MemberLayout& layout)
{
    ByteWriter front;
    write_front(front, result);
    std::vector<Bytes> slabs;
    if (result.status == MemberStatus::kDone) {
        for (std::size_t s = 0; s < layout.series.size(); ++s) {
            const auto& array = layout.series[s];
            const auto bytes = std::as_bytes(std::span(result.series.at(s)));
            if (bytes.size() != array.size() * sizeof(float)) {
                throw core::ModelError("a series of member " + std::to_string(result.member) +
                                       " has another size than the layout");
            }
            const std::size_t step = slab_rows(array) * array.width * sizeof(float);
            for (std::size_t at = 0; at < bytes.size(); at += step) {
                slabs.push_back(deflate_bytes(
                    shuffle(bytes.subspan(at, std::min(step, bytes.size() - at)), sizeof(float)),
                    kSlabLevel));
            }
        }
    }
    ByteWriter out;
    std::vector<std::uint32_t> sizes;
    for (const auto& slab : slabs) sizes.push_back(static_cast<std::uint32_t>(slab.size()));
    out.array(sizes);
    out.number(static_cast<std::uint32_t>(front.bytes().size()));
    out.raw(front.bytes().data(), front.bytes().size());
    for (const auto& slab : slabs) out.raw(slab.data(), slab.size());
    return std::move(out.bytes());
}

PartReader::PartReader(const std::string& path, const PartKey& key, const MemberLayout& layout)
    : path_(path),
      layout_(layout),
      file_(std::make_unique<FileHandle>(path, FileHandle::Mode::kRead))
{
    const Bytes expected = header_bytes(key);
    const std::uint64_t end = file_->size();
    Bytes found(std::min<std::uint64_t>(expected.size(), end));
    file_->read(0, found);
    if (found != expected) {
        // A header cut short holds no member: the same as an empty file.
        if (std::equal(found.begin(), found.end(), expected.begin())) return;
        throw core::EnvironmentError(
            path, "belongs to another scenario, seed or version (remove it to start again)");
    }
    valid_bytes_ = expected.size();
    std::uint64_t next = 0;
    while (read_record(valid_bytes_, end, next)) valid_bytes_ = next;
}

PartReader::~PartReader() = default;
PartReader::PartReader(PartReader&&) noexcept = default;

bool PartReader::read_record(std::uint64_t offset, std::uint64_t end, std::uint64_t& next)
{
    if (end - offset < kRecordHead) return false;
    Bytes head(kRecordHead);
    file_->read(offset, head);
    ByteReader in(head);
    const auto magic = in.number<std::uint32_t>();
    const auto member = in.number<std::uint32_t>();
    const auto length = in.number<std::uint64_t>();
    const auto crc = in.number<std::uint32_t>();
    if (magic != kRecordMagic || length > end - offset - kRecordHead) return false;
    Bytes payload(length);
    file_->read(offset + kRecordHead, payload);
    if (crc32_of(payload, crc32_of(std::span(head).first(kRecordHead - 4))) != crc) return false;
    ByteReader body(payload);
    Entry found;
    found.slab_bytes = body.array<std::uint32_t>();
    found.front_bytes = body.number<std::uint32_t>();
    found.offset = offset + kRecordHead + body.position();
    if (member >= entries_.size()) entries_.resize(member + 1);
    entries_[member] = std::move(found);
    next = offset + kRecordHead + length;
    return true;
}

std::vector<std::uint32_t> PartReader::members() const
{
    std::vector<std::uint32_t> out;
    for (std::uint32_t m = 0; m < entries_.size(); ++m) {
        if (entries_[m]) out.push_back(m);
    }
    return out;
}

bool PartReader::contains(std::uint32_t member) const
{
    return member < entries_.size() && entries_[member].has_value();
}

const PartReader::Entry& PartReader::entry(std::uint32_t member) const
{
    if (!contains(member)) {
        throw core::EnvironmentError(path_, "does not hold member " + std::to_string(member));
    }
    return *entries_[member];
}

MemberResult PartReader::read_front(std::uint32_t member) const
{
    const Entry& found = entry(member);
    Bytes bytes(found.front_bytes);
    file_->read(found.offset, bytes);
    return read_front_bytes(member, bytes, layout_.metrics.size());
}

std::vector<float> PartReader::read_series(std::uint32_t member, std::size_t series, std::size_t first,
                                           std::size_t n) const
{
    const Entry& found = entry(member);
    const auto& array = layout_.series.at(series);
    std::size_t slab = 0;
    for (std::size_t s = 0; s < series; ++s) slab += slab_count(layout_.series[s]);
    const std::size_t step = slab_rows(array);
    std::uint64_t offset = found.offset + found.front_bytes;
    for (std::size_t s = 0; s < slab + first / step; ++s) offset += found.slab_bytes.at(s);
    std::vector<float> out(n * array.width);
    for (std::size_t row = first / step * step; row < first + n && array.width > 0; row += step) {
        const std::size_t rows = std::min(step, array.rows - row);
        Bytes packed(found.slab_bytes.at(slab + row / step));
        file_->read(offset, packed);
        offset += packed.size();
        const Bytes plain = expand_floats(packed, rows * array.width);
        const std::size_t from = std::max(first, row);
        const std::size_t to = std::min(first + n, row + rows);
        std::memcpy(out.data() + (from - first) * array.width,
                    plain.data() + (from - row) * array.width * sizeof(float),
                    (to - from) * array.width * sizeof(float));
    }
    return out;
}

PartWriter::PartWriter(const std::string& path, const PartKey& key, const MemberLayout& layout, bool resume)
    : path_(path),
      file_(std::make_unique<FileHandle>(path, FileHandle::Mode::kWrite))
{
    file_->lock();
    if (resume) {
        const PartReader reader(path, key, layout);
        resumed_ = reader.members();
        size_ = reader.valid_bytes();
    }
    file_->truncate(size_);
    if (size_ == 0) {
        const Bytes header = header_bytes(key);
        file_->write(0, header);
        size_ = header.size();
    }
    sync();
}

PartWriter::~PartWriter() = default;

void PartWriter::append(std::uint32_t member, std::span<const std::byte> encoded)
{
    ByteWriter record;
    record.number(kRecordMagic);
    record.number(member);
    record.number(static_cast<std::uint64_t>(encoded.size()));
    record.number(crc32_of(encoded, crc32_of(record.bytes())));
    record.raw(encoded.data(), encoded.size());
    try {
        file_->write(size_, record.bytes());
    } catch (const core::EnvironmentError&) {
        file_->truncate(size_);
        throw;
    }
    size_ += record.bytes().size();
    // A kill loses nothing that was written; only a power cut does, so one second apart is enough.
    if (std::chrono::steady_clock::now() - synced_ > kSyncEvery) sync();
}

void PartWriter::sync()
{
    file_->sync();
    synced_ = std::chrono::steady_clock::now();
}

}  // namespace chokepoint::record

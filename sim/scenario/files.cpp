#include "files.hpp"

#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>

namespace chokepoint::scenario {

namespace fs = std::filesystem;

namespace {
fs::path folder_of(const fs::path& path)
{
    const fs::path parent = path.parent_path();
    return parent.empty() ? fs::path(".") : parent;
}

// Canonical form of what exists; an empty path otherwise.
fs::path canonical_or_empty(const fs::path& path)
{
    std::error_code error;
    fs::path out = fs::canonical(path, error);
    return error ? fs::path{} : out;
}

bool is_inside(const fs::path& file, const fs::path& folder)
{
    if (folder.empty()) return false;
    const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return end == folder.end() && rest != file.end();
}

// Of files with this ending; all when it is empty.
std::vector<std::string> names_in(const fs::path& folder, const fs::path& prefix, const std::string& ending)
{
    std::vector<std::string> out;
    std::error_code error;
    for (fs::directory_iterator at(folder / prefix, error), end; !error && at != end; at.increment(error))
        if (at->is_regular_file(error) && (ending.empty() || at->path().extension() == ending)) out.push_back((prefix / at->path().filename()).generic_string());
    std::sort(out.begin(), out.end());
    return out;
}
}  // namespace

const SourceText& Files::keep(std::string name, std::string text, const fs::path& directory)
{
    auto source = std::make_unique<SourceText>();
    source->name = std::move(name);
    source->text = std::move(text);
    source->directory = directory;
    source->is_override = true;
    texts_.push_back(std::move(source));
    return *texts_.back();
}

const SourceText& Files::read(const fs::path& path, const std::string& name)
{
    const fs::path identity = canonical_or_empty(path);
    if (const auto known = by_path_.find(identity); !identity.empty() && known != by_path_.end()) return *known->second;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) throw core::EnvironmentError(path.string(), "cannot read", EISDIR);
    if (fs::exists(status) && !fs::is_regular_file(status)) throw core::EnvironmentError(path.string(), "is not a regular file");
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (!stream) throw core::EnvironmentError(path.string(), "cannot open", errno != 0 ? errno : ENOENT);
    text << stream.rdbuf();
    if (stream.bad()) throw core::EnvironmentError(path.string(), "cannot read", errno);
    auto source = std::make_unique<SourceText>();
    source->name = path.string();
    source->text = std::move(text).str();
    source->directory = folder_of(path);
    inputs_.push_back({name, source->text});
    identity_[source.get()] = identity;
    by_path_[identity] = source.get();
    texts_.push_back(std::move(source));
    return *texts_.back();
}

const SourceText& Files::read_main(const fs::path& path) { return read(path, path.string()); }

const SourceText* Files::read_data(const std::string& name)
{
    const fs::path path = data_dir_ / name;
    std::error_code error;
    return fs::is_regular_file(path, error) ? &read(path, name) : nullptr;
}

const SourceText* Files::read_named(const Node& name, const std::string& key, Report& report)
{
    const fs::path beside = name.mark.source->directory;
    const fs::path named(name.text);
    if (name.text.empty() || name.text.find('\0') != std::string::npos) {
        report.error(name.mark, key, "no file is named here", "write the name of a file");
        return nullptr;
    }
    const bool extends = key == "extends";
    std::vector<fs::path> folders{beside, data_dir_};
    if (extends) folders.insert(folders.begin() + 1, data_dir_.parent_path() / "scenarios");  // the shipped set
    // A scenario reached through a link has its parents beside the real file; an override stands in the first text.
    const auto real_file = identity_.find(name.mark.source->is_override && !texts_.empty() ? texts_.front().get() : name.mark.source);
    if (real_file != identity_.end() && !real_file->second.empty()) folders.insert(folders.begin() + 1, folder_of(real_file->second));
    for (const fs::path& folder : folders) {
        std::error_code error;
        const fs::path candidate = folder / named;
        if (!fs::exists(candidate, error)) continue;
        const fs::path real = canonical_or_empty(candidate);
        const bool allowed = std::any_of(folders.begin(), folders.end(), [&](const fs::path& f) { return is_inside(real, canonical_or_empty(f)); });
        if (!allowed) {
            report.error(name.mark, key, fmt::format("\"{}\" leaves the folder of this file and the data folder", name.text),
                         "put the file beside this one or into the data folder");
            return nullptr;
        }
        if (fs::is_directory(real, error)) {
            report.error(name.mark, key, fmt::format("\"{}\" is a folder", name.text), "name a file");
            return nullptr;
        }
        return &read(candidate, name.text);
    }
    const bool leaves = named.is_absolute() || std::find(named.begin(), named.end(), fs::path("..")) != named.end();
    if (leaves) {
        report.error(name.mark, key, fmt::format("\"{}\" leaves the folder of this file and the data folder", name.text),
                     "put the file beside this one or into the data folder");
        return nullptr;
    }
    const std::string ending = extends ? ".yaml" : "";
    std::vector<std::string> near;
    for (const fs::path& folder : folders)
        for (std::string& other : names_in(folder, named.parent_path(), ending))
            if (std::find(near.begin(), near.end(), other) == near.end()) near.push_back(std::move(other));
    report.error(name.mark, key, fmt::format("no file \"{}\" beside this file{}or in the data folder", name.text, extends ? ", among the shipped scenarios " : " "),
                 core::did_you_mean(name.text, near, "files"));
    return nullptr;
}

}  // namespace chokepoint::scenario

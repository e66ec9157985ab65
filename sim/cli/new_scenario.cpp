#include "commands.hpp"
#include "load.hpp"
#include "options.hpp"
#include "output_file.hpp"
#include "talk.hpp"

#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/error.hpp"
#include "chokepoint/scenario/reference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace chokepoint::cli {

namespace fs = std::filesystem;

namespace {

bool is_id(const std::string& text)
{
    const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    const auto inner = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    return !text.empty() && letter(text[0]) && std::all_of(text.begin(), text.end(), inner);
}

// Beside the new file, else among the shipped scenarios.
fs::path parent_of(const fs::path& target, const std::string& from)
{
    const std::string file = from.ends_with(".yaml") ? from : from + ".yaml";
    const fs::path shipped = core::data_directory().parent_path() / "scenarios" / file;
    for (const fs::path& candidate : {target.parent_path() / file, shipped}) {
        std::error_code ignored;
        if (fs::is_regular_file(candidate, ignored)) return candidate;
    }
    throw core::EnvironmentError(shipped.string(), "no scenario there nor beside the new file", ENOENT);
}

struct Leaf {
    std::string path, value;
};

// Of the text `show` prints: two spaces a level, one key a line.
std::vector<Leaf> leaves(const std::string& text)
{
    std::vector<Leaf> out;
    std::vector<std::string> path;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t indent = line.find_first_not_of(' ');
        const std::size_t colon = line.find(':', indent);
        if (indent == std::string::npos || colon == std::string::npos) continue;
        path.resize(indent / 2);
        path.push_back(line.substr(indent, colon - indent));
        if (colon + 2 >= line.size()) continue;
        std::string joined = path[0];
        for (std::size_t i = 1; i < path.size(); ++i) joined += "." + path[i];
        out.push_back({joined, line.substr(colon + 2)});
    }
    return out;
}

// licensing: { mofcom_18: { deadline: 45 wd } }
std::string on_one_line(const Leaf& leaf)
{
    std::string out, close;
    for (const char c : leaf.path) {
        if (c != '.') {
            out += c;
            continue;
        }
        out += ": { ";
        close += " }";
    }
    return out + ": " + leaf.value + close;
}

// What a reader is likely to change: one value of each kind the scenario has.
std::string suggestions(const std::string& effective)
{
    constexpr std::array<std::string_view, 14> kKinds{
        ".deadline", ".licence_lag", ".shipment_size", ".level", ".approval", ".cover", ".change",
        ".capacity", ".customs_hold", ".detection", ".share", ".amount", ".appetite", ".output"};
    std::string out;
    const std::vector<Leaf> all = leaves(effective);
    for (const std::string_view kind : kKinds) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const Leaf& leaf) {
            return leaf.path.ends_with(kind) && !leaf.path.starts_with("ensemble.") && !leaf.path.starts_with("assumptions.") &&
                   !leaf.path.starts_with("behaviour.");
        });
        if (found == all.end()) continue;
        const auto about = scenario::keys_like(found->path);
        out += fmt::format("# {}{}\n", on_one_line(*found), about.empty() ? "" : "  # " + about.front().sentence);
    }
    return out;
}

// Editors look for the schema where the file says; it ships beside the shipped scenarios.
std::string schema_line(const fs::path& target)
{
    constexpr const char* kSchema = "chokepoint-scenario-1.schema.json";
    std::error_code ignored;
    return fs::is_regular_file(target.parent_path() / kSchema, ignored) ? fmt::format("# yaml-language-server: $schema=./{}\n", kSchema) : "";
}

// `parent` as a command started beside the new file names it.
std::string variant(const std::string& name, const fs::path& target, const fs::path& parent, const std::string& effective)
{
    const std::string file = parent.filename().string();
    std::error_code ignored;
    const bool beside = fs::equivalent(parent, target.parent_path() / file, ignored);
    return fmt::format(
        "{3}# Question: what changes against {0} if ...?\n"
        "# Sources:  the keys of data/sources.csv behind the values below, or assumption.\n"
        "# Run it:   chokepoint run {1}.yaml --against {4}\n"
        "chokepoint: 1\nextends: {5}\nname: {1}\ntitle: A variant of {0}\nquestion: What changes against {0} if ...?\n\n"
        "# Everything else is as in {5}. To change a value take the \"# \" off its line and edit it; entries of one block\n"
        "# (licensing, buyers) then have to stand under one heading. chokepoint explain KEY tells about any key,\n"
        "# chokepoint show {4} prints all values.\n{2}",
        parent.stem().string(), name, suggestions(effective), schema_line(target), beside ? file : parent.string(), file);
}

// The whole file or none: what a full disk leaves of a scenario would be in the way of the next try, or look whole.
void write(const fs::path& path, const std::string& text)
{
    fs::path part = path;
    part.replace_filename("." + path.filename().string() + ".part");
    errno = 0;
    std::ofstream stream(part);
    stream << text;
    stream.close();
    int failed = stream ? 0 : errno != 0 ? errno : EIO;
    if (failed == 0 && std::rename(part.c_str(), path.c_str()) != 0) failed = errno;
    if (failed == 0) return;
    std::error_code ignored;
    fs::remove(part, ignored);
    throw core::EnvironmentError(path.string(), "cannot write", failed);
}

}  // namespace

ExitCode new_scenario(Arguments arguments)
{
    Options options("new", "Write a commented scenario to start from.");
    std::vector<std::string> names;
    std::string from = "geneva_truce";
    bool force = false;
    options.positional("NAME", names, 1, 1, "id of the scenario, or path of its file; NAME.yaml is written");
    options.text("--from", "SCENARIO", from, "scenario to start from, beside the new file or a shipped one (geneva_truce)");
    options.flag("--force", force, "overwrite the file");
    if (!options.parse(arguments)) return ExitCode::kDone;
    fs::path target = names.front();
    if (target.extension() != ".yaml") target += ".yaml";
    const std::string name = target.stem().string();
    if (!is_id(name)) throw UsageError(fmt::format("new: \"{}\" is no id; letters, digits and _ make one, a letter first", name));
    require_file(target);
    if (fs::exists(target) && !force) throw core::EnvironmentError(target.string(), "exists; --force overwrites it");
    const fs::path parent = parent_of(target, from);
    write(followed(target), variant(name, target, parent, load_scenario(parent.string(), {}).effective_text()));
    fmt::print("{}\n", target.string());
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

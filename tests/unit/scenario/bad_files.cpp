#include "bad_files.hpp"

#include "meaning.hpp"
#include "support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace fs = std::filesystem;

namespace chokepoint::test {

namespace {

struct BadFile {
    fs::path path;
    std::string text;
    std::vector<std::string> expected, overrides, fixes, drops, appends;
};

std::string unescaped(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char c = text[++i];
        if (c == 'x') {
            out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 's' ? ' ' : c >= '0' && c <= '7' ? static_cast<char>(c - '0') : c;
        }
    }
    return out;
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

BadFile read_bad(const fs::path& path)
{
    BadFile out;
    out.path = path;
    out.text = read_text(path);
    for (const std::string& line : lines_of(out.text)) {
        const auto take = [&line](const std::string& start, std::vector<std::string>& into) {
            if (line.starts_with(start)) into.push_back(line.substr(start.size()));
        };
        take("# expect: ", out.expected);
        take("# set: ", out.overrides);
        take("# fix: ", out.fixes);
        take("# drop: ", out.drops);
        take("# append: ", out.appends);
    }
    return out;
}

// The message as `# expect` writes it: no folder, no severity.
std::string short_form(const core::Diagnostic& diagnostic, const fs::path& file)
{
    std::string out;
    if (diagnostic.where.line == 0) {
        out = diagnostic.where.file + ": ";
    } else {
        const fs::path where(diagnostic.where.file);
        if (where != file) out = (where.parent_path().filename() == "parents" ? "parents/" : "") + where.filename().string() + ":";
        out += std::to_string(diagnostic.where.line) + ":" + std::to_string(diagnostic.where.column) + ": ";
    }
    if (!diagnostic.key.empty()) out += diagnostic.key + ": ";
    return out + diagnostic.problem;
}

// The replacement a remedy quotes right after `write` or `did you mean`.
std::string quoted_replacement(const std::string& remedy)
{
    for (const std::string start : {"write \"", "write about \"", "did you mean \""})
        if (remedy.starts_with(start)) return remedy.substr(start.size(), remedy.find('"', start.size()) - start.size());
    return {};
}

// What was written where a message points: its place in a file, or the value of the override that it names.
std::string written_at(const core::Diagnostic& error, const std::vector<std::string>& overrides)
{
    const core::Location& at = error.where;
    if (at.line > 0) return at.text.substr(static_cast<std::size_t>(at.column - 1), static_cast<std::size_t>(at.width));
    const std::string start = "--set ";
    if (!at.file.starts_with(start)) return {};
    const std::string& expression = overrides.at(std::stoul(at.file.substr(start.size())) - 1);
    return expression.substr(expression.find('=') + 1);
}

// A remedy that quotes one replacement and adds nothing says it means the same, whether the test puts it in place or a `# fix`
// line does. Not compared: a remedy that says it changes the meaning ("or less", "if that is meant"), and one that offers no
// replacement, where the number of the `# fix` line is the test's and not the program's.
void check_same_meaning(const core::Diagnostic& error, const std::vector<std::string>& overrides)
{
    const std::string offered = quoted_replacement(error.remedy);
    if (offered.empty()) return;
    const std::string written = written_at(error, overrides);
    if (written.empty()) return;  // in no file and no override
    const std::string after = error.remedy.substr(error.remedy.find("\"" + offered + "\"") + offered.size() + 2);
    INFO(error.to_string());
    const auto says = [&](const std::string& words) { return after.find(words) != std::string::npos; };
    if (after.empty() || after == "?") CHECK(same_meaning(written, offered, error.remedy.starts_with("write about")));
    else CHECK((says("or more") || says("or less") || says("or \"") || says("or a value") || says("or an earlier") || says("or a later") || says(" if ") || says(", or ") || says("else")));
}

void replace_first(std::string& text, const std::string& from, const std::string& to, std::size_t start)
{
    const std::size_t at = text.find(from, start);
    if (at != std::string::npos) text.replace(at, from.size(), to);
}

// Puts quoted replacements where the messages point, last place first so that earlier places stay put.
void apply_quoted(std::string& text, std::vector<core::Diagnostic> errors)
{
    const auto place = [](const core::Diagnostic& error) { return std::pair{error.where.line, error.where.column}; };
    std::stable_sort(errors.begin(), errors.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    std::set<std::pair<int, int>> done;
    std::vector<std::string> lines = lines_of(text);
    for (auto error = errors.rbegin(); error != errors.rend(); ++error) {
        const std::string replacement = quoted_replacement(error->remedy);
        INFO(error->to_string());
        CHECK_FALSE(replacement.empty());
        if (replacement.empty()) continue;
        if (!done.emplace(error->where.line, error->where.column).second) continue;
        lines.at(static_cast<std::size_t>(error->where.line - 1)).replace(static_cast<std::size_t>(error->where.column - 1), static_cast<std::size_t>(error->where.width), replacement);
    }
    text.clear();
    for (const std::string& line : lines) text += line + "\n";
}

// Where the directives at the head of the file end.
std::size_t header_length(const std::string& text)
{
    std::size_t at = 0;
    for (const std::string& line : lines_of(text)) {
        const bool directive = line.starts_with("# ") && line.find(": ") != std::string::npos;
        if (!directive) break;
        at += line.size() + 1;
    }
    return std::min(at, text.size());
}

void mend(BadFile& bad, const std::vector<core::Diagnostic>& errors)
{
    const std::size_t body = header_length(bad.text);
    for (const std::string& fix : bad.fixes) {
        const std::size_t arrow = fix.find(" => ") == std::string::npos ? fix.size() - 3 : fix.find(" => ");
        const std::string from = unescaped(fix.substr(0, arrow));
        const std::string to = arrow + 4 < fix.size() ? unescaped(fix.substr(arrow + 4)) : std::string{};
        replace_first(bad.text, from, to, body);
        for (std::string& expression : bad.overrides) replace_first(expression, from, to, 0);
        const std::string quoted = quoted_replacement(errors.front().remedy);
        INFO(errors.front().remedy);
        const bool here = errors.size() == 1 && errors.front().where.file == bad.path;
        if (here && !quoted.empty()) CHECK(to.find(quoted) != std::string::npos);
    }
    for (const std::string& start : bad.drops) {
        std::string kept;
        for (const std::string& line : lines_of(bad.text))
            if (!line.starts_with(start)) kept += line + "\n";
        bad.text = kept;
    }
    for (const std::string& text : bad.appends) bad.text += unescaped(text) + "\n";
    if (bad.fixes.empty() && bad.drops.empty() && bad.appends.empty()) apply_quoted(bad.text, errors);
}

std::vector<fs::path> files_of(const fs::path& folder)
{
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".yaml") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

void check_bad_files(const fs::path& bad_folder, std::size_t at_least, const ErrorsOf& errors_of)
{
    const auto files = files_of(bad_folder);
    REQUIRE(files.size() >= at_least);
    TemporaryFolder folder;
    fs::copy(bad_folder, folder.path() / "bad", fs::copy_options::recursive);
    for (const fs::path& path : files) {
        INFO(path.filename().string());
        BadFile bad = read_bad(path);
        REQUIRE_FALSE(bad.expected.empty());
        const auto errors = errors_of(path, bad.overrides);
        REQUIRE(errors.size() == bad.expected.size());
        for (std::size_t i = 0; i < errors.size(); ++i) {
            INFO(errors[i].to_string());
            CHECK_FALSE(errors[i].remedy.empty());
            check_same_meaning(errors[i], bad.overrides);
            // The whole expected text stands at the start of the message.
            CHECK(short_form(errors[i], path).substr(0, bad.expected[i].size()) == bad.expected[i]);
        }
        mend(bad, errors);
        const fs::path mended = folder.write("bad/" + path.filename().string(), bad.text);
        const auto left = errors_of(mended, bad.overrides);
        if (!left.empty()) FAIL_CHECK("still wrong after the remedy: " << left.front().to_string());
    }
}

}  // namespace chokepoint::test

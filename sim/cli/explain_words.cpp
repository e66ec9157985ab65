#include "explain_words.hpp"

#include "width.hpp"

#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/core/error.hpp"
#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <utility>

namespace chokepoint::cli {

namespace {

constexpr std::size_t kHits = 10;  // told of one word
constexpr std::size_t kAlso = 5;   // named beside what has the word for its name
constexpr std::size_t kLines = 3;  // of the pages

// Words of readers, and those of the pages for the same thing.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kSame{{
    {"duty", "tariff"}, {"tariff", "duty"}, {"shortage", "shortfall"}, {"license", "licence"}, {"permit", "licence"}, {"quota", "throughput"},
    {"inventory", "stock"}, {"denied", "refused"}, {"denial", "refused"}, {"smuggling", "covert"}, {"ban", "control"}, {"lag", "delay"}}};

// "stockpiles", "stockpile's", "lost" -> without its ending, in small letters.
std::string stem(std::string word)
{
    for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto drop = [&](const char* ending, const char* by) {
        const std::string_view end(ending);
        if (word.size() < end.size() + 3 || !word.ends_with(end)) return false;
        word = word.substr(0, word.size() - end.size()) + by;
        return true;
    };
    if (drop("ies", "y") || drop("ing", "") || drop("ed", "") || drop("es", "")) return word.ends_with('e') ? word.substr(0, word.size() - 1) : word;
    if (!word.ends_with("ss")) drop("s", "");
    return word.size() > 3 && word.ends_with('e') ? word.substr(0, word.size() - 1) : word;
}

std::vector<std::string> split_words(const std::string& text)
{
    std::vector<std::string> out(1);
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            out.back() += c;
        else if (!out.back().empty())
            out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

std::set<std::string> stems_of(const std::string& text)
{
    std::set<std::string> out;
    for (const std::string& word : split_words(text)) out.insert(stem(word));
    return out;
}

struct Wanted {  // one word, or another for the same
    std::string stem, other;
};
std::vector<Wanted> wanted_of(const std::string& words)
{
    static const std::set<std::string> kSmall{"of", "the", "a", "an", "in", "on", "to", "for", "and", "is", "what", "how"};
    std::vector<Wanted> out;
    for (const std::string& word : split_words(words)) {
        if (kSmall.contains(word)) continue;
        Wanted one{stem(word), {}};
        for (const auto& [reader, page] : kSame)
            if (stem(std::string(reader)) == one.stem) one.other = stem(std::string(page));
        out.push_back(std::move(one));
    }
    return out;
}

// How well a thing fits: places of its words from the most telling on; 0 where a word is missing. Its own word counts over another.
int fit(const std::vector<Wanted>& wanted, const std::vector<std::set<std::string>>& places)
{
    int score = 0;
    for (const Wanted& word : wanted) {
        int best = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const int value = 4 * static_cast<int>(places.size() - i);
            if (places[i].contains(word.stem)) best = std::max(best, value);
            if (!word.other.empty() && places[i].contains(word.other)) best = std::max(best, value - 1);
        }
        if (best == 0) return 0;
        score += best;
    }
    return score;
}

std::string last_step(const std::string& path)
{
    const std::size_t star = path.find_last_not_of(".*");
    const std::string named = path.substr(0, star + 1);
    return named.substr(named.find_last_of('.') + 1);
}

// The pages of a checkout, those that are there.
std::vector<PageLine> page_lines(const std::vector<Wanted>& wanted)
{
    std::vector<std::pair<int, PageLine>> ranked;
    std::filesystem::path root;
    try {
        root = core::data_directory().parent_path();
    } catch (const core::EnvironmentError&) {
        return {};  // the names are known without the pages
    }
    for (const char* page : {"README.md", "sim/README.md", "sim/MODEL.md", "scenarios/README.md", "analysis/README.md"}) {
        std::ifstream in(root / page);
        std::string line;
        for (std::size_t number = 1; std::getline(in, line); ++number) {
            if (line.starts_with("|") || line.starts_with("![") || line.starts_with("./")) continue;  // tables of keys are searched as keys
            const int score = fit(wanted, {stems_of(line)});
            if (score > 0) ranked.push_back({score + (line.starts_with("#") ? 1 : 0), {page, number, line}});
        }
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<PageLine> out;
    for (auto& [score, line] : ranked)
        if (out.size() < kLines) out.push_back(std::move(line));
    return out;
}

Found by_name(const std::string& name)
{
    Found out;
    out.keys = scenario::keys_like(name);
    for (const record::Variable& variable : record::variables())
        if (variable.name == name) out.variables.push_back(variable);
    for (const record::Label& label : record::labels())
        if (label.name == name) out.labels.push_back(label);
    out.named = !out.empty();
    return out;
}

struct Hit {
    int score;
    std::size_t length;  // of the name: the shorter says the same with less
    std::string name;
    std::function<void(Found&)> take;
};

std::vector<Hit> hits(const std::vector<Wanted>& wanted)
{
    std::vector<Hit> out;
    static const std::set<std::string> kOfAll{"note", "title", "source"};  // of most things, and about none
    for (const std::string& pattern : scenario::keys()) {
        if (kOfAll.contains(last_step(pattern)) && fit(wanted, {stems_of(last_step(pattern))}) == 0) continue;
        const std::string key = scenario::typed_key(pattern);
        const auto entries = scenario::keys_like(key);
        const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return one.pattern == pattern; });
        if (entry == entries.end()) continue;
        const int score = fit(wanted, {stems_of(last_step(pattern)), stems_of(pattern), stems_of(entry->sentence)});
        if (score > 0) out.push_back({score, pattern.size(), key, [found = *entry](Found& to) { to.keys.push_back(found); }});
    }
    for (const record::Variable& variable : record::variables()) {
        const std::string name(variable.name);
        const int score = fit(wanted, {stems_of(name), stems_of(std::string(variable.long_name)), stems_of(std::string(variable.sentence))});
        if (score > 0) out.push_back({score, name.size(), name, [&variable](Found& to) { to.variables.push_back(variable); }});
    }
    for (const record::Label& label : record::labels()) {
        const std::string name(label.name);
        const int score = fit(wanted, {stems_of(name), {}, stems_of(std::string(label.sentence))});
        if (score > 0) out.push_back({score, name.size(), name, [&label](Found& to) { to.labels.push_back(label); }});
    }
    std::stable_sort(out.begin(), out.end(), [](const Hit& a, const Hit& b) { return std::pair(-a.score, a.length) < std::pair(-b.score, b.length); });
    return out;
}

std::string dims_text(const std::vector<record::Dim>& dims)
{
    std::vector<std::string> names;
    for (const record::Dim dim : dims) names.emplace_back(record::dim_name(dim));
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string in_full(const Found& found)
{
    std::string out;
    for (const auto& key : found.keys) out += scenario::in_words(key);
    for (const auto& variable : found.variables)
        out += fmt::format("{}({})  [{}]  a variable of result files\n  {}\n  {}\n", variable.name, dims_text(variable.dims), variable.unit, variable.long_name,
                           variable.sentence);
    for (const auto& label : found.labels)
        out += fmt::format("{}({})  [{}]  describes an axis of result files\n  {}\n", label.name, dims_text(label.dims()), label.unit, label.sentence);
    return out;
}

// Every word of names and titles, for suggestions: each is found when it is asked for.
std::vector<std::string> vocabulary()
{
    std::set<std::string> words;
    const auto add = [&](const std::string& text) {
        for (std::string word : split_words(text)) {
            for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            if (word.size() > 2) words.insert(word);
        }
    };
    for (const std::string& key : scenario::keys()) add(key);
    for (const record::Variable& variable : record::variables()) {
        add(std::string(variable.name));
        add(std::string(variable.long_name));
    }
    for (const record::Label& label : record::labels()) add(std::string(label.name));
    for (const auto& [reader, page] : kSame) words.insert(std::string(reader));
    return {words.begin(), words.end()};
}

}  // namespace

Found find_words(const std::string& words)
{
    Found out = by_name(words);
    const auto wanted = wanted_of(words);
    if (wanted.empty() || words.find_first_of("._*") != std::string::npos) return out;  // a name, or one misspelt
    if (out.named) {
        for (const Hit& hit : hits(wanted)) {
            const bool told = std::any_of(out.keys.begin(), out.keys.end(), [&](const auto& key) { return key.key == hit.name; }) || hit.name == words;
            if (!told && out.also.size() < kAlso) out.also.push_back(hit.name);
        }
        return out;
    }
    for (const Hit& hit : hits(wanted)) {
        if (out.order.size() == kHits) break;
        hit.take(out);
        out.order.push_back(hit.name);
    }
    out.lines = page_lines(wanted);
    return out;
}

std::vector<std::string> as_asked(const std::vector<std::string>& names)
{
    const auto plain = [](const std::string& name) { return name.find_first_of("._*") == std::string::npos; };
    if (names.size() < 2 || !std::all_of(names.begin(), names.end(), plain)) return names;
    const std::string phrase = fmt::format("{}", fmt::join(names, " "));
    const bool all_names = std::all_of(names.begin(), names.end(), [](const std::string& name) { return by_name(name).named; });
    return all_names && hits(wanted_of(phrase)).empty() ? names : std::vector{phrase};
}

std::string found_text(const Found& found, const std::string& words)
{
    if (found.named) return in_full(found) + (found.also.empty() ? "" : wrapped(fmt::format("See also: {}", fmt::join(found.also, ", ")), output_width(), 2));
    std::string out = fmt::format("Nothing is named \"{}\". It is in:\n", words);
    for (const std::string& name : found.order) {
        const auto key = std::find_if(found.keys.begin(), found.keys.end(), [&](const auto& one) { return one.key == name; });
        const auto variable = std::find_if(found.variables.begin(), found.variables.end(), [&](const auto& one) { return one.name == name; });
        const auto label = std::find_if(found.labels.begin(), found.labels.end(), [&](const auto& one) { return one.name == name; });
        if (key != found.keys.end()) out += wrapped(fmt::format("{} (key): {}", name, key->sentence), output_width(), 2);
        else if (variable != found.variables.end()) out += wrapped(fmt::format("{} [{}] (result): {}", name, variable->unit, variable->sentence), output_width(), 2);
        else if (label != found.labels.end()) out += wrapped(fmt::format("{} (result): {}", name, label->sentence), output_width(), 2);
    }
    for (const PageLine& line : found.lines) out += wrapped(fmt::format("{}:{}: {}", line.page, line.line, line.text), output_width(), 2);
    return out + (found.order.empty() ? "" : fmt::format("chokepoint explain {} tells the first in full.\n", found.order.front()));
}

std::vector<std::string> near_words(const std::string& words)
{
    std::vector<std::string> variables, out;
    for (const record::Variable& variable : record::variables()) variables.emplace_back(variable.name);
    for (const record::Label& label : record::labels()) variables.emplace_back(label.name);
    if (const std::string variable = core::closest(words, variables); !variable.empty()) out.push_back(variable);
    const bool is_name = words.find_first_of("._*") != std::string::npos;
    if (const std::string word = core::closest(words, vocabulary()); !is_name && !word.empty()) out.push_back(word);
    for (const std::string& key : scenario::similar_keys(words))
        if (is_name || out.empty()) out.push_back(key);
    return out;
}

}  // namespace chokepoint::cli

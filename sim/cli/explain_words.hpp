#pragma once
// What the words on the command line name: keys of scenarios, variables and labels of results, and lines of the pages
// where no name fits.
//
// A name is looked up as it stands. Words of plain language are looked for in names and sentences: all of them must be
// there, an ending apart; what has them in its name comes first. Few words of readers are another in the file (duty, tariff).

#include "chokepoint/record/variables.hpp"
#include "chokepoint/scenario/reference.hpp"

#include <string>
#include <vector>

namespace chokepoint::cli {

struct PageLine {
    std::string page;  // below the checkout or what is installed
    std::size_t line = 0;
    std::string text;
};

struct Found {
    std::vector<scenario::KeyEntry> keys;
    std::vector<record::Variable> variables;
    std::vector<record::Label> labels;
    std::vector<PageLine> lines;
    std::vector<std::string> order;  // names of all of them, best first
    std::vector<std::string> also;   // other names the word is in, where it is a name itself
    bool named = false;              // the word is their name; else it is in what is said of them
    [[nodiscard]] bool empty() const { return keys.empty() && variables.empty() && labels.empty() && lines.empty(); }
};

// What is asked for: each name, or all words as one phrase where a sentence has them all or not all are names.
[[nodiscard]] std::vector<std::string> as_asked(const std::vector<std::string>& names);
[[nodiscard]] Found find_words(const std::string& words);
// As `explain` prints it: in full what is named, a line each of what a word is found in.
[[nodiscard]] std::string found_text(const Found& found, const std::string& words);
// Names or words near one that is in nothing, best first; each can be explained.
[[nodiscard]] std::vector<std::string> near_words(const std::string& words);

}  // namespace chokepoint::cli

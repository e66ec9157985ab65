#include "commands.hpp"
#include "explain_result.hpp"
#include "explain_words.hpp"
#include "json_answers.hpp"
#include "options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

namespace chokepoint::cli {

namespace {

[[noreturn]] void unknown(const std::string& words)
{
    const std::vector<std::string> near = near_words(words);
    throw UsageError(fmt::format("explain: \"{}\" is neither a scenario key nor an output variable, and no sentence on one has it{}", words,
                                 near.empty() ? "; chokepoint schema --keys lists all keys"
                                              : fmt::format("; did you mean {}?", fmt::join(near, ", "))));
}

// Either keys or a result, and what belongs to a result only with one.
void check_choice(const std::vector<std::string>& names, const ResultQuestion& question)
{
    if (!question.file.empty()) {
        if (!names.empty()) throw UsageError("explain: give KEY or --result, not both");
        return;
    }
    if (!question.block.empty() || !question.date.empty() || !question.product.empty())
        throw UsageError("explain: --block, --date and --product need --result FILE");
    if (names.empty()) throw UsageError("explain: give a KEY, or --result FILE --block ID");
}

}  // namespace

ExitCode explain(Arguments arguments)
{
    Options options("explain",
                    "Explain a key of scenarios (licensing.mofcom_18.deadline, licensing.deadline, or just "
                    "deadline), a variable of results or a word (\"share granted\"); or why a buyer group, maker, trader or importer was short on a day.");
    std::vector<std::string> names;
    ResultQuestion question;
    options.positional("KEY", names, 0, kAnyNumber, "what to explain");
    options.text("--result", "FILE", question.file, "result to explain a shortage from, NAME.h5");
    options.text("--block,--buyer", "ID", question.block, "buyer group, maker, trader or importer to explain");
    options.text("--date", "DATE", question.date, "day to explain; the first short day of the median if left out");
    options.text("--product", "ID", question.product, "only this material");
    options.flag("--json", question.json, "print as JSON");
    if (!options.parse(arguments)) return ExitCode::kDone;
    check_choice(names, question);
    if (!question.file.empty()) {
        fmt::print("{}", explain_result(question));
        return ExitCode::kDone;
    }
    std::string text;
    Found all;
    for (const std::string& name : as_asked(names)) {
        const Found one = find_words(name);
        if (one.empty()) unknown(name);
        text += found_text(one, name);
        all.keys.insert(all.keys.end(), one.keys.begin(), one.keys.end());
        all.variables.insert(all.variables.end(), one.variables.begin(), one.variables.end());
        all.labels.insert(all.labels.end(), one.labels.begin(), one.labels.end());
        all.also.insert(all.also.end(), one.also.begin(), one.also.end());
        all.lines.insert(all.lines.end(), one.lines.begin(), one.lines.end());
    }
    fmt::print("{}", question.json ? explain_json(all) : text);
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

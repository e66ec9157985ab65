#include "commands.hpp"
#include "explain_result.hpp"
#include "json_answers.hpp"
#include "options.hpp"

#include "chokepoint/core/suggest.hpp"
#include "chokepoint/record/variables.hpp"
#include "chokepoint/scenario/reference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

namespace chokepoint::cli {

namespace {

std::string variable_text(const record::Variable& variable)
{
    std::vector<std::string> dims;
    for (const record::Dim dim : variable.dims) dims.emplace_back(record::dim_name(dim));
    return fmt::format("{}({})  [{}]  a variable of result files\n  {}\n  {}\n", variable.name,
                       fmt::join(dims, ", "), variable.unit, variable.long_name, variable.sentence);
}

std::string label_text(const record::Label& label)
{
    std::vector<std::string> dims;
    for (const record::Dim dim : label.dims()) dims.emplace_back(record::dim_name(dim));
    return fmt::format("{}({})  [{}]  describes an axis of result files\n  {}\n", label.name, fmt::join(dims, ", "), label.unit, label.sentence);
}

struct Found {  // what the words on the command line name
    std::vector<scenario::KeyEntry> keys;
    std::vector<record::Variable> variables;
    std::vector<record::Label> labels;
    [[nodiscard]] std::size_t size() const { return keys.size() + variables.size() + labels.size(); }
    [[nodiscard]] std::string text() const
    {
        std::string out;
        for (const auto& key : keys) out += scenario::in_words(key);
        for (const auto& variable : variables) out += variable_text(variable);
        for (const auto& label : labels) out += label_text(label);
        return out;
    }
    void add(const Found& other)
    {
        keys.insert(keys.end(), other.keys.begin(), other.keys.end());
        variables.insert(variables.end(), other.variables.begin(), other.variables.end());
        labels.insert(labels.end(), other.labels.begin(), other.labels.end());
    }
};

Found find(const std::string& name)
{
    Found out;
    out.keys = scenario::keys_like(name);
    for (const record::Variable& variable : record::variables())
        if (variable.name == name) out.variables.push_back(variable);
    for (const record::Label& label : record::labels())
        if (label.name == name) out.labels.push_back(label);
    return out;
}

[[noreturn]] void unknown(const std::string& key)
{
    std::vector<std::string> variables;
    for (const record::Variable& variable : record::variables()) variables.emplace_back(variable.name);
    std::vector<std::string> near = scenario::similar_keys(key);
    const std::string variable = core::closest(key, variables);
    if (!variable.empty()) near.insert(near.begin(), variable);
    throw UsageError(fmt::format("explain: \"{}\" is neither a scenario key nor an output variable{}", key,
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
                    "deadline) or a variable of results; or why a buyer group, maker, trader or importer was short on a day.");
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
    Found found;
    std::string text;
    for (const std::string& name : names) {
        const Found one = find(name);
        if (one.size() == 0) unknown(name);
        text += one.text();
        found.add(one);
    }
    fmt::print("{}", question.json ? explain_json(found.keys, found.variables, found.labels) : text);
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

#include "options.hpp"

#include "chokepoint/core/suggest.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>

namespace chokepoint::cli {

std::uint64_t whole_number(const std::string& what, const std::string& text, std::uint64_t low,
                           std::uint64_t high)
{
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    const bool digits = text.size() > sign && text.find_first_not_of("0123456789", sign) == std::string::npos;
    if (!digits) throw UsageError(fmt::format("{}: \"{}\" is not a whole number in digits", what, text));
    if (error != std::errc{} || stop != end || value < low || value > high) {
        throw UsageError(fmt::format("{}: {} is out of range; give {} to {}", what, text, low, high));
    }
    return value;
}

struct Options::Impl {
    std::string command;
    CLI::App app;
    std::vector<std::string> names;  // every option as the user writes it

    Impl(std::string name, const std::string& summary)
        : command(std::move(name)),
          app(summary, "chokepoint " + command)
    {
        app.allow_extras();
        app.set_help_flag("-h,--help", "show this and stop");
        app.get_formatter()->column_width(34);
        names = {"-h", "--help"};
    }

    CLI::Option* declared(CLI::Option* option, const std::string& spelled, const std::string& placeholder)
    {
        for (const std::string& name : CLI::detail::split(spelled, ',')) names.push_back(name);
        if (!placeholder.empty()) option->option_text(placeholder);
        return option;
    }

    void stop_on_unknown() const
    {
        const auto left = app.remaining();
        if (left.empty()) return;
        for (const std::string& word : left) {
            if (word.size() < 2 || word[0] != '-') continue;
            const std::string name = word.substr(0, word.find('='));
            throw UsageError(fmt::format("{}: unknown option {}; {}", command, name,
                                         core::did_you_mean(name, names, "options")));
        }
        throw UsageError(fmt::format("{}: one argument too many: {}", command, left.front()));
    }
};

Options::Options(std::string command, const std::string& summary)
    : impl_(std::make_unique<Impl>(std::move(command), summary))
{}
Options::~Options() = default;

void Options::flag(const std::string& names, bool& value, const std::string& help)
{
    impl_->declared(impl_->app.add_flag(names, value, help), names, {});
}

void Options::text(const std::string& names, const std::string& placeholder, std::string& value,
                   const std::string& help)
{
    impl_->declared(impl_->app.add_option(names, value, help), names, placeholder)
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

void Options::number(const std::string& names, const std::string& placeholder,
                     std::optional<std::uint64_t>& value, std::uint64_t low, std::uint64_t high,
                     const std::string& help)
{
    const std::string name = names.substr(names.rfind(',') + 1);
    const std::function<void(const std::string&)> take = [&value, low, high, name](const std::string& text) {
        value = whole_number(name, text, low, high);
    };
    impl_->declared(impl_->app.add_option_function<std::string>(names, take, help), names, placeholder)
        ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

void Options::list(const std::string& names, const std::string& placeholder, std::vector<std::string>& values,
                   const std::string& help)
{
    impl_->declared(impl_->app.add_option(names, values, help), names, placeholder)->allow_extra_args(false);
}

void Options::positional(const std::string& placeholder, std::vector<std::string>& values, int at_least,
                         int at_most, const std::string& help)
{
    CLI::Option* option = impl_->app.add_option(placeholder, values, help)->expected(at_least, at_most);
    option->option_text(at_most > 1 ? placeholder + "..." : placeholder);
    option->allow_extra_args(at_most > 1);  // what is too much belongs to the next positional
    if (at_least > 0) option->required();
}

void Options::footer(const std::string& text) { impl_->app.footer(text); }

bool Options::parse(std::span<const std::string> arguments)
{
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
    try {
        impl_->app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", impl_->app.help());
        return false;
    } catch (const CLI::ParseError& error) {
        impl_->stop_on_unknown();  // a misspelt option says more than what it left missing
        throw UsageError(fmt::format("{}: {}", impl_->command, error.what()));
    }
    impl_->stop_on_unknown();
    return true;
}

}  // namespace chokepoint::cli

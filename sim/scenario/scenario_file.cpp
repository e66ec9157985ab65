#include "chokepoint/scenario/scenario_file.hpp"

#include "check.hpp"
#include "chokepoint/core/random.hpp"
#include "decode.hpp"
#include "distribution.hpp"
#include "draw_regimes.hpp"
#include "effective.hpp"
#include "estimates.hpp"
#include "files.hpp"
#include "horizon.hpp"
#include "idle.hpp"
#include "inherit.hpp"
#include "json_effective.hpp"
#include "key_title.hpp"
#include "overrides.hpp"
#include "plausible.hpp"
#include "tables.hpp"
#include "value_mark.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace chokepoint::scenario {

struct ScenarioFile::Impl {
    explicit Impl(const std::filesystem::path& data_dir) : files(data_dir) {}

    Files files;
    const SourceText* main = nullptr;  // the file itself
    Node root;
    std::vector<ChangedKey> changes;  // against the parents, before distributions take their places
    Tables tables;
    Published published;
    Report report;
    std::vector<VariedParameter> varied;
    std::vector<std::shared_ptr<const Distribution>> distributions;  // beside `varied`
};

namespace {
// Numbers the distributions in tree order: the order of the drawn values.
void number_draws(Node& node, const std::string& path, ScenarioFile::Impl& impl)
{
    for (Entry& entry : node.entries) {
        Node& value = entry.value;
        const std::string here = join_path(path, entry.key);
        if (value.distribution != nullptr) {
            value.draw = static_cast<int>(impl.varied.size());
            const Mark mark = mark_of_path(impl.root, here);
            const Dimension dimension = value.field->dimension;
            impl.varied.push_back({here, key_title(impl.root, here), value.unit.empty() ? model_unit(dimension) : value.unit, value.distribution->text, mark.location()});
            impl.distributions.push_back(value.distribution);
        } else {
            number_draws(value, here, impl);
        }
    }
}

// What a parent draws for every member takes the place of what the file sets.
void warn_of_drawn(ScenarioFile::Impl& impl)
{
    const Node* vary = find_path(impl.root, "ensemble.vary");
    if (vary == nullptr) return;
    for (const Entry& draw : vary->entries) {
        const Mark set = mark_of_path(impl.root, draw.key);
        const Mark by = mark_of_draw(draw);
        if (set.source != impl.main || by.source == impl.main || by.source->is_override) continue;
        const core::Location at = by.location();
        impl.report.warning(set, draw.key, fmt::format("does nothing, since ensemble.vary ({}:{}) draws a value of its own for every member", at.file, at.line),
                            fmt::format("remove it, or add ensemble: {{ vary: {{ {}: null }} }} to end the draw", draw.key));
    }
}

Scenario typed(const std::shared_ptr<const ScenarioFile::Impl>& impl, const std::vector<double>* draws)
{
    Report report;
    Scenario out = decode(impl->root, impl->tables, draws, report);
    report.throw_if_errors();
    out.origin = [impl](const std::string& key_path) { return mark_of_value(impl->root, key_path).location(); };
    out.drawn = [impl](const std::string& key_path) {
        const Node* node = find_path(impl->root, key_path);
        return node != nullptr && node->distribution != nullptr;
    };
    return out;
}

void read_tree(ScenarioFile::Impl& impl, const std::filesystem::path& path, const std::vector<std::string>& overrides)
{
    const SourceText& source = impl.files.read_main(path);
    impl.main = &source;
    Inherited read = read_with_parents(source, impl.files, impl.report);
    impl.report.throw_if_errors();
    impl.root = std::move(read.root);
    int number = 0;
    refuse_twice(overrides, impl.files, source.directory, impl.report);
    for (const std::string& expression : overrides)
        apply_override(impl.root, expression, ++number, impl.files, source.directory, impl.report);
    impl.report.throw_if_errors();
    if (read.parents.is_map()) impl.changes = changes(read.parents, impl.root);
}
}  // namespace

ScenarioFile ScenarioFile::load(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                                const std::filesystem::path& data_dir)
{
    auto impl = std::make_shared<Impl>(data_dir);
    Report& report = impl->report;
    read_tree(*impl, path, overrides);
    const std::vector<std::string> source_keys = read_source_keys(impl->files, report);
    Checker checker(impl->root, source_keys, report);
    checker.check();
    report.throw_if_errors();
    checker.apply_vary();
    impl->tables = read_tables(impl->root, impl->files, source_keys, report);
    impl->published = read_published(impl->files, report);
    report.throw_if_errors();
    const Scenario central = decode(impl->root, impl->tables, nullptr, report);
    report.throw_if_errors();
    warn_of_drawn(*impl);
    warn_of_idle_keys(central, impl->root, report);
    warn_outside_horizon(impl->root, report);
    warn_past_calendars(impl->root, impl->tables, report);
    warn_beyond_estimates(central, impl->root, report);
    number_draws(impl->root, "", *impl);
    return ScenarioFile(std::move(impl));
}

ScenarioFile::ScenarioFile(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)), warnings_(impl_->report.warnings()) {}

const Published& ScenarioFile::published() const { return impl_->published; }
const std::vector<VariedParameter>& ScenarioFile::varied() const { return impl_->varied; }
const std::vector<InputFile>& ScenarioFile::inputs() const { return impl_->files.inputs(); }

const std::vector<ChangedKey>& ScenarioFile::changes() const { return impl_->changes; }

std::vector<Caveat> ScenarioFile::caveats() const
{
    std::vector<Caveat> out;
    if (const Node* map = impl_->root.find("caveats"); map != nullptr)
        for (const Entry& one : map->entries) out.push_back({one.key, one.value.find("figure")->text, one.value.find("text")->text});
    return out;
}

std::vector<DatedStep> ScenarioFile::dated_steps() const { return scenario::dated_steps(impl_->root); }

std::vector<double> ScenarioFile::draw(std::uint64_t seed, std::uint32_t member) const
{
    const core::Random random(seed, member);
    std::vector<double> out;
    out.reserve(impl_->varied.size());
    for (std::size_t i = 0; i < impl_->varied.size(); ++i)
        out.push_back(impl_->distributions[i]->quantile(random.uniform(core::Stream::kParameter, core::entity_key(impl_->varied[i].path))));
    return out;
}

Scenario ScenarioFile::scenario(std::uint32_t member, std::optional<std::uint64_t> seed) const
{
    const std::uint64_t used = seed.value_or(read_count(impl_->root.find("seed")->text).value_or(1));
    const std::vector<double> draws = draw(used, member);
    Scenario out = typed(impl_, &draws);
    out.seed = used;
    out.member = member;
    draw_regimes(out, core::Random(used, member));
    return out;
}

Scenario ScenarioFile::central() const { return typed(impl_, nullptr); }

Scenario ScenarioFile::with_values(const std::vector<double>& values) const
{
    if (values.size() != impl_->varied.size()) throw std::invalid_argument("one value per varied parameter is wanted");
    return typed(impl_, &values);
}

std::string ScenarioFile::effective_text() const { return write_yaml(impl_->root, false); }
std::string ScenarioFile::effective_text_with_origins() const { return write_yaml(impl_->root, true); }
std::string ScenarioFile::effective_json(bool with_origins) const { return with_origins ? write_origins_json(impl_->root) : write_json(impl_->root); }
std::string ScenarioFile::difference_from(const ScenarioFile& parent) const { return difference(parent.impl_->root, impl_->root); }
std::string ScenarioFile::difference_json(const ScenarioFile& parent) const { return write_difference_json(parent.impl_->root, impl_->root); }

std::optional<core::Location> ScenarioFile::set_here(const std::string& key_path) const
{
    const auto here = [&](const Mark& mark) { return mark.source == impl_->main || (mark.source != nullptr && mark.source->is_override); };
    const auto first = [&](auto&& self, const Node& node) -> std::optional<core::Location> {
        for (const Entry& entry : node.entries) {
            if (!entry.value.from_table && here(entry.key_mark)) return entry.mark().location();
            if (auto below = self(self, entry.value)) return below;
        }
        return std::nullopt;
    };
    const Mark mark = mark_of_path(impl_->root, key_path);
    if (here(mark)) return mark.location();
    const Node* node = find_path(impl_->root, key_path);
    return node == nullptr ? std::nullopt : first(first, *node);
}

core::Location ScenarioFile::origin(const std::string& key_path) const
{
    return mark_of_path(impl_->root, key_path).location();
}

}  // namespace chokepoint::scenario

#include "fields.hpp"

namespace chokepoint::scenario {

void add_frame_fields(std::vector<Field>& table)
{
    const auto add = [&table](Field field) { table.push_back(std::move(field)); };
    add(count("chokepoint", "Version of the scenario grammar.").bounds(1, 1));
    add(of_kind(FieldKind::kWords, "extends", "Parent file beside this one or a shipped scenario, or a list applied left to right. Maps merge, everything else replaces, null removes.").optional());
    add(text("name", "Short name used for result files: letters, digits, underscores."));
    table.back().presence = Presence::kRequired;
    add(text("title", "One line shown at the head of tables and reports."));
    add(text("question", "The question this scenario answers."));
    add(text("run_time", "Expected run time, as a hint for readers."));
    add(of_kind(FieldKind::kSources, "sources", "Source keys of data/sources.csv this scenario rests on.").optional());
    add(count("seed", "Seed of every random draw.").bounds(0, 1.8e19).defaults("1"));

    add(block("time", "The simulated period."));
    table.back().presence = Presence::kRequired;
    add(date("time.start", "First simulated day."));
    add(quantity("time.horizon", Dimension::kDays, "Number of simulated days.").bounds(1, 36525).whole_number().fixed().defaults("365 d"));

    add(block("world", "Size of the synthetic world."));
    add(quantity("world.scale", Dimension::kBare, "Multiplies the number of firms of every block, not volumes.").above(0).bounds(0.001, 1e6).fixed().defaults("1"));
    add(of_kind(FieldKind::kCounts, "world.suppliers", "Fewest and most suppliers a firm has in one block of sellers.").defaults("[1, 3]"));
    table.back().bounds(1, 100);

    add(block("ensemble", "The members of an ensemble run."));
    add(count("ensemble.members", "Number of members when the command line gives none.").bounds(1, 1e6).defaults("100"));
    add(of_kind(FieldKind::kVary, "ensemble.vary", "Dotted key path to a distribution: each member draws its own value.").optional());

    add(block("output", "What is written to the result file."));
    add(quantity("output.every", Dimension::kDays, "Step of the ensemble quantiles; only one day so far.").bounds(1, 1).whole_number().fixed().defaults("1 d"));
    add(word("output.members", {"weekly", "daily"}, "Step of the series kept per member.").defaults("weekly"));
    add(of_kind(FieldKind::kShares, "output.quantiles", "Quantiles over members, ascending.").defaults("[5 %, 25 %, 50 %, 75 %, 95 %]"));
    table.back().dimension = Dimension::kShare;
    table.back().bounds(0, 1);
    add(references("output.exports_of", {"regions"}, "Origins whose exports are recorded; without it the regions that have a licensing authority.").optional());

    add(block("economy", "What stands behind the buyers, for the model card: nothing of it enters a run.").optional());
    add(quantity("economy.multiplier", Dimension::kFactor, "Value added lost in the whole economy for each dollar that the buyers themselves lose, as input-output tables give it.").bounds(1, 100).fixed().assumed("1.5 to 4.6 x", "assumption"));
    add_notes(table, "economy");
    add(map_of("assumptions", "Assumed numbers with the reason for each, for readers and the report."));
    add(block("assumptions.*", "One assumption."));
    add(text("assumptions.*.key", "Key path the assumption stands behind, or words."));
    add(text("assumptions.*.why", "Why this number."));
    add(text("assumptions.*.range", "Range thought plausible."));
    add_notes(table, "assumptions.*");
    add(map_of("caveats", "Figures the scenario is known to get wrong against the record; what is said of each stands beside it in tables and reports."));
    add(block("caveats.*", "One caveat."));
    add(word("caveats.*.figure", {"lost", "output_lost", "duty_paid"}, "The figure it is about: need lost, lost output, duty paid."));
    table.back().presence = Presence::kRequired;
    add(text("caveats.*.text", "What a reader of the figure must know: one or two sentences, without the last full stop."));
    table.back().presence = Presence::kRequired;
    add_notes(table, "caveats.*");
}

}  // namespace chokepoint::scenario

#include "chokepoint/record/variables.hpp"

#include <fmt/format.h>

namespace chokepoint::record {

namespace {

std::string dims_text(const std::vector<Dim>& dims)
{
    std::string out;
    for (const Dim dim : dims) out += fmt::format("{}{}", out.empty() ? "" : ", ", dim_name(dim));
    return out;
}

std::string row(const Variable& variable)
{
    return fmt::format("| `{}` | {} | {} | {} |\n", variable.name, dims_text(variable.dims), variable.unit, variable.sentence);
}

std::string section(const char* title, Aggregation aggregation, bool whole_run)
{
    std::string out =
        fmt::format("\n## {}\n\n| variable | dimensions | unit | meaning |\n|---|---|---|---|\n", title);
    for (const auto& variable : variables()) {
        if (variable.aggregation == aggregation && (variable.span == Span::kRun) == whole_run)
            out += row(variable);
    }
    return out;
}

constexpr const char* kReading = R"text(
## Reading it

With the Python package of this repository (`analysis/chokepoint`; Debian: `python3-h5py python3-numpy python3-pandas`):

```python
import chokepoint
with chokepoint.open("geneva_truce.h5") as result:
    print(chokepoint.headline(result, by="sector"))
```

With h5py alone:

```python
import h5py
import numpy as np
with h5py.File("geneva_truce.h5") as result:
    done = result["member_status"][()] == 0
    buyers = result["buyer_title"].asstr()[()]
    unmet = np.nansum(result["shortfall_total"][done], axis=2)  # [member, buyer] t
for buyer, tonnes in zip(buyers, unmet.T):
    low, median, high = np.quantile(tonnes, [0.05, 0.5, 0.95])
    print(f"{buyer}: {median:.2f} t ({low:.2f} to {high:.2f})")
```

With xarray, `xarray.open_dataset("geneva_truce.h5")` opens the root; `group="parameters"` the drawn values. With R
(Debian: `r-base-core r-cran-ncdf4`), where dimensions come in the opposite order:

```r
library(ncdf4)
result <- nc_open("geneva_truce.h5")
done <- ncvar_get(result, "member_status") == 0
total <- ncvar_get(result, "shortfall_total", collapse_degen = FALSE)  # [product, buyer, member] t
unmet <- apply(total[, , done, drop = FALSE], c(2, 3), sum, na.rm = TRUE)  # [buyer, member] t
print(data.frame(buyer = ncvar_get(result, "buyer_title"), median = apply(unmet, 1, median)))
```
)text";

}  // namespace

std::string results_reference()
{
    std::string out = fmt::format(
        "# Variables of a result file\n\n"
        "Generated from the table in `sim/record/variables.cpp`; schema version {}.{}.\n\n"
        "A result is an HDF5 file that is also valid netCDF-4. Material is in tonnes, money in US dollars,\n"
        "durations in days. `time`, `week` and `month` hold days since the start. Values of a member that "
        "is\n"
        "not done are NaN (floats) or -1 (integers). Quantiles are over the members that are done, by "
        "linear\n"
        "interpolation; the attribute `members_used` counts them. A variable with an axis of length 0 (no\n"
        "control in the scenario, say) is left out.\n",
        kSchemaMajor, kSchemaMinor);
    out += section("Quantiles over members, by day or week", Aggregation::kQuantiles, false);
    out += section("Medians over members, by week", Aggregation::kMedian, false);
    out += section("Every member, by week or month", Aggregation::kMembers, false);
    out += section("Every member, one value a run", Aggregation::kMembers, true);
    out +=
        section("Every member, by day, with `output: { members: daily }`", Aggregation::kMembersDaily, false);
    out += "\n## What describes the axes\n\n| variable | dimension | unit | meaning |\n|---|---|---|---|\n";
    for (const auto& label : labels()) {
        out += fmt::format("| `{}` | {} | {} | {} |\n", label.name, dims_text(label.dims()), label.unit,
                           label.sentence);
    }
    out +=
        "\n## State and origin\n\n"
        "`member_status(member)` is 0 done, 1 failed, 2 missing; `member_error(member)` says why it failed.\n"
        "The group `parameters` holds the value drawn for each member and varied key; `events` what policy\n"
        "did, when, why and in how many members; `provenance` the effective scenario, what differs from the\n"
        "files it extends (`changed`, `changed_from`, `changed_to`, `changed_at`), the SHA-256 of every\n"
        "input, seed, draws (how they are keyed), version, commit, compiler, libraries and command line. Root attributes: "
        "`Conventions`,\n"
        "`schema_version`, `title`, `question`, `scenario`, `source`, `run_id`, `members_requested`,\n"
        "`members_done`.\n";
    out += kReading;
    return out;
}

}  // namespace chokepoint::record

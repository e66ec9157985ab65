#include "chokepoint/record/result_file.hpp"

#include "chokepoint/core/error.hpp"
#include "hdf5_read.hpp"

#include <algorithm>

namespace chokepoint::record {

namespace {

void read_into(const Hdf5Reader& file, const std::string& path, const Variable& variable,
               const MemberLayout& layout, DoneMembers& out)
{
    const std::size_t index = layout.metric_index(variable.quantity);
    const std::size_t width = layout.metrics[index].size();
    if (width == 0) return;  // an axis of length 0: the variable is not there
    const auto values = file.read_numbers(std::string(variable.name));
    for (std::size_t i = 0; i < out.members.size(); ++i) {
        const std::size_t begin = out.members[i] * width;
        if (begin + width > values.size()) {
            throw core::EnvironmentError(
                path, std::string(variable.name) + " has another shape than this scenario");
        }
        out.metrics[i][index].assign(values.begin() + static_cast<std::ptrdiff_t>(begin),
                                     values.begin() + static_cast<std::ptrdiff_t>(begin + width));
    }
}

}  // namespace

DoneMembers read_metrics(const std::string& path, const Axes& axes)
{
    const Hdf5Reader file(path);
    const MemberLayout layout(axes);
    DoneMembers out;
    const auto status = file.read_numbers("member_status");
    for (std::uint32_t member = 0; member < status.size(); ++member) {
        if (static_cast<int>(status[member]) == static_cast<int>(MemberStatus::kDone))
            out.members.push_back(member);
    }
    out.metrics.assign(out.members.size(), Metrics(layout.metrics.size()));
    for (const Variable& variable : variables()) {
        if (variable.span == Span::kRun) read_into(file, path, variable, layout, out);
    }
    return out;
}

}  // namespace chokepoint::record

#pragma once
// The files a scenario reads. A named path is looked up beside the file that names it, then in the data
// folder, and may not leave the two, neither through ".." nor through a symbolic link.

#include "chokepoint/scenario/scenario_file.hpp"
#include "node.hpp"
#include "report.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::scenario {

class Files {
  public:
    explicit Files(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}

    // The scenario itself; throws core::EnvironmentError when it cannot be read.
    const SourceText& read_main(const std::filesystem::path& path);
    // A file named by a scalar of the tree; null after reporting when it cannot be had.
    const SourceText* read_named(const Node& name, const std::string& key, Report& report);
    // A file of the data folder that need not exist.
    const SourceText* read_data(const std::string& name);
    // A text that is not a file, such as a --set expression.
    const SourceText& keep(std::string name, std::string text, const std::filesystem::path& directory);

    // The one true path of a text, to find cycles.
    [[nodiscard]] const std::filesystem::path& identity(const SourceText& source) const { return identity_.at(&source); }
    [[nodiscard]] const std::vector<InputFile>& inputs() const { return inputs_; }

  private:
    const SourceText& read(const std::filesystem::path& path, const std::string& name);

    std::filesystem::path data_dir_;
    std::vector<std::unique_ptr<SourceText>> texts_;
    std::map<const SourceText*, std::filesystem::path> identity_;
    std::map<std::filesystem::path, const SourceText*> by_path_;
    std::vector<InputFile> inputs_;
};

}  // namespace chokepoint::scenario

#include "support.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>

namespace chokepoint::test {

namespace fs = std::filesystem;

fs::path good_folder() { return fs::path(CHOKEPOINT_SOURCE_DIR) / "tests/scenarios/good"; }
fs::path bad_folder() { return fs::path(CHOKEPOINT_SOURCE_DIR) / "tests/scenarios/bad"; }

std::string read_text(const fs::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return std::move(text).str();
}

TemporaryFolder::TemporaryFolder()
{
    std::string pattern = (fs::temp_directory_path() / "chokepoint-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = fs::canonical(pattern);
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code error;
    fs::remove_all(path_, error);
}

fs::path TemporaryFolder::write(const std::string& name, const std::string& text) const
{
    const fs::path file = path_ / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
}

scenario::ScenarioFile load_good(const std::string& name, const std::vector<std::string>& overrides)
{
    return scenario::ScenarioFile::load(good_folder() / (name + ".yaml"), overrides, good_folder());
}

std::vector<core::Diagnostic> errors_of(const fs::path& path, const std::vector<std::string>& overrides, const fs::path& data_dir)
{
    try {
        (void)scenario::ScenarioFile::load(path, overrides, data_dir);
    } catch (const core::InputError& error) {
        return error.diagnostics();
    }
    return {};
}

std::vector<core::Diagnostic> errors_of_text(const std::string& text)
{
    const TemporaryFolder folder;
    return errors_of(folder.write("text.yaml", text));
}

}  // namespace chokepoint::test

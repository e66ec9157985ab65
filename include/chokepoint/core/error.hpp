#pragma once
// Errors with locations. Libraries throw these; only main prints and exits.
//
// InputError        what the user asked for cannot be done: many diagnostics at once   exit 3
// EnvironmentError  cannot open, read or write; names path and system reason           exit 4
// ModelError        the model broke one of its own rules; names day, phase, entity     exit 1
//
// Message grammar: file:line:col: error: key.path: problem (reason); remedy
// followed by the source line and a caret where the text is known.

#include <stdexcept>
#include <string>
#include <vector>

namespace chokepoint::core {

// Where a value was set. Line and column count from 1; 0 means unknown.
struct Location {
    std::string file;  // path as the user gave it, or "--set N"
    int line = 0;
    int column = 0;
    std::string text;  // the source line, empty when unknown
    int width = 1;     // columns the caret underlines
};

struct Diagnostic {
    enum class Severity { kError, kWarning };
    Severity severity = Severity::kError;
    Location where;
    std::string key;      // dotted path, may be empty
    std::string problem;  // what is wrong, with the reason in parentheses
    std::string remedy;   // what to do, may be empty

    [[nodiscard]] std::string to_string() const;
};

class InputError : public std::runtime_error {
  public:
    explicit InputError(std::vector<Diagnostic> diagnostics);
    [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

  private:
    std::vector<Diagnostic> diagnostics_;
};

class EnvironmentError : public std::runtime_error {
  public:
    EnvironmentError(const std::string& path, const std::string& what_failed, int system_errno = 0);
};

class ModelError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace chokepoint::core

#include "commands.hpp"
#include "options.hpp"

#include "chokepoint/core/data_directory.hpp"
#include "chokepoint/scenario/reference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint::cli {

namespace {

// Options are asked of the program, so that none is written twice; keys come from the field table. A key is
// completed one part at a time, and a part that is an id (a * in the table) is typed by the user.
constexpr const char* kBash = R"bash(# bash completion of chokepoint: source <(chokepoint completion bash)
_chokepoint_keys='{keys}'
_chokepoint_key() {{
  local typed=$1 prefix= pattern parts wanted i fits
  [[ $typed == *.* ]] && prefix=${{typed%.*}}.
  IFS=. read -ra wanted <<<"${{prefix%.}}"
  [ -n "$prefix" ] || wanted=()
  while IFS= read -r pattern; do
    IFS=. read -ra parts <<<"$pattern"
    ((${{#parts[@]}} > ${{#wanted[@]}})) || continue
    fits=yes
    for i in "${{!wanted[@]}}"; do
      [ "${{parts[i]}}" = '*' ] || [ "${{parts[i]}}" = "${{wanted[i]}}" ] || fits=
    done
    [ -z "$fits" ] || [ "${{parts[${{#wanted[@]}}]}}" = '*' ] || printf '%s\n' "$prefix${{parts[${{#wanted[@]}}]}}"
  done <<<"$_chokepoint_keys" | sort -u
}}
_chokepoint() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} words
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W '{commands}' -- "$word")
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$("${{COMP_WORDS[0]}}" "$command" --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*')" -- "$word")
  elif [[ $before == --* ]] && words=$("${{COMP_WORDS[0]}}" "$command" --help 2>/dev/null | grep -oE -- "$before \{{[^}}]*\}}" | head -n 1) && [ -n "$words" ]; then
    words=${{words#*\{{}}
    mapfile -t COMPREPLY < <(compgen -W "${{words//[,\}}]/ }}" -- "$word")
  elif [[ $command == new && $before == --from ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{shipped}' -- "$word"; compgen -f -X '!*.yaml' -- "$word")
  elif [[ $before == --observed ]]; then
    mapfile -t COMPREPLY < <(compgen -f -X '!*.csv' -- "$word"; compgen -d -- "$word")
  elif [[ $before == --set || $before == --vary || $command == explain ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_chokepoint_key "$word")" -- "$word")
    compopt -o nospace
  else
    case $command in
      completion) COMPREPLY=(bash) ;;
      new) COMPREPLY=() ;;
      pe) if ((COMP_CWORD == 2)); then mapfile -t COMPREPLY < <(compgen -W 'gsim smart' -- "$word"); else mapfile -t COMPREPLY < <(compgen -f -X '!*.yaml' -- "$word"; compgen -d -- "$word"); fi ;;
      validate|show|run|fit) mapfile -t COMPREPLY < <(compgen -f -X '!*.yaml' -- "$word"; compgen -d -- "$word") ;;
      *) mapfile -t COMPREPLY < <(compgen -f -X '!*.h5' -- "$word"; compgen -d -- "$word") ;;
    esac
  fi
}}
complete -o filenames -F _chokepoint chokepoint ./chokepoint
)bash";

// Names `new --from` takes, but for the file of defaults, which is no scenario.
std::string shipped_scenarios()
{
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(core::data_directory().parent_path() / "scenarios", ignored)) {
        const auto& path = entry.path();
        if (path.extension() == ".yaml" && path.stem() != "defaults") names.push_back(path.stem().string());
    }
    std::sort(names.begin(), names.end());
    return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace

ExitCode completion(Arguments arguments)
{
    Options options("completion", "Print what a shell needs to complete commands, options, files and keys.");
    std::vector<std::string> shells;
    options.positional("SHELL", shells, 1, 1, "bash");
    options.footer("source <(chokepoint completion bash)");
    if (!options.parse(arguments)) return ExitCode::kDone;
    if (shells.front() != "bash") throw UsageError(fmt::format("completion: no shell \"{}\"; known: bash", shells.front()));
    std::string keys, names;
    for (const std::string& key : scenario::keys()) keys += (keys.empty() ? "" : "\n") + key;
    for (const Command& command : commands()) names += (names.empty() ? "" : " ") + std::string(command.name);
    fmt::print(fmt::runtime(kBash), fmt::arg("keys", keys), fmt::arg("commands", names), fmt::arg("shipped", shipped_scenarios()));
    return ExitCode::kDone;
}

}  // namespace chokepoint::cli

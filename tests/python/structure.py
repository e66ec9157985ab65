"""Reads every #include of the program and says what breaks its structure."""

import pathlib
import re

# What a module may include, besides itself. Left to right, as data flow.
MAY_INCLUDE = {
    "core": set(),
    "scenario": {"core"},
    "pe": {"core", "scenario"},
    "world": {"core", "scenario"},
    "dynamics": {"core", "world"},
    "engine": {"core", "world", "dynamics"},
    "record": {"core", "world"},
    "ensemble": {"core", "scenario", "world", "dynamics", "engine", "record"},
    "cli": {"core", "scenario", "pe", "world", "dynamics", "engine", "record", "ensemble"},
}
# Those must not meet the scenario even through another module's header.
NEVER_REACHES_SCENARIO = {"dynamics", "engine"}

# Third-party library: pattern of its headers, the modules that have a door.
DOORS = {
    "oneTBB": (r"(oneapi/)?tbb/", {"core"}),
    "Random123": (r"Random123/", {"core"}),
    "yaml-cpp": (r"yaml-cpp/", {"scenario"}),
    "Eigen": (r"(unsupported/)?Eigen/", {"pe"}),
    "HDF5": (r"(hdf5|H5\w*|hdf5_hl)\.h", {"record"}),
    "CLI11": (r"CLI/", {"cli"}),
    "nlohmann-json": (r"nlohmann/", {"scenario", "record", "ensemble", "cli"}),
    "OpenSSL": (r"openssl/", {"core", "scenario", "world", "record", "ensemble"}),
    "zlib": (r"zlib\.h", {"core", "record"}),
}
# A door of several sources: they share a name. Any other library has one source file a module.
SHARED_NAMES = {"HDF5": "hdf5_", "nlohmann-json": "json_"}
# libfmt formats text everywhere in sources; headers stay free of it.
FREE_IN_SOURCES = re.compile(r"fmt/|sys/|(unistd|fcntl|signal|termios|poll|pthread|malloc)\.h")
STANDARD = re.compile(r"[a-z_0-9]+")

LONGEST_FILE = 450
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def source_files(root):
    """Every C++ file of the program, with its module; other files of the top folders have none."""
    for top in ("include/chokepoint", "sim"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix in {".hpp", ".h", ".cpp", ".in"} and path.is_file():
                relative = path.relative_to(root / top)
                yield path, relative.parts[0] if len(relative.parts) > 1 else None


def module_of(root, path):
    for top in (root / "include/chokepoint", root / "sim"):
        if path.is_relative_to(top):
            return path.relative_to(top).parts[0]
    return None


def resolve(root, file, name):
    """The file of ours that `#include "name"` in `file` reads."""
    for folder in (file.parent, root / "include", root / "sim", root):
        candidate = (folder / name).resolve()
        if candidate.is_file():
            return candidate
    return None


def library_of(name):
    return next((lib for lib, (pattern, _) in DOORS.items() if re.match(pattern, name)), None)


class Structure:
    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        self.files = dict(source_files(self.root))
        self.includes = {path: INCLUDE.findall(path.read_text()) for path in self.files}
        self.doors = {}  # (library, module) -> files
        self.problems = []

    def report(self, path, problem):
        self.problems.append(f"{path.relative_to(self.root)}: {problem}")

    def check(self):
        for path, module in self.files.items():
            self.check_file(path, module)
            for bracket, name in self.includes[path]:
                target = resolve(self.root, path, name) if bracket == '"' else None
                if target:
                    self.check_ours(path, module, target, name)
                else:
                    self.check_other(path, module, bracket, name)
        for (library, module), paths in self.doors.items():
            shared = SHARED_NAMES.get(library)
            named = [path for path in paths if shared and path.name.startswith(shared)]
            door = (named or paths)[0]
            for path in paths:
                if path != door and path not in named:
                    self.report(path, f"a second door to {library} in {module}, beside {door.name}")
        self.check_hidden_scenario()
        self.check_links()
        return self.problems

    def check_file(self, path, module):
        if module not in MAY_INCLUDE:
            self.report(path, f"belongs to no module: {module}")
        text = path.read_text()
        if text.count("\n") > LONGEST_FILE:
            self.report(path, f"{text.count(chr(10))} lines, more than {LONGEST_FILE}")
        if path.suffix == ".hpp" and "#pragma once" not in text:
            self.report(path, "a header without #pragma once")

    def check_ours(self, path, module, target, name):
        other = module_of(self.root, target)
        if other == module:
            return
        if other not in MAY_INCLUDE.get(module, set()):
            self.report(path, f"{module} may not include {other}: {name}")
        elif not target.is_relative_to(self.root / "include"):
            self.report(path, f"a private header of {other}: {name}")

    def check_other(self, path, module, bracket, name):
        library = library_of(name)
        public = path.is_relative_to(self.root / "include")
        if library and module not in DOORS[library][1]:
            self.report(path, f"{module} has no door to {library}: {name}")
        elif library and path.suffix != ".cpp":
            self.report(path, f"a header shows {library}: {name}")
        elif library:
            files = self.doors.setdefault((library, module), [])
            if path not in files:
                files.append(path)
        elif bracket == '"':
            self.report(path, f"no such file: {name}")
        elif STANDARD.fullmatch(name):
            pass
        elif not FREE_IN_SOURCES.match(name):
            self.report(path, f"an unknown library: {name}")
        elif public:
            self.report(path, f"a public header shows {name}")

    def check_hidden_scenario(self):
        for path, module in self.files.items():
            if module in NEVER_REACHES_SCENARIO:
                for reached in self.reachable(path):
                    if module_of(self.root, reached) == "scenario":
                        self.report(path, f"{module} reaches the scenario: {reached.name}")

    def reachable(self, path):
        seen, to_do = set(), [path]
        while to_do:
            current = to_do.pop()
            for bracket, name in self.includes.get(current, ()):
                target = resolve(self.root, current, name) if bracket == '"' else None
                if target and target not in seen:
                    seen.add(target)
                    to_do.append(target)
        return seen

    def check_links(self):
        """A module's CMakeLists.txt links only what the module may include."""
        for path in sorted((self.root / "sim").glob("*/CMakeLists.txt")):
            module = path.parent.name
            text = re.sub(r"#.*", "", path.read_text())
            for uses in re.findall(r"\bUSES\b((?:\s+[a-z_]+)*)", text):
                for other in set(uses.split()) - MAY_INCLUDE.get(module, set()):
                    self.report(path, f"{module} may not link {other}")


def problems_of(root):
    return Structure(root).check()

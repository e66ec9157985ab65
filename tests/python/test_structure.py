"""The structure of the program, and that the checker sees each way of breaking it."""

import json

import pytest
import structure


def test_the_program_keeps_its_structure(source):
    found = structure.Structure(source)
    # Not vacuous: it reads the program, whose third-party doors are known.
    assert len(found.files) > 10
    assert found.check() == []
    assert ("oneTBB", "core") in found.doors and ("Random123", "core") in found.doors


SOUND = {
    "include/chokepoint/core/date.hpp": "#pragma once\n#include <string>\n",
    "include/chokepoint/scenario/scenario.hpp": '#pragma once\n#include "chokepoint/core/date.hpp"\n',
    "include/chokepoint/world/state.hpp": "#pragma once\n",
    "include/chokepoint/world/build.hpp": '#pragma once\n#include "chokepoint/scenario/scenario.hpp"\n',
    "sim/core/parallel.cpp": "#include <tbb/parallel_for.h>\n#include <fmt/format.h>\n",
    "sim/world/balance.hpp": "#pragma once\n",
    "sim/record/hdf5_read.cpp": "#include <hdf5.h>\n",
    "sim/record/hdf5_write.cpp": "#include <hdf5.h>\n",
    "sim/world/balance.cpp": '#include "balance.hpp"\n#include <sys/stat.h>\n',
    "sim/pe/gsim.cpp": "#include <Eigen/Dense>\n",
    "sim/dynamics/ship.cpp": '#include "chokepoint/world/state.hpp"\n',
    "sim/world/CMakeLists.txt": "chokepoint_module(world\n  SOURCES balance.cpp\n  USES core scenario\n"
    "  PRIVATE_LIBS Eigen3::Eigen)\n",
}

BROKEN = {
    "upward include": (
        {"sim/core/bad.cpp": '#include "chokepoint/world/state.hpp"\n'},
        "sim/core/bad.cpp: core may not include world: chokepoint/world/state.hpp",
    ),
    "upward include by a relative path": (
        {"sim/core/bad.cpp": '#  include "../world/balance.hpp"\n'},
        "sim/core/bad.cpp: core may not include world: ../world/balance.hpp",
    ),
    "dynamics sees the scenario": (
        {"sim/dynamics/bad.cpp": '#include "chokepoint/scenario/scenario.hpp"\n'},
        "sim/dynamics/bad.cpp: dynamics may not include scenario: chokepoint/scenario/scenario.hpp",
    ),
    "dynamics reaches the scenario through world": (
        {"sim/dynamics/bad.cpp": '#include "chokepoint/world/build.hpp"\n'},
        "sim/dynamics/bad.cpp: dynamics reaches the scenario: scenario.hpp",
    ),
    "private header of another module": (
        {"sim/dynamics/bad.cpp": '#include "../world/balance.hpp"\n'},
        "sim/dynamics/bad.cpp: a private header of world: ../world/balance.hpp",
    ),
    "library in the wrong module": (
        {"sim/dynamics/bad.cpp": "#include <oneapi/tbb/parallel_for.h>\n"},
        "sim/dynamics/bad.cpp: dynamics has no door to oneTBB: oneapi/tbb/parallel_for.h",
    ),
    "second door": (
        {"sim/core/queue.cpp": "#include <tbb/task.h>\n"},
        "sim/core/queue.cpp: a second door to oneTBB in core, beside parallel.cpp",
    ),
    "second door beside one of several sources": (
        {"sim/record/hdf5_read.cpp": "#include <hdf5.h>\n", "sim/record/rows.cpp": "#include <hdf5.h>\n"},
        "sim/record/rows.cpp: a second door to HDF5 in record, beside hdf5_read.cpp",
    ),
    "library in a public header": (
        {"include/chokepoint/pe/bad.hpp": "#pragma once\n#include <Eigen/Core>\n"},
        "include/chokepoint/pe/bad.hpp: a header shows Eigen: Eigen/Core",
    ),
    "library in a private header": (
        {"sim/pe/bad.hpp": "#pragma once\n#include <Eigen/Core>\n"},
        "sim/pe/bad.hpp: a header shows Eigen: Eigen/Core",
    ),
    "fmt in a public header": (
        {"include/chokepoint/core/bad.hpp": "#pragma once\n#include <fmt/core.h>\n"},
        "include/chokepoint/core/bad.hpp: a public header shows fmt/core.h",
    ),
    "unknown library": (
        {"sim/core/bad.cpp": "#include <boost/any.hpp>\n"},
        "sim/core/bad.cpp: an unknown library: boost/any.hpp",
    ),
    "missing file": (
        {"sim/core/bad.cpp": '#include "nowhere.hpp"\n'},
        "sim/core/bad.cpp: no such file: nowhere.hpp",
    ),
    "unknown module": (
        {"sim/utils/bad.cpp": "\n"},
        "sim/utils/bad.cpp: belongs to no module: utils",
    ),
    "long file": (
        {"sim/core/bad.cpp": "//\n" * 451},
        "sim/core/bad.cpp: 451 lines, more than 450",
    ),
    "unguarded header": (
        {"sim/core/bad.hpp": "\n"},
        "sim/core/bad.hpp: a header without #pragma once",
    ),
    "link against the flow": (
        {"sim/core/CMakeLists.txt": "chokepoint_module(core\n  USES world SOURCES a.cpp)\n"},
        "sim/core/CMakeLists.txt: core may not link world",
    ),
}


def plant(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_a_sound_tree_passes(tmp_path):
    plant(tmp_path, SOUND)
    assert structure.problems_of(tmp_path) == []


@pytest.mark.parametrize("violation", BROKEN)
def test_a_planted_violation_is_found(tmp_path, violation):
    files, expected = BROKEN[violation]
    plant(tmp_path, SOUND | files)
    problems = structure.problems_of(tmp_path)
    assert expected in problems
    assert {problem.split(":")[0] for problem in problems} == {expected.split(":")[0]}


def test_every_preset_is_told_of_and_finds_its_files(source):
    presets = json.loads((source / "CMakePresets.json").read_text())
    page = (source / "sim" / "README.md").read_text()
    names = {preset["name"] for preset in presets["configurePresets"] if not preset.get("hidden")}
    assert names == {"release", "dev", "asan", "tsan", "coverage"}
    for kind in ("buildPresets", "testPresets"):
        assert {preset["configurePreset"] for preset in presets[kind] if not preset.get("hidden")} == names
    for name in names:
        assert f"`{name}`" in page
    (tsan,) = [preset for preset in presets["testPresets"] if preset["name"] == "tsan"]
    _, path = tsan["environment"]["TSAN_OPTIONS"].split("=${sourceDir}/")
    assert (source / path).is_file()

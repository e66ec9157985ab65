"""The real thing once: a checkout whose path has spaces builds and runs, called from elsewhere."""

import os
import shutil
import subprocess

TOP = ("chokepoint", "CMakeLists.txt", "CMakePresets.json", "include", "sim", "data", "scenarios")


def test_a_copy_in_a_path_with_spaces_builds_and_runs(source, tmp_path):
    root = tmp_path / "a check out"
    root.mkdir()
    for name in TOP:
        if (source / name).is_dir():
            shutil.copytree(source / name, root / name)
        elif (source / name).exists():
            shutil.copy2(source / name, root / name)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CHOKEPOINT_")}

    def version():
        return subprocess.run(
            [root / "chokepoint", "--no-install", "version"],
            cwd=tmp_path, env=environment, capture_output=True, text=True)  # fmt: skip

    first = version()
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("chokepoint ")
    second = version()
    assert (second.returncode, second.stdout, second.stderr) == (0, first.stdout, "")

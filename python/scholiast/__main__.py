"""`python -m scholiast`: the program that the package has installed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path


def find_program() -> str:
    """The path of the `scholiast` program that belongs to this package.

    Raises:
        FileNotFoundError: It is in none of the folders where installers put programs.
    """
    name = "scholiast" + (sysconfig.get_config_var("EXE") or "")
    user_scheme = sysconfig.get_preferred_scheme("user")
    package = Path(__file__).resolve().parent
    folders = [
        Path(sysconfig.get_path("scripts")),
        Path(sysconfig.get_path("scripts", scheme=user_scheme)),
        # `pip install --target` puts programs beside the packages.
        package.parent / "bin",
    ]
    for folder in folders:
        program = folder / name
        if program.is_file():
            return str(program)
    looked = ", ".join(str(folder) for folder in folders)
    raise FileNotFoundError(f"there is no program {name} in {looked}; install the package again")


def main() -> None:
    """Becomes the program."""
    program = find_program()
    arguments = [program, *sys.argv[1:]]
    if os.name == "nt":
        raise SystemExit(subprocess.run(arguments, check=False).returncode)
    os.execv(program, arguments)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Sets up SmartCT Desktop and starts it:  python3 run.py   (Windows: py run.py).

    run.py                     the window with the last document
    run.py show DOC exchange   a command; run.py --help lists them
    run.py --test [...]        the tests; what follows is handed to pytest
    run.py --check-code        style, types and layers
    run.py --bench [...]       the benchmarks
    run.py --build             the program for people without Python, in dist/smartct
    run.py --audit             asks the internet for known weaknesses of the locked packages
    run.py --sbom [FILE]       writes what the program is made of (CycloneDX 1.6), or checks it

It makes `.venv` beside this file, installs the locked packages there and starts; if nothing
changed it starts at once. The program runs from this checkout and is not installed. With the
packages in a folder `wheelhouse` beside this file it needs no internet.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "SmartCT Desktop needs Python 3.11 or newer, and this is Python %d.%d. Install a newer "
        "one from python.org or your system's packages, and start run.py with it."
        % sys.version_info[:2]
    )

import errno
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
STAMP = VENV / "set-up.json"  # written last: without it the set-up was not finished
WHEELHOUSE = HERE / "wheelhouse"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

PROGRAM, TESTS, TOOLS = "requirements.lock", "requirements-test.lock", "requirements-dev.lock"

AUDIT, SBOM = [str(HERE / "tools" / "audit.py")], [str(HERE / "tools" / "sbom.py")]

# What Qt's wheels expect of a Linux system: the library and its Debian package.
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libzstd.so.1": "libzstd1",
}
X_WINDOWS = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

# The tests that need no Qt run a second time without it.
WITHOUT_QT = ("domain", "storage", "spreadsheets", "services", "system", "cli", "test_cli*")


class CannotGoOnError(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def main(arguments: list[str]) -> int:
    """Set up what the arguments need, then do it."""
    task, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    try:
        if task == "--test":
            set_up(TESTS, "offscreen")
            return test(rest)
        if task == "--check-code":
            set_up(TOOLS)
            return check_code()
        if task == "--bench":
            set_up(TESTS, "offscreen")
            return start(["-m", "benchmarks", *rest], screen="offscreen", folder=HERE)
        if task == "--audit":
            set_up(TOOLS)
            return wait_for([str(PYTHON), *AUDIT], environment(""))
        if task == "--sbom":
            set_up(TOOLS)
            return wait_for([str(PYTHON), *SBOM, *rest], environment(""))
        if task == "--build":
            set_up(TOOLS, "build")
            return build()
        set_up(PROGRAM, screen_for(arguments))
        return start(["-P", "-m", "smartct_desktop", *arguments])
    except CannotGoOnError as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except OSError as error:
        print(why_not(str(error)), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


# --- doing -------------------------------------------------------------------------------------


def test(arguments: list[str]) -> int:
    """The tests of the window, then all others on a Python without Qt; or just what is asked."""
    if arguments:
        return start(["-m", "pytest", *arguments], screen="offscreen", folder=HERE)
    cores = min(len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1, 8)
    spread = ["-n", str(cores), "--dist", "worksteal"] if cores > 1 else []
    without = sorted(str(p.relative_to(HERE)) for n in WITHOUT_QT for p in HERE.glob(f"tests/{n}"))
    blocked = ["-p", "no:pytest-qt", "-p", "tests.without_qt"]
    left_out = [f"--ignore={path}" for path in without]
    return run_all(
        {
            "The window": ["-m", "pytest", *spread, *left_out],
            "All else, without Qt": ["-m", "pytest", "-q", *blocked, *spread, *without],
        }
    )


def check_code() -> int:
    """Everything that looks at the sources without running them."""
    layers = "from importlinter.cli import lint_imports_command as lint; lint()"
    return run_all(
        {
            "Style": ["-m", "ruff", "check", "."],
            "Format": ["-m", "ruff", "format", "--check", "."],
            "Types": ["-m", "mypy"],
            "Layers": ["-c", layers],
            "Shape": ["-m", "pytest", "-q", "tests/test_shape.py"],
            "What it is made of": SBOM,
        }
    )


def build() -> int:
    """Build `dist/smartct` and let it test itself. Equal sources give equal files."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1577836800")
    os.environ["PYTHONHASHSEED"] = "0"
    folders = ["--distpath", "dist", "--workpath", "build"]
    failed = run_all(
        {
            "What it is made of": [*SBOM, str(HERE / "build" / "smartct.cdx.json")],
            "Build": ["-m", "PyInstaller", "--noconfirm", "--clean", *folders, "smartct.spec"],
        }
    )
    if failed:
        return failed
    program = HERE / "dist" / "smartct" / ("smartct.exe" if os.name == "nt" else "smartct")
    return max(wait_for([str(program), word]) for word in ("--version", "self-test"))


def run_all(commands: dict[str, list[str]]) -> int:
    """Run Python with each of the commands, whatever the others say; the first failure's code."""
    codes = []
    for title, command in commands.items():
        print(f"\n== {title}", flush=True)
        codes.append(wait_for([str(PYTHON), *command], environment("offscreen"), HERE))
    return next((code for code in codes if code), 0)


def start(command: list[str], screen: str = "", folder: Path | None = None) -> int:
    """Become Python with this command; on Windows wait for it instead."""
    if os.name == "posix":
        if folder:
            os.chdir(folder)
        os.execve(PYTHON, [str(PYTHON), *command], environment(screen))
    return wait_for([str(PYTHON), *command], environment(screen), folder)


def wait_for(
    command: list[str], env: dict[str, str] | None = None, folder: Path | None = None
) -> int:
    """Run the command to its end. Ctrl+C is the command's business; it gets it, too."""
    import subprocess

    with subprocess.Popen(command, env=env, cwd=folder) as process:
        while True:
            with suppress(KeyboardInterrupt):
                return process.wait()


def environment(screen: str) -> dict[str, str]:
    """What the program's process sees: its own packages and this checkout, nothing else's."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    env["PYTHONPATH"] = str(HERE)
    if screen == "offscreen":
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def screen_for(arguments: list[str]) -> str:
    """What the program will draw on: "x", "wayland", "offscreen", or "" for nothing."""
    from smartct_desktop.__main__ import has_display, wants_window

    if not wants_window(arguments):
        return ""
    if not has_display():
        return "" if arguments else "offscreen"  # the main job draws its pictures off the screen
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform:
        return {"xcb": "x", "wayland": "wayland"}.get(platform.split(";")[0], "offscreen")
    return "x" if os.environ.get("DISPLAY") else "wayland"


# --- setting up --------------------------------------------------------------------------------


def set_up(lock: str, screen: str = "") -> None:
    """Have the packages of `lock` and the system's libraries for `screen`, made new if needed."""
    if is_set_up(read_stamp(), lock, screen):
        return
    with alone():
        stamp = read_stamp()  # another start may have set it up while this one waited
        if not is_set_up(stamp, lock, screen):
            need_system(screen, with_venv=not fits(stamp))
            if not fits(stamp):
                remove_venv()
                make_venv()
                stamp = {"for": identity(), "locks": {}, "screens": []}
            if stamp["locks"].get(lock) != digest(lock):
                STAMP.unlink(missing_ok=True)
                install(lock)
                stamp["locks"][lock] = digest(lock)
            stamp["screens"] = sorted({*stamp["screens"], screen})
            write_stamp(stamp)


def is_set_up(stamp: dict[str, Any], lock: str, screen: str) -> bool:
    return fits(stamp) and lock in stamp["locks"] and screen in stamp["screens"]


def fits(stamp: dict[str, Any]) -> bool:
    """Whether `.venv` was finished for this Python, at this place, from locks as they are now."""
    return (
        stamp.get("for") == identity()
        and PYTHON.exists()
        and all(digest(lock) == known for lock, known in stamp["locks"].items())
    )


def identity() -> list[str]:
    return [str(HERE), sys.platform, sys.implementation.cache_tag or "", sys.base_exec_prefix]


def digest(lock: str) -> str:
    return hashlib.sha256((HERE / lock).read_bytes()).hexdigest()


def read_stamp() -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    return {}


def write_stamp(stamp: dict[str, Any]) -> None:
    part = STAMP.with_suffix(".part")
    part.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    part.replace(STAMP)


@contextmanager
def alone() -> Iterator[None]:
    """Keep a second start of run.py waiting until the first has finished the set-up."""
    try:
        file = (HERE / ".venv.lock").open("w")
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        raise CannotGoOnError(
            f"SmartCT cannot be set up here, because writing in {HERE} is not allowed. "
            "Copy the folder to a place where you may write, and start run.py there."
        ) from error
    with file:
        if not try_lock(file.fileno()):
            say("Another start of SmartCT is being set up; waiting for it.")
            while not try_lock(file.fileno()):
                time.sleep(0.2)
        yield


def try_lock(number: int) -> bool:
    """Take the lock if it is free; the system frees it when this process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def need_system(screen: str, *, with_venv: bool) -> None:
    """Have what only the system can give; as root it is installed, else the command is said."""
    import importlib.util
    import shutil

    missing = missing_libraries(screen)
    if with_venv and importlib.util.find_spec("ensurepip") is None:
        missing["the venv module of Python"] = "python{}.{}-venv".format(*sys.version_info)
    if screen == "build" and sys.platform == "linux" and not shutil.which("objdump"):
        missing["objdump"] = "binutils"
    if not missing:
        return
    words = ", ".join(missing)
    if not shutil.which("apt-get"):
        raise CannotGoOnError(
            f"This system lacks {words}. Install them with its package manager, then start again."
        )
    packages = sorted(set(missing.values()))
    install_command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        raise CannotGoOnError(
            f"This system lacks {words}. Run this command, then start again:\n"
            f"  sudo sh -c 'apt-get update && {' '.join(install_command)}'"
        )
    say(f"Installing {' '.join(packages)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run_quietly(["apt-get", "update"])
    code, output = run_quietly(install_command)
    if code or missing_libraries(screen):
        raise CannotGoOnError(
            f"{output.strip()}\nThese system packages could not be installed: "
            f"{' '.join(packages)}. Connect to the internet, or install them by hand, "
            "then start again."
        )


def missing_libraries(screen: str) -> dict[str, str]:
    if sys.platform != "linux" or not screen:
        return {}
    import ctypes

    screens = {"x": X_WINDOWS, "wayland": WAYLAND, "build": X_WINDOWS | WAYLAND}
    needed = OFFSCREEN | screens.get(screen, {})
    if screen == "build" and sys.base_prefix == "/usr":  # Debian's Python comes without
        shared = "libpython{}.{}".format(*sys.version_info)
        needed |= {f"{shared}.so.1.0": shared}
    missing = {}
    for library, package in needed.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def remove_venv() -> None:
    import shutil

    if not os.path.lexists(VENV):
        return
    say("Setting up again: it was not finished, or this folder, Python or the packages changed.")
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        else:
            shutil.rmtree(VENV)
    except OSError as error:
        raise CannotGoOnError(
            f"The folder {VENV} cannot be removed. Close SmartCT and whatever else uses it, "
            "or remove it by hand, then start again."
        ) from error


def make_venv() -> None:
    import subprocess
    import venv

    say("Making .venv")
    try:
        venv.EnvBuilder(symlinks=os.name != "nt", with_pip=True).create(VENV)
    except subprocess.CalledProcessError as error:
        raise CannotGoOnError(why_not(error.output.decode(errors="replace"))) from error
    except ValueError as error:  # a place where no environment can be
        raise CannotGoOnError(why_not(str(error))) from error


def install(lock: str) -> None:
    """Install exactly what `lock` says, checked by its hashes, ready-made packages only."""
    say("Installing the packages (about 100 MB, once)")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    exact = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--retries", "2"]
    offline = ["--no-index", "--find-links", str(WHEELHOUSE)] if WHEELHOUSE.is_dir() else []
    for name in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_NO_BINARY"):
        os.environ.pop(name, None)
    code, output = run_quietly([*pip, *exact, *offline, "-r", str(HERE / lock)])
    if code:
        raise CannotGoOnError(why_not(output))


def run_quietly(command: list[str]) -> tuple[int, str]:
    import subprocess

    env = environment("") | {"PIP_USER": "0"}
    done = subprocess.run(
        command, env=env, text=True, errors="replace", stdout=-1, stderr=-2, check=False
    )
    return done.returncode, done.stdout


def why_not(output: str) -> str:
    """What the person can do about a set-up that failed with this output."""
    text = output.lower()

    def says(*signs: str) -> bool:
        return any(sign in text for sign in signs)

    if says("no space left", "errno 28", "not enough space", "disk quota exceeded"):
        return (
            f"There is no room left for the set-up, which needs about 500 MB in {HERE} and 300 MB "
            "for temporary files. Free some space, then start again."
        )
    if says("do not match the hashes"):
        return (
            "A package is not the one that was locked, so it was not installed. Empty the folder "
            "wheelhouse if there is one, check your network, then start again."
        )
    if WHEELHOUSE.is_dir() and says("no matching distribution"):
        return (
            f"The folder {WHEELHOUSE} lacks a package for this computer and this Python. Fill it "
            "as README.md says, or remove it to use the internet, then start again."
        )
    if says("connection", "name resolution", "timed out", "proxy", "ssl", "network is"):
        return (
            "The packages could not be fetched, because there is no way to the internet. Connect, "
            "or put the packages into the folder wheelhouse as README.md says, then start again."
        )
    if says("no matching distribution"):
        return (
            "There are no packages for this computer with Python {}.{}. Start run.py with "
            "Python 3.11 to 3.14 on Windows, macOS or Linux.".format(*sys.version_info)
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["no reason given"]
    reason = next((line for line in lines if line.startswith("ERROR")), lines[-1])
    return f"The set-up did not work: {reason}\nRemove the folder {VENV}, then start again."


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

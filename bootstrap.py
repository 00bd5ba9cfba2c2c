#!/usr/bin/env python3
"""Set Piper up and run it, with nothing but Python: `bootstrap.py demo` shows it, `bootstrap.py test` proves it.

Exit codes: 0 when it ended as asked (Ctrl-C on the running demo included), 1 when a sentence on standard error
says what went wrong, 2 for a wrong command line, 128 plus the signal's number when stopped before the demo ran.
"""

# Python 3.6 must be able to parse this file and to run it down to the version check: an old Python gets a
# sentence, not a traceback. So no walrus, no match, and no import up here that came later.
import argparse
import hashlib
import http.client
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

OLDEST_PYTHON = (3, 11)


def too_old(version: "tuple[int, int]") -> str:
    """Return the sentence that refuses this version of Python, or an empty one."""
    if version >= OLDEST_PYTHON:
        return ""
    return (
        f"Piper needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer, and this is Python {version[0]}.{version[1]}. "
        "Start it with a newer one, for example: python3.11 bootstrap.py demo"
    )


if __name__ == "__main__" and too_old(sys.version_info[:2]):
    sys.exit(too_old(sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
LOGS = ROOT / "var" / "log"
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / "installed-from-lock"

STAGES = ("fresh", "studying", "marking", "certified")
SECONDS_TO_START = 90
SECONDS_TO_END = 10
SECONDS_BETWEEN_ROUNDS = 60

# What a failed installation printed, and what that means. The first that fits speaks.
OFFLINE = "The package index cannot be reached. Is this machine online, or behind a proxy?"
WRONG_HASH = "A downloaded package is not the one that requirements.lock names, so it was not installed."
INSTALL_FAILURES = (
    ("DO NOT MATCH THE HASHES", WRONG_HASH),
    ("Hash mismatch", WRONG_HASH),
    ("No space left on device", "The disk is full."),
    ("connection broken by", OFFLINE),
    ("error sending request", OFFLINE),
    ("dns error", OFFLINE),
    ("name resolution", OFFLINE),
)

PANGO_COMMANDS = (
    (("debian", "ubuntu"), "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    (("fedora", "rhel", "centos"), "sudo dnf install pango"),
    (("suse", "opensuse"), "sudo zypper install pango"),
    (("arch",), "sudo pacman -S pango"),
    (("alpine",), "sudo apk add pango"),
    (("darwin",), "brew install pango"),
    (("win32",), "pacman -S mingw-w64-ucrt-x86_64-pango (in MSYS2)"),
)


class Stop(Exception):
    """An end that one plain sentence explains to the person at the terminal."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


class Interrupted(Stop):
    """Somebody asked us to end: Ctrl-C, SIGTERM, or a terminal that was closed."""


class Signals:
    """Remembers a request to end and raises it between steps only: no child is ever started and then forgotten."""

    received = 0

    @classmethod
    def listen(cls) -> None:
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            under_nohup = name == "SIGHUP" and number and signal.getsignal(number) is signal.SIG_IGN
            if number and not under_nohup:
                signal.signal(number, cls.remember)

    @classmethod
    def remember(cls, number: int, _frame: object) -> None:
        cls.received = number

    @classmethod
    def raise_received(cls) -> None:
        if cls.received:
            sentence = "Stopped before Piper was ready. The same command carries on from here."
            raise Interrupted(sentence, exit_code=128 + cls.received)


class Child:
    """A process in a session of its own, so that Ctrl-C reaches it through us and every grandchild can be ended."""

    def __init__(self, name: str, command: list[object], stdout: IO[bytes] | None = None) -> None:
        self.name = name
        self.log = LOGS / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=child_environment("lms.settings.demo"),
                stdin=subprocess.DEVNULL,
                stdout=stdout or log,
                stderr=log,
                start_new_session=True,
            )

    def has_ended(self, within_seconds: float = 0) -> bool:
        try:
            self.process.wait(timeout=within_seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def wait(self) -> int:
        """Return the exit code. Raises Interrupted, with the process ended, when somebody asks us to stop."""
        try:
            while not self.has_ended(within_seconds=0.1):
                Signals.raise_received()
        finally:
            self.end()
        return self.process.returncode

    def ask_to_end(self) -> None:
        if not self.has_ended():
            self.process.terminate()

    def end(self) -> None:
        """Leave nothing of this process and of those it started. One more Ctrl-C cuts the patience short."""
        if not self.has_ended():
            self.process.terminate()
            until = time.monotonic() + SECONDS_TO_END
            Signals.received = 0
            while not self.has_ended(within_seconds=0.1) and time.monotonic() < until:
                if Signals.received:
                    break
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except AttributeError:  # Windows has no process groups
            self.process.kill()
        except (ProcessLookupError, PermissionError):  # nothing is left; macOS says so by the second
            pass
        self.process.wait()


def child_environment(settings: str) -> dict[str, str]:
    """Return our own environment with the settings named, and without what would slow every start."""
    environment = dict(os.environ, DJANGO_SETTINGS_MODULE=settings, PYTHONUNBUFFERED="1")
    # Containers like to set this, and then every start compiles thousands of modules again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def last_line(text: str) -> str:
    """Return the last words of a log: of a traceback, the sentence below it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "(it said nothing)"


def run_step(name: str, sentence: str, command: list[object]) -> str:
    """Run one step of the set-up to its end and return what it printed. Raises Stop with its last words."""
    print(sentence, end=" ", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryFile() as printed:
        child = Child(name, command, stdout=printed)
        try:
            exit_code = child.wait()
        finally:
            print(f"({time.monotonic() - started:.0f} s)", flush=True)
        printed.seek(0)
        output = printed.read().decode(errors="replace")
    complaints = child.log.read_text(errors="replace")
    with child.log.open("a") as log:
        log.write(output)
    if exit_code:
        raise Stop(f"{failure_reason(name, output + complaints)}\nAll of it: {child.log}")
    return output


def failure_reason(step: str, text: str) -> str:
    """Return the sentence for what a failed step printed, or its last words where we know no better."""
    for sign, sentence in INSTALL_FAILURES:
        if step == "install" and sign in text:
            return sentence
    return f"The step '{step}' failed. Its last words:\n  {last_line(text)}"


def require_writable(folder: Path) -> None:
    """Raise Stop unless files can be made in `folder`, which is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Stop(
            "Piper keeps its packages in .venv and its database in var, "
            f"but cannot write in {folder} ({error.strerror}). "
            "Copy the project to a folder of your own and start it there."
        ) from None


def require_free_port(port: int) -> None:
    """Raise Stop if another program answers at `localhost:port`, or if this user may not open it."""
    other = port + 1 if 1024 <= port < 65535 else 8000
    advice = f"Choose another, for example: python3 bootstrap.py demo --port {other}"
    # A browser tries both addresses of localhost, and on macOS a bind does not notice a listener on all addresses.
    for host in ("127.0.0.1", "::1"):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            continue
        raise Stop(f"Port {port} is in use by another program. {advice}")
    with socket.socket() as probe:
        if os.name != "nt":  # where this option would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Stop(f"Port {port} cannot be opened ({error.strerror}). {advice}") from None


def succeeds(command: list[object]) -> bool:
    """Return whether a short command exists and ends well."""
    try:
        ended = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    except OSError:
        return False
    return ended.returncode == 0


def find_uv() -> str:
    """Return the path of a uv that runs, or an empty string: a pyenv shim stands on the path but need not run."""
    uv = shutil.which("uv") or ""
    return uv if uv and succeeds([uv, "--version"]) else ""


def environment_is_usable(needs_pip: bool) -> bool:
    """Return whether `.venv` still runs: its Python may have been upgraded away under it."""
    modules = "sys, pip" if needs_pip else "sys"
    return succeeds([PYTHON, "-c", f"import {modules}; sys.exit(sys.version_info < {OLDEST_PYTHON})"])


def install() -> None:
    """Make `.venv` hold what requirements.lock names, checked by hash; at once if it does already."""
    fingerprint = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == fingerprint and environment_is_usable(needs_pip=False):
        return
    require_writable(ROOT)
    uv = find_uv()
    if not environment_is_usable(needs_pip=not uv):
        make_environment(uv)
    STAMP.unlink(missing_ok=True)
    pip = [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install", "--no-input"]
    run_step(
        "install",
        "Installing the packages of requirements.lock; the first time this can take a minute.",
        [*pip, "--quiet", "--require-hashes", "-r", LOCK],
    )
    STAMP.write_text(fingerprint)


def make_environment(uv: str) -> None:
    """Make an empty `.venv`, by uv if there is one. Raises Stop where Debian's python3-venv is missing."""
    if not uv and not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Stop(
            "This Python cannot make virtual environments. On Debian and Ubuntu that is the package python3-venv: "
            f"sudo apt install python3-venv (or python3.{sys.version_info.minor}-venv, for a Python beside the "
            "system's own). With uv installed it is not needed."
        )
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    maker = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    run_step("environment", "Making the environment .venv.", [*maker, ENVIRONMENT])


def set_up() -> None:
    """Have the packages ready, whatever was there before. Raises Stop."""
    require_writable(LOGS)
    install()


def pango_hint(system: str, distribution: str) -> str:
    """Say what is off without Pango and how to install it, for sys.platform and the ID words of os-release."""
    names = {system, *distribution.lower().split()}
    commands = [command for known, command in PANGO_COMMANDS if names.intersection(known)]
    install_it = commands[0] if commands else "install your system's package of Pango"
    return f"Without Pango the PDF certificates are off; everything else works. To have them: {install_it}"


def distribution_words(os_release: Path) -> str:
    """Return what ID and ID_LIKE say, or nothing where there is no such file."""
    if not os_release.exists():
        return ""
    pairs = [line.partition("=") for line in os_release.read_text(errors="replace").splitlines()]
    return " ".join(value.strip("\"'") for key, _, value in pairs if key in ("ID", "ID_LIKE"))


def missing_pango_hint() -> str:
    """Return the hint, or nothing if WeasyPrint finds Pango: only importing it tells for certain."""
    if Child("pango", [PYTHON, "-c", "import weasyprint"]).wait() == 0:
        return ""
    return pango_hint(sys.platform, distribution_words(Path("/etc/os-release"))) + "\n"


def demo(port: int, stage: str, serve: bool) -> None:
    """Set up, fill an empty database, and serve until somebody ends it."""
    if serve:
        require_free_port(port)
    os.environ["PIPER_BASE_URL"] = f"http://localhost:{port}"  # mails and certificates print it
    set_up()
    run_step("migrate", "Bringing the database up to date.", [PYTHON, "manage.py", "migrate", "--no-input"])
    seeded = run_step("seed", "Filling it, if it is empty.", [PYTHON, "manage.py", "seed", "--stage", stage])
    if serve:
        serve_until_stopped(port, seeded.strip())
    else:
        print(f"\n{seeded.strip()}\n\n{missing_pango_hint()}Ready. To start it: python3 bootstrap.py demo")


def serve_until_stopped(port: int, seeded: str) -> None:
    """Keep server, worker and the minute's round alive together; when one ends, all end."""
    children: list[Child] = []
    try:
        require_free_port(port)
        print("Starting server and worker.", flush=True)
        children += [Child("server", server_command(port)), Child("worker", worker_command())]
        hint = missing_pango_hint()
        wait_for_answer(port, children)
        print(f"\n{seeded}\n\n{hint}Piper is running: http://localhost:{port}/")
        print(f"Ctrl-C ends it. Its logs are in {LOGS}", flush=True)
        watch(children)
    except Interrupted:
        print("\nPiper has stopped. Nothing is lost: the same command starts it again.", flush=True)
    finally:
        for child in children:
            child.ask_to_end()
        for child in children:
            child.end()


def server_command(port: int) -> list[object]:
    """One process of granian on loopback, for the machine it runs on and nobody else."""
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", 1]
    # Granian's own number for WSGI is 512. SQLite has one writer: more threads would only wait for it.
    return [PYTHON, "-m", "granian", "lms.wsgi:application", *options, "--blocking-threads", 4]


def worker_command() -> list[object]:
    """The worker of the queue `jobs`. Its reloader would leave a child behind when killed."""
    return [PYTHON, "manage.py", "db_worker", "--queue-name", "*", "--backend", "jobs", "--no-reload"]


def wait_for_answer(port: int, children: list[Child]) -> None:
    """Return once the server answers anything at all. Raises Stop when a child ends first, or nothing comes."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        Signals.raise_received()
        require_alive(children)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/livez", headers={"Host": f"localhost:{port}"})
            connection.getresponse()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise Stop(f"The server did not answer within {SECONDS_TO_START} seconds. See {LOGS / 'server.log'}")


def watch(children: list[Child]) -> None:
    """Start `run_due` once a minute, never twice at a time. Ends only by raising Stop or Interrupted."""
    lasting = list(children)
    due_at = time.monotonic()
    while True:
        Signals.raise_received()
        require_alive(lasting)
        rounds = children[len(lasting) :]
        if not rounds and time.monotonic() >= due_at:
            due_at = time.monotonic() + SECONDS_BETWEEN_ROUNDS
            children.append(Child("run_due", [PYTHON, "manage.py", "run_due"]))
        for child in rounds:
            if child.has_ended():
                child.end()
                children.remove(child)
                if child.process.returncode:
                    print(
                        f"The minute's round failed; the next comes in a minute. See {child.log}", flush=True
                    )
        time.sleep(0.2)


def require_alive(children: list[Child]) -> None:
    """Raise Stop, naming the first child that has ended and its last words."""
    for child in children:
        if child.has_ended():
            code = child.process.returncode
            how = f"was ended by signal {-code}" if code < 0 else f"ended by itself with exit code {code}"
            words = last_line(child.log.read_text(errors="replace"))
            raise Stop(
                f"The {child.name} {how}, so the rest was ended too. Its last words:\n"
                f"  {words}\nAll of it: {child.log}"
            )


def test(pytest_arguments: list[str]) -> int:
    """Set up and become pytest, so that signals, terminal and exit code are pytest's own."""
    set_up()
    sys.stdout.flush()
    os.chdir(ROOT)
    command = [str(PYTHON), "-m", "pytest", *pytest_arguments]
    environment = child_environment("lms.settings.test")
    if os.name == "nt":  # where exec would give the terminal back at once
        return subprocess.call(command, env=environment)
    return os.execve(command[0], command, environment)


def stage_named(name: str) -> str:
    """Read --stage. Refused here, before anything is made."""
    if name not in STAGES:
        raise argparse.ArgumentTypeError(f"there is no stage '{name}'; the stages are {', '.join(STAGES)}")
    return name


def port_numbered(text: str) -> int:
    """Read --port."""
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not '{text}'")
    return int(text)


def command_line() -> argparse.ArgumentParser:
    """The two verbs that the README names, and one for the build."""
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set Piper up and run it.")
    verbs = parser.add_subparsers(dest="verb", metavar="demo | test", required=True)
    verb = verbs.add_parser("demo", help="set up, fill an empty database, serve on localhost until Ctrl-C")
    verb.add_argument("--port", type=port_numbered, default=8000, help="default: 8000")
    verb.add_argument(
        "--stage", type=stage_named, default="studying", help=f"{', '.join(STAGES)}; default: studying"
    )
    verb.add_argument("--no-serve", action="store_true", help="set up and fill, then end")
    verbs.add_parser("test", add_help=False, help="set up and run the tests; what follows goes to pytest")
    verbs.add_parser("setup")  # for .ci/run: the packages and nothing else
    return parser


def main(arguments: list[str]) -> int:
    """Return the exit code. Raises Stop with the sentence for everything that can go wrong."""
    Signals.listen()
    if arguments[:1] == ["test"]:  # argparse would take pytest's options for its own
        return test(arguments[1:])
    chosen = command_line().parse_args(arguments)
    if chosen.verb == "demo":
        demo(chosen.port, chosen.stage, serve=not chosen.no_serve)
    else:
        set_up()
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # here it is always a text stream
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(stop.exit_code)
    except BrokenPipeError:  # nobody reads us any more, as in `bootstrap.py demo | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        sys.exit(f"Piper could not be set up: {error}")

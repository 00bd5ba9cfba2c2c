"""bootstrap.py is run for real, in a folder where short stand-ins answer for uv, Django, granian and pytest."""

import ast
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "bootstrap.py"
APT = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

UV = f"""#!/bin/sh
echo "$1" >> uv-calls
case "$1" in
  venv) for folder; do :; done; mkdir -p "$folder/bin"; ln -s {sys.executable} "$folder/bin/python" ;;
  pip) if [ -e uv-complaint ]; then cat uv-complaint >&2; exit 2; fi ;;
esac
"""

# Each stand-in writes down its process id, does what the files beside it ask for, and stays if the real one would.
STAND_IN = """
import os, pathlib, subprocess, sys, time
name = sys.argv[1] if sys.argv[0].endswith("manage.py") else pathlib.Path(sys.argv[0]).stem
grandchild = subprocess.Popen(["sleep", "600"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
with open("pids", "a") as pids:
    pids.write(f"{os.getpid()} {grandchild.pid} ")
with open("calls", "a") as calls:
    calls.write(" ".join([name, *sys.argv[2 if name == sys.argv[1] else 1:]]) + "\\n")
if pathlib.Path("fail-" + name).exists():
    raise RuntimeError(name + " broke")
if pathlib.Path("hang-" + name).exists() or name == "db_worker":
    time.sleep(600)
"""

MANAGE = """
if name == "seed":
    print("learner@example.org  piper-demo")
if name != "db_worker":
    grandchild.kill()
"""

GRANIAN = """
import http.server
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
port = int(sys.argv[sys.argv.index("--port") + 1])
http.server.HTTPServer(("127.0.0.1", port), Page).serve_forever()
"""

PYTEST = """
import os, sys
print(sys.argv[1:], os.environ["DJANGO_SETTINGS_MODULE"], sys.argv[0].endswith("pytest.py"))
sys.exit(5)
"""


@pytest.fixture
def folder(tmp_path):
    """A project that bootstrap.py takes for its own, with every heavy command replaced by a light one."""
    project = tmp_path / "project"
    project.mkdir()
    for name, text in {
        "bootstrap.py": SOURCE.read_text(),
        "requirements.lock": "",
        "manage.py": STAND_IN + MANAGE,
        "granian.py": STAND_IN + GRANIAN,
        "pytest.py": PYTEST,
        "weasyprint.py": "",
    }.items():
        (project / name).write_text(text)
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text(UV)
    uv.chmod(0o755)
    yield project
    for pid in recorded_pids(project):
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def bootstrap():
    return SimpleNamespace(**runpy.run_path(str(SOURCE)))


def surroundings(folder):
    return dict(os.environ, PATH=f"{folder.parent / 'bin'}:/usr/bin:/bin", PYTHONPATH="")


def run(folder, *arguments, prelude=""):
    """Run bootstrap.py to its end; `prelude` is Python that spoils the interpreter first."""
    command = [sys.executable, "bootstrap.py"]
    if prelude:
        start = "import runpy, sys; runpy.run_path('bootstrap.py', run_name='__main__')"
        command = [sys.executable, "-c", f"{prelude}\n{start}"]
    return subprocess.run(  # noqa: S603 - our own file
        [*command, *arguments],
        cwd=folder,
        env=surroundings(folder),
        capture_output=True,
        check=False,
        text=True,
        timeout=30,
    )


def start(folder, *arguments, until):
    """Start bootstrap.py and return it, with what it said, once a line holds `until`."""
    process = subprocess.Popen(  # noqa: S603 - our own file
        [sys.executable, "bootstrap.py", *arguments],
        cwd=folder,
        env=surroundings(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = ""
    while until not in said:
        character = process.stdout.read(1)
        assert character, f"it ended too early: {said}"
        said += character
    return process, said


def wait_for_call(folder, call):
    calls = folder / "calls"
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if calls.exists() and call in calls.read_text():
            return
        time.sleep(0.02)
    raise AssertionError(f"{call} was never called")


def recorded_pids(folder):
    pids = folder / "pids"
    return [int(pid) for pid in pids.read_text().split()] if pids.exists() else []


def is_alive(pid):
    """A zombie that nobody has collected yet counts as gone."""
    try:
        os.kill(pid, 0)
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return Path("/proc").exists() is False


def processes_left(folder):
    """The recorded processes that outlive a second of grace."""
    until = time.monotonic() + 1
    while any(map(is_alive, recorded_pids(folder))) and time.monotonic() < until:
        time.sleep(0.02)
    return [pid for pid in recorded_pids(folder) if is_alive(pid)]


# What it says


@pytest.mark.parametrize("version", ["(3, 6, 15)", "(3, 10, 13)"])
def test_an_old_python_is_refused_in_a_sentence(folder, version):
    result = run(folder, "demo", prelude=f"import sys; sys.version_info = {version}")

    assert result.returncode == 1
    assert result.stderr.startswith("Piper needs Python 3.11 or newer, and this is Python ")
    assert len(result.stderr.splitlines()) == 1


def test_an_old_python_can_parse_the_file():
    ast.parse(SOURCE.read_text(), feature_version=(3, 7))


def test_the_oldest_python_that_will_do_is_the_one_that_pyproject_names(bootstrap):
    pyproject = SOURCE.with_name("pyproject.toml").read_text()

    assert 'requires-python = ">={}.{}"'.format(*bootstrap.OLDEST_PYTHON) in pyproject
    assert bootstrap.too_old(bootstrap.OLDEST_PYTHON) == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--stage", "lost"], "there is no stage 'lost'; the stages are fresh, studying, marking, certified"),
        (["--port", "99999"], "a port is a number from 1 to 65535, not '99999'"),
        (["--port", "http"], "a port is a number from 1 to 65535, not 'http'"),
    ],
)
def test_a_wrong_option_is_explained_before_anything_is_made(folder, arguments, sentence):
    result = run(folder, "demo", *arguments)

    assert result.returncode == 2
    assert sentence in result.stderr
    assert not (folder / ".venv").exists()


def test_a_port_in_use_is_named_before_anything_is_made(folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        result = run(folder, "demo", "--port", str(port))

    assert result.returncode == 1
    assert result.stderr == (
        f"Port {port} is in use by another program. "
        f"Choose another, for example: python3 bootstrap.py demo --port {port + 1 if port < 65535 else 8000}\n"
    )
    assert not (folder / ".venv").exists()


def test_a_port_in_use_on_the_other_loopback_address_is_noticed_too(folder):
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        return  # this machine has one loopback address only, and there is nothing to notice
    with other:
        port = other.getsockname()[1]

        result = run(folder, "demo", "--port", str(port))

    assert f"Port {port} is in use" in result.stderr


def test_a_folder_that_cannot_be_written_is_named(folder):
    (folder / "var").write_text("a file, so that not even root can make a folder here")

    result = run(folder, "demo", "--no-serve")

    assert result.returncode == 1
    assert result.stderr == (
        "Piper keeps its packages in .venv and its database in var, but cannot write in "
        f"{folder / 'var' / 'log'} (Not a directory). Copy the project to a folder of your own and start it there.\n"
    )


def test_debians_missing_package_is_named(folder):
    (folder.parent / "bin" / "uv").unlink()

    result = run(folder, "setup", prelude="import sys; sys.modules['ensurepip'] = None")

    assert result.returncode == 1
    assert "sudo apt install python3-venv" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        ("error: Failed to fetch\n  Caused by: dns error", "The package index cannot be reached."),
        ("Retrying after connection broken by 'NewConnectionError'", "The package index cannot be reached."),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "A downloaded package is not the one that"),
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("something new", "The step 'install' failed. Its last words:\n  something new"),
    ],
)
def test_what_an_installer_prints_is_put_into_a_sentence(bootstrap, complaint, sentence):
    assert bootstrap.failure_reason("install", complaint).startswith(sentence)


def test_a_failed_installation_says_why_and_is_tried_again(folder):
    (folder / "uv-complaint").write_text("error: Failed to fetch\n  Caused by: dns error\n")

    failed = run(folder, "setup")
    (folder / "uv-complaint").unlink()
    mended = run(folder, "setup")

    assert failed.returncode == 1
    assert failed.stderr == (
        "The package index cannot be reached. Is this machine online, or behind a proxy?\n"
        f"All of it: {folder / 'var' / 'log' / 'install.log'}\n"
    )
    assert mended.returncode == 0


def test_a_failed_migration_gives_its_last_words_and_keeps_the_traceback_for_the_log(folder):
    (folder / "fail-migrate").touch()

    result = run(folder, "demo", "--no-serve")

    log = folder / "var" / "log" / "migrate.log"
    assert result.returncode == 1
    assert result.stderr == (
        f"The step 'migrate' failed. Its last words:\n  RuntimeError: migrate broke\nAll of it: {log}\n"
    )
    assert "Traceback" in log.read_text()


@pytest.mark.parametrize(
    ("system", "distribution", "command"),
    [
        ("linux", "debian", APT),
        ("linux", "linuxmint ubuntu debian", APT),
        ("linux", "rocky rhel centos fedora", "sudo dnf install pango"),
        ("linux", "opensuse-leap suse opensuse", "sudo zypper install pango"),
        ("linux", "arch", "sudo pacman -S pango"),
        ("linux", "alpine", "sudo apk add pango"),
        ("darwin", "", "brew install pango"),
        ("win32", "", "pacman -S mingw-w64-ucrt-x86_64-pango (in MSYS2)"),
        ("freebsd14", "", "install your system's package of Pango"),
    ],
)
def test_the_pango_hint_speaks_the_systems_language(bootstrap, system, distribution, command):
    assert bootstrap.pango_hint(system, distribution) == (
        f"Without Pango the PDF certificates are off; everything else works. To have them: {command}"
    )


def test_the_distribution_is_read_from_os_release(bootstrap, tmp_path):
    os_release = tmp_path / "os-release"
    os_release.write_text('NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.3"\n')

    assert bootstrap.distribution_words(os_release) == "rocky rhel centos fedora"
    assert bootstrap.distribution_words(tmp_path / "none") == ""


# What it does


def test_the_demo_is_made_in_order_and_prints_the_accounts(folder):
    result = run(folder, "demo", "--no-serve", "--stage", "marking")

    assert result.returncode == 0
    assert (folder / "calls").read_text() == "migrate --no-input\nseed --stage marking\n"
    assert "learner@example.org  piper-demo" in result.stdout
    assert "Pango" not in result.stdout
    assert result.stderr == ""


def test_without_pango_the_demo_is_made_and_the_hint_printed(folder):
    (folder / "weasyprint.py").write_text("raise OSError('cannot load library')")

    result = run(folder, "demo", "--no-serve")

    assert result.returncode == 0
    assert "Without Pango the PDF certificates are off" in result.stdout


def test_packages_are_installed_once_and_again_when_the_lock_changes(folder):
    run(folder, "setup")
    run(folder, "setup")
    (folder / "requirements.lock").write_text("changed")
    run(folder, "setup")

    installing = ["--version", "venv", "pip", "--version", "pip"]
    assert (folder / "uv-calls").read_text().split() == installing


def test_an_environment_whose_python_is_gone_is_made_anew(folder):
    run(folder, "setup")
    (folder / ".venv" / "bin" / "python").unlink()

    result = run(folder, "setup")

    assert result.returncode == 0
    assert (folder / ".venv" / "bin" / "python").exists()


def test_the_tests_run_under_their_own_settings_with_pytests_arguments_and_exit_code(folder):
    result = run(folder, "test", "-k", "a name", "-x", "--help")

    assert result.stdout.splitlines()[-1] == "['-k', 'a name', '-x', '--help'] lms.settings.test True"
    assert result.returncode == 5


# How it ends


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_running_demo_ends_cleanly_and_leaves_no_process(folder, free_port, number):
    process, said = start(folder, "demo", "--port", str(free_port), until="Ctrl-C ends it.")
    wait_for_call(folder, "run_due")

    process.send_signal(number)
    rest = process.communicate(timeout=20)[0]

    assert f"Piper is running: http://localhost:{free_port}/" in said
    assert rest.splitlines()[-1] == "Piper has stopped. Nothing is lost: the same command starts it again."
    assert "Traceback" not in rest
    assert process.returncode == 0
    assert processes_left(folder) == []


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_before_it_ran_it_says_so_and_leaves_no_process(folder, number, exit_code):
    (folder / "hang-migrate").touch()
    process, _ = start(folder, "demo", "--no-serve", until="Bringing the database up to date.")
    wait_for_call(folder, "migrate")

    process.send_signal(number)
    rest = process.communicate(timeout=20)[0]

    assert rest.splitlines()[-1] == "Stopped before Piper was ready. The same command carries on from here."
    assert "Traceback" not in rest
    assert process.returncode == exit_code
    assert processes_left(folder) == []


@pytest.mark.parametrize(("stand_in", "name"), [("granian", "server"), ("db_worker", "worker")])
def test_when_one_process_ends_the_rest_ends_too_and_the_culprit_is_named(folder, free_port, stand_in, name):
    (folder / f"fail-{stand_in}").touch()

    result = run(folder, "demo", "--port", str(free_port))

    assert result.returncode == 1
    assert result.stderr == (
        f"The {name} ended by itself with exit code 1, so the rest was ended too. Its last words:\n"
        f"  RuntimeError: {stand_in} broke\nAll of it: {folder / 'var' / 'log' / name}.log\n"
    )
    assert processes_left(folder) == []


def test_a_failed_round_is_told_and_the_demo_goes_on(folder, free_port):
    (folder / "fail-run_due").touch()
    process, _ = start(folder, "demo", "--port", str(free_port), until="The minute's round failed")

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)

    assert process.returncode == 0
    assert processes_left(folder) == []


def test_a_reader_who_goes_away_ends_it_without_a_traceback(folder):
    process = subprocess.Popen(
        [sys.executable, "bootstrap.py", "demo", "--no-serve"],
        cwd=folder,
        env=surroundings(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.close()

    complaints = process.stderr.read()

    assert process.wait(timeout=20) == 1
    assert complaints == ""
    assert processes_left(folder) == []
    process.stderr.close()

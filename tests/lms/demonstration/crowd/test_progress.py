"""The bar that says how far the seed has come."""

from io import StringIO

from lms.demonstration.crowd.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_log_each_tenth_has_a_line() -> None:
    log = StringIO()
    progress = Progress(log, 40, "learners")

    for _ in range(40):
        progress.add(1)

    lines = log.getvalue().splitlines()
    assert lines[-1] == "[##############################] 40 of 40 learners"
    assert len([line for line in lines if line]) == 11


def test_on_a_terminal_one_line_is_written_over_until_all_is_done() -> None:
    terminal = Terminal()
    progress = Progress(terminal, 1_000, "learners")

    progress.add(500)
    progress.add(500)

    assert terminal.getvalue() == (
        "\r[###############...............] 500 of 1,000 learners"
        "\r[##############################] 1,000 of 1,000 learners\n"
    )


def test_nothing_to_do_shows_nothing() -> None:
    log = StringIO()

    Progress(log, 0, "decisions").add(0)

    assert log.getvalue() == ""

"""SQLite by default, PostgreSQL by one variable; both with the options that durability asks for."""

from pathlib import Path
from typing import Any

SQLITE_OPTIONS = {
    # Every transaction that may write takes the writer's lock at its start: two readers that both
    # go on to write would otherwise meet in "database is locked" (reliability.md, finding 5).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
# A new connection costs some milliseconds of each request: SQLite reads the whole schema anew, and closing the
# last one copies the write-ahead log back.
KEPT_SECONDS = 60
POSTGRES_OPTIONS = {
    # Statements keep their plans for as long as the connection lives: planning took a quarter of a page's CPU time.
    # Values are bound by the server for that, so two places of one value are two parameters: an expression with a
    # value in it cannot stand in GROUP BY once more.
    "server_side_binding": True,
    "prepare_threshold": 5,
    "options": "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
}


def database(env: Any, var: Path) -> dict[str, Any]:
    """The connection that PIPER_DATABASE_URL names, else a SQLite file under `var`."""
    if not env.str("PIPER_DATABASE_URL", ""):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": var / "piper.sqlite3",
            "OPTIONS": dict(SQLITE_OPTIONS),
            "CONN_MAX_AGE": KEPT_SECONDS,
        }
    settings = env.db_url("PIPER_DATABASE_URL")
    settings["CONN_MAX_AGE"] = KEPT_SECONDS
    if "postgresql" in settings["ENGINE"]:
        settings.update(OPTIONS=dict(POSTGRES_OPTIONS), CONN_HEALTH_CHECKS=True)
    else:
        settings["OPTIONS"] = dict(SQLITE_OPTIONS)
    return settings

"""How a measured visit reaches the site: over a connection to the real server, or within this process to be looked at."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

TOKEN = "t" * 32
FORM = "application/x-www-form-urlencoded"
MOST_REDIRECTS = 5
Fields = Mapping[str, object]


class WrongAnswer(Exception):
    """A page did not answer 200, so its cost would say nothing."""


@dataclass(frozen=True)
class Answer:
    """What the site answered, and at which address after its redirects."""

    url: str
    body: bytes


class Line(Protocol):
    """Somebody's browser."""

    def send(self, url: str, cookie: str, fields: Fields | None) -> tuple[int, str, bytes]:
        """One request, a POST if it has fields: status, where it leads, and the body."""


def ask(line: Line, url: str, cookie: str = "", fields: Fields | None = None) -> Answer:
    """Get the address, or post to it, and follow where it leads. Raises WrongAnswer for all but a page."""
    for _ in range(MOST_REDIRECTS):
        status, leads_to, body = line.send(url, cookie, fields)
        if status != http.client.FOUND:
            break
        url, fields = leads_to, None
    if status != http.client.OK:
        raise WrongAnswer(f"{url} answered {status}.")
    return Answer(url, body)


@dataclass
class Wire:
    """A connection to the server that stays open."""

    port: int
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def close(self) -> None:
        """Let the server go."""
        self.connection.close()

    def send(self, url: str, cookie: str, fields: Fields | None) -> tuple[int, str, bytes]:
        headers = {
            "Host": "localhost",
            "Cookie": "; ".join(filter(None, [cookie, f"{settings.CSRF_COOKIE_NAME}={TOKEN}"])),
        }
        if fields is None:
            self.connection.request("GET", url, headers=headers)
        else:
            body = urlencode(fields, doseq=True)
            headers |= {"Content-Type": FORM, "X-CSRFToken": TOKEN}
            self.connection.request("POST", url, body=body, headers=headers)
        with self.connection.getresponse() as answer:
            return answer.status, answer.headers.get("Location", ""), answer.read()


class Inside:
    """The site within this process, whose statements can be counted."""

    def send(self, url: str, cookie: str, fields: Fields | None) -> tuple[int, str, bytes]:
        client = Client(SERVER_NAME="localhost")
        if cookie:
            client.cookies[settings.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
        answer = (
            client.get(url)
            if fields is None
            else client.post(url, urlencode(fields, doseq=True), content_type=FORM)
        )
        return answer.status_code, answer.headers.get("Location", ""), answer.content

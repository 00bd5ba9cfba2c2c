"""A mail server on loopback that behaves as badly as it is told to."""

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MANNERS = ("takes", "refuses", "hangs up", "hangs up after taking", "is silent", "is slow")


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps the Message-ID of each message it took, in order; `manner` may change at any time."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.manner = "takes"
        self.refused_recipients: set[str] = set()
        self.seconds_to_answer = 0.2
        self.taken: list[str] = []
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that runs for the length of a block."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()


class _Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as Python's smtplib speaks."""

    server: MailServer

    def handle(self) -> None:
        try:
            self._greet()
        except (ConnectionError, BrokenPipeError):
            return

    def _greet(self) -> None:
        if self.server.manner == "is silent":
            self.server.closing.wait()
            return
        if self.server.manner == "hangs up":
            return
        self._say("220 mail.example.org ready")
        while line := self.rfile.readline():
            verb = line[:4].decode("ascii", "replace").upper()
            if verb == "QUIT":
                self._say("221 goodbye")
                return
            if not self._answer(verb, line.decode("utf-8", "replace")):
                return

    def _answer(self, verb: str, line: str) -> bool:
        """Answer one command; False where the server hangs up."""
        if self.server.manner == "is slow":
            time.sleep(self.server.seconds_to_answer)
        if verb == "RCPT" and self._refuses(line):
            self._say("451 come back later")
        elif verb == "DATA":
            return self._take()
        else:
            self._say("250 yes")
        return True

    def _refuses(self, line: str) -> bool:
        return self.server.manner == "refuses" or any(name in line for name in self.server.refused_recipients)

    def _take(self) -> bool:
        self._say("354 go on")
        message = b""
        while not message.endswith(b"\r\n.\r\n"):
            message += self.rfile.readline() or b"\r\n.\r\n"
        found = re.search(rb"^Message-ID: (\S+)", message, re.MULTILINE | re.IGNORECASE)
        self.server.taken.append(found.group(1).decode() if found else "")
        if self.server.manner == "hangs up after taking":
            return False
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

"""A post office for tests: it speaks SMTP on a real line, and says what it is told to say."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

TAKEN = "250 taken"
HANG_UP = "hang up"


class Sink(socketserver.ThreadingTCPServer):
    """`says(phase, address)` answers in the phases `from`, `to` and `content`; None is a yes.

    Mail counts as taken when its content has come whole, whether or not the answer gets back.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self, says: Callable[[str, str], str | None]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.says, self.taken = says, []

    @property
    def port(self) -> int:
        return self.server_address[1]

    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.taken]

    def addresses(self) -> list[str]:
        return [mail["To"] for mail in self.taken]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.tell("220 sink")
        address = ""
        while line := self.rfile.readline():
            word, rest = line[:4].upper().decode(), line.decode().strip()
            if word in ("EHLO", "HELO", "RSET", "NOOP"):
                said = "250 sink"
            elif word == "MAIL":
                said = self.ask("from", rest.partition("<")[2].partition(">")[0])
            elif word == "RCPT":
                address = rest.partition("<")[2].partition(">")[0]
                said = self.ask("to", address)
            elif word == "DATA":
                self.tell("354 go on")
                said = self.content(address)
            else:
                self.tell("221 bye")
                return
            if said == HANG_UP:
                return
            self.tell(said)

    def content(self, address: str) -> str:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        said = self.ask("content", address)
        if said[0] not in "45":
            mail: EmailMessage = message_from_bytes(b"".join(lines), policy=policy.default)
            self.server.taken.append(mail)
        return said

    def ask(self, phase: str, address: str) -> str:
        return self.server.says(phase, address) or TAKEN

    def tell(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def a_sink(settings, says: Callable[[str, str], str | None] = lambda p, a: None) -> Iterator[Sink]:
    """Open while the test runs; the settings lead to it."""
    with Sink(says) as sink:
        threading.Thread(target=sink.serve_forever, args=(0.02,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 10
        yield sink
        sink.shutdown()

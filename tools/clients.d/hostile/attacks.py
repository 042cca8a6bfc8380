"""What hostile clients do, one round of each; what the service must not do is told as faults."""
import re
import time

from connection import Connection, held, request, wait_until_let_go
from hostile import bodies, malformed

HEADER_SECONDS, IDLE_SECONDS, BODY_SECONDS, STALL_SECONDS, PER_ADDRESS = 2, 4, 3, 3, 64
# A look each second, and a machine that has other work.
SLACK_SECONDS = 4
# Until all buffers between are full.
FILLING_SECONDS = 15
# Until a hundred mebibytes are read and refused.
BOMB_SECONDS = 30
CONNECTIONS = 8
STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
EVENT_HEADERS = ["Content-Type: application/cloudevents+json"]


class Attack:
    """One kind of attack from an address of its own."""

    def __init__(self, name, address, port):
        self.name, self.address, self.port = name, address, port
        self.faults, self.statuses, self.rounds = [], {}, 0

    def fault(self, words):
        self.faults.append(f"{self.name}: {words}")

    def open(self, count=CONNECTIONS, receive_bytes=None):
        return [Connection(self.port, self.address, receive_bytes) for _ in range(count)]

    def expect_let_go(self, connections, seconds):
        if left := wait_until_let_go(connections, seconds):
            self.fault(f"{len(left)} of {len(connections)} connections are still held after {seconds} s")
        for connection in connections:
            connection.close()

    def note(self, answer, what):
        """Counts the statuses of the answers; returns them."""
        statuses = [int(status) for status in STATUS.findall(answer)]
        for status in statuses:
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if status >= 500 and status != 503:
                self.fault(f"{what} was answered with {status}")
        return statuses


def stalled_heads(attack):
    connections = attack.open()
    for connection in connections:
        connection.send(b"POST /v1/events HTTP/1.1\r\nHost: 127")
    attack.expect_let_go(connections, HEADER_SECONDS + SLACK_SECONDS)


def dripped_heads(attack):
    drip(attack, b"GET /ready HTTP/1.1\r\n", b"X-A: b\r\n", HEADER_SECONDS)


def stalled_bodies(attack):
    connections = attack.open()
    for connection in connections:
        connection.send(request("POST", "/v1/events", [*EVENT_HEADERS, "Content-Length: 1000"], b"{"))
    attack.expect_let_go(connections, BODY_SECONDS + SLACK_SECONDS)


def dripped_bodies(attack):
    drip(attack, request("POST", "/v1/events", [*EVENT_HEADERS, "Content-Length: 100000"]), b" ", BODY_SECONDS)


def drip(attack, start, drop, seconds):
    connections = attack.open()
    for connection in connections:
        connection.send(start)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(1)
        for connection in connections:
            connection.send(drop)
    attack.expect_let_go(connections, SLACK_SECONDS)


def flood(attack):
    connections = []
    for _ in range(4 * PER_ADDRESS):
        try:
            connections += attack.open(1)
        except OSError:
            pass
    end = time.monotonic() + 1
    while (count := len(held(connections))) > PER_ADDRESS and time.monotonic() < end:
        time.sleep(0.1)
    if count > PER_ADDRESS:
        attack.fault(f"{count} connections of one address are held; {PER_ADDRESS} are allowed")
    attack.expect_let_go(connections, HEADER_SECONDS + SLACK_SECONDS)


def malformed_requests(attack):
    for name, data in malformed.requests().items():
        connection, = attack.open(1)
        connection.send(data)
        answer, is_closed = connection.receive(BODY_SECONDS + SLACK_SECONDS)
        statuses = attack.note(answer, name)
        if any(status < 300 for status in statuses):
            attack.fault(f"{name} was answered with {statuses}")
        if not is_closed:
            attack.fault(f"{name}: the connection was left open")
        connection.close()


def malformed_bodies(attack):
    for name, path, headers, body in bodies.posts():
        connection, = attack.open(1)
        connection.send(request("POST", path, [*headers, "Connection: close", f"Content-Length: {len(body)}"], body))
        answer, _ = connection.receive(10)
        statuses = attack.note(answer, f"{name} ({headers[0]}, {path})")
        if not statuses:
            attack.fault(f"{name} ({headers[0]}, {path}) was not answered")
        # Segment's libraries are told 200, and what was left out.
        elif statuses[0] == 200 and not (path != "/v1/events" and b'"verdict":"refused"' in answer):
            attack.fault(f"{name} ({headers[0]}, {path}) was answered with {answer[-300:]!r}")
        connection.close()


def bombs(attack):
    """All at once."""
    lit = []
    for name, path, headers, body in bodies.bombs():
        connection, = attack.open(1)
        connection.send(request("POST", path, [*headers, "Connection: close", f"Content-Length: {len(body)}"], body))
        lit.append((name, connection))
    end = time.monotonic() + BOMB_SECONDS
    for name, connection in lit:
        answer, is_closed = connection.receive(max(0.1, end - time.monotonic()))
        statuses = attack.note(answer, name)
        if not statuses and not is_closed:
            attack.fault(f"{name} was neither answered nor let go within {BOMB_SECONDS} s")
        if any(status < 300 for status in statuses):
            attack.fault(f"{name} was answered with {statuses}")
        connection.close()


def unread_pages(attack):
    connections = attack.open(receive_bytes=4_096)
    for connection in connections:
        connection.send(request("GET", "/v1/events?limit=1000") * 20)
    attack.expect_let_go(connections, FILLING_SECONDS + STALL_SECONDS + SLACK_SECONDS)


def unread_streams(attack):
    connections = attack.open(receive_bytes=4_096)
    for connection in connections:
        connection.send(request("GET", "/v1/events", ["Accept: text/event-stream"]))
    attack.expect_let_go(connections, FILLING_SECONDS + STALL_SECONDS + SLACK_SECONDS)


ALL = [
    stalled_heads, dripped_heads, stalled_bodies, dripped_bodies, flood, malformed_requests, malformed_bodies, bombs,
    unread_pages, unread_streams,
]

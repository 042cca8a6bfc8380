"""Raw connections, and how the service's end of them fares."""
import socket
import struct
import time

ESTABLISHED, CLOSE_WAIT = "01", "08"


class Connection:
    """A connection to the service from one of this machine's loopback addresses, so that it counts as another's."""

    def __init__(self, port, address, receive_bytes=None):
        """- receive_bytes: the size of the buffer for what comes, where it has to be small."""
        self.socket = socket.socket()
        if receive_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.settimeout(10)
        self.socket.bind((address, 0))
        self.socket.connect(("127.0.0.1", port))
        self.opened = time.monotonic()
        # As /proc/net/tcp writes the service's end: its address, then ours.
        self.ends = tuple(map(written, (("127.0.0.1", port), self.socket.getsockname())))

    def send(self, data):
        """Whether all of it could be sent."""
        try:
            self.socket.sendall(data)
            return True
        except OSError:
            return False

    def receive(self, seconds):
        """What comes until the end, or until so long nothing has come; and whether the end came."""
        self.socket.settimeout(seconds)
        found = b""
        try:
            while data := self.socket.recv(65_536):
                found += data
            return found, True
        except TimeoutError:
            return found, False
        except OSError:
            return found, True

    def close(self):
        self.socket.close()


def written(end):
    (address,) = struct.unpack("=I", socket.inet_aton(end[0]))
    return f"{address:08X}:{end[1]:04X}"


def held(connections):
    """Those of which the service still holds its end. What it has sent may be unread, so reading would not tell."""
    with open("/proc/net/tcp") as file:
        states = {tuple(words[1:3]): words[3] for words in map(str.split, file)}
    return [connection for connection in connections if states.get(connection.ends) in (ESTABLISHED, CLOSE_WAIT)]


def wait_until_let_go(connections, seconds):
    """Waits until the service has closed all of them; returns those that it still holds then."""
    end = time.monotonic() + seconds
    while (left := held(connections)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def request(method, path, headers=(), body=b""):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

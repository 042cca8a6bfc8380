"""Kills the service at random moments under the load of clients that keep ledgers, and holds the log against these."""
import multiprocessing
import statistics
import time

from connection import Connection, request
from fault import expect
from kills.audit import audit
from kills.client import Client

CLIENTS = 16
# One stop in so many is a polite one.
TERMINATED = 5
STOP_SECONDS = 5
READY_GOAL_SECONDS = 1


def run(server, folder, kills, dice, say):
    server.make_keys()
    is_over = multiprocessing.Event()
    seed = dice.randrange(1_000_000)
    clients = [
        multiprocessing.Process(target=Client(number, server, folder, is_over, seed).run)
        for number in range(CLIENTS)
    ]
    ready, ended = [], []
    try:
        server.start()
        server.wait_until_ready()
        for client in clients:
            client.start()
        for number in range(kills):
            # Some moments are before it is ready, or while it is busy with what it finds.
            if dice.random() < 0.2:
                time.sleep(dice.uniform(0, 0.5))
            else:
                ready.append(server.wait_until_ready())
                time.sleep(dice.uniform(0, 1.5))
                if number % TERMINATED == 0:
                    ended.append(server.terminate(within=STOP_SECONDS + 2))
            if server.is_running():
                server.kill()
            server.start()
        ready.append(server.wait_until_ready())
        is_over.set()
        for client in clients:
            client.join(60)
            expect(client.exitcode == 0, f"a client was not answered to the end, status {client.exitcode}")
        count = audit(server, folder, CLIENTS)
        lingering = linger(server)
        last = server.terminate(within=STOP_SECONDS + 2)
        for connection in lingering:
            connection.close()
        time.sleep(1)
        expect(not server.processes(), f"processes are left behind: {server.processes()}")
    finally:
        for client in clients:
            if client.is_alive():
                client.kill()
        if server.is_running():
            server.kill()
    say(f"{kills - len(ended)} kills and {len(ended)} ends by SIGTERM: {count} events acknowledged, each there once")
    over = sum(seconds > READY_GOAL_SECONDS for seconds in ready)
    say(f"ready again after {statistics.median(ready):.2f} s (median), {max(ready):.2f} s at most; "
        f"{over} of {len(ready)} above the goal of {READY_GOAL_SECONDS} s")
    say(f"ended after SIGTERM in {statistics.median(ended):.2f} s (median), {max(ended):.2f} s at most; "
        f"in {last:.2f} s with requests that never end (stopSeconds={STOP_SECONDS})")


def linger(server):
    """Connections of those who do not go by themselves."""
    key = [f"Authorization: Bearer {server.ingest_key}"]
    lines = [*key, "Content-Type: application/x-ndjson", "Content-Length: 1000"]
    starts = [
        b"", b"GET /re", request("GET", "/ready"),
        request("POST", "/v1/events", lines, b"{"),
        request("POST", "/v1/events", [*lines, "Accept: application/x-ndjson"], b"{}\n"),
        request("GET", "/v1/events", [f"Authorization: Bearer {server.query_key}", "Accept: text/event-stream"]),
    ]
    connections = [Connection(server.port, "127.0.0.1") for _ in starts]
    for connection, start in zip(connections, starts):
        connection.send(start)
    time.sleep(0.5)
    return connections

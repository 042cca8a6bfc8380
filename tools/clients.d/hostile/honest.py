"""Honest clients, whose times are what matters: each posts an event, asks a question, and pauses."""
import http.client
import json
import random
import threading
import time

CLIENTS = 16
PAUSE_SECONDS = 0.3
QUESTIONS = ["/v1/views/rfm/segments", "/v1/views/journey/map", "/v1/views/loyalty/totals", "/v1/customers/customer:f3"]


class Honest(threading.Thread):
    def __init__(self, number, name, port, until):
        super().__init__(daemon=True)
        self.number, self.prefix, self.port, self.until = number, name, port, until
        self.seconds, self.faults = {"post": [], "query": []}, []

    def run(self):
        dice = random.Random(self.number)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        count = 0
        while time.monotonic() < self.until:
            id = f"{self.prefix}-{self.number}-{count}"
            count += 1
            body = json.dumps({
                "specversion": "1.0", "id": id, "source": "honest", "type": "order.paid", "orderid": id,
                "subject": f"customer:h{self.number}", "data": {"total": {"amount": "1.00", "currency": "EUR"}}})
            self.call("post", connection, "POST", "/v1/events", body, {"Content-Type": "application/cloudevents+json"})
            self.call("query", connection, "GET", dice.choice(QUESTIONS), None, {})
            time.sleep(dice.uniform(0, 2 * PAUSE_SECONDS))
        connection.close()

    def call(self, kind, connection, method, path, body, headers):
        start = time.monotonic()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read()
            if response.status != 200:
                self.faults.append(f"{method} {path}: {response.status} {text[:300]!r}")
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self.faults.append(f"{method} {path}: {error!r}")
        self.seconds[kind].append(time.monotonic() - start)


def work(name, port, seconds, results):
    """Lets the clients work for so long; puts their times by kind, and what went wrong, into the queue of results.
    Runs in a process of its own, so that no other thread of ours keeps them from looking at the clock."""
    clients = [Honest(number, name, port, time.monotonic() + seconds) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    times = {kind: [x for client in clients for x in client.seconds[kind]] for kind in ("post", "query")}
    results.put((times, [fault for client in clients for fault in client.faults]))


def p99(seconds):
    """Milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.99)] * 1_000

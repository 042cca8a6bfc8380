"""A reporting job pages through many customers while events arrive, and others ask for first pages: each customer comes
once, all at one position."""
import json
import os
import threading
import time

from fault import expect, expect_equal

LISTS = 16
LIMITS = [f"limits.lists={LISTS}"]
PAGE = 5_000
JOBS = {"in the answer's own order": "", "sorted": "&sort=-monetary,customer"}


def run(server, folder, customers, say):
    fill(server, os.path.join(folder, "orders.ndjson"), customers, say)
    server.start()
    server.wait_until_ready()
    try:
        for name, query in JOBS.items():
            job(server, name, query, customers, say)
        server.terminate(within=120)
    finally:
        if server.is_running():
            server.kill()


def fill(server, path, customers, say):
    """An order of each customer."""
    with open(path, "w") as file:
        for number in range(customers):
            file.write(json.dumps(order(f"c{number}", customer(number), f"{number % 1000}.00")) + "\n")
    start = time.monotonic()
    server.wayfold("import", path)
    os.remove(path)
    say(f"{customers:,} customers stored and folded in {time.monotonic() - start:.0f} s")


def customer(number):
    # Not a bare number: 0 is the name of nobody.
    return f"customer:c{number}"


def order(id, subject, amount):
    return {
        "specversion": "1.0", "id": id, "source": "fill", "type": "order.paid", "orderid": id, "subject": subject,
        "time": "2026-03-02T09:19:51Z", "data": {"total": {"amount": amount, "currency": "EUR"}}}


def job(server, name, query, customers, say):
    before = int(server.get("/v1/events?limit=1")[1]["Wayfold-Position"])
    others = [Poster(server, name), Dashboards(server)]
    for other in others:
        other.start()
    start = time.monotonic()
    seen, positions, pages, first, slowest = set(), set(), 0, 0.0, 0.0
    path = f"/v1/views/rfm/customers?limit={PAGE}{query}"
    while path:
        began = time.monotonic()
        status, headers, body = server.get(path)
        took = time.monotonic() - began
        expect_equal(status, 200, f"{path} ({body[:300]!r})")
        first, slowest = (took, slowest) if pages == 0 else (first, max(slowest, took))
        found = [row["customer"] for row in json.loads(body)["rows"]]
        expect(seen.isdisjoint(found) and len(set(found)) == len(found), "a customer came twice")
        seen.update(found)
        positions.add(headers["Wayfold-Position"])
        pages += 1
        if pages == 2:
            # From here on more lists have been asked for than there is room for.
            others[1].wait(LISTS + 1)
        link = headers["Link"]
        path = link[1:link.index(">")] if link else None
    seconds = time.monotonic() - start
    for other in others:
        other.stop()
    after = int(server.get("/v1/events?limit=1")[1]["Wayfold-Position"])
    expect_equal(len(positions), 1, "positions of the pages")
    missing = customers - sum(customer(number) in seen for number in range(customers))
    expect_equal(missing, 0, "customers that did not come")
    expect(after > before, "no event arrived meanwhile")
    say(f"{name}: {len(seen):,} customers once on {pages} pages at position {positions.pop()} in {seconds:.1f} s "
        f"(the first {first:.2f} s, another {slowest * 1000:.0f} ms at most), while {after - before} events arrived and "
        f"{others[1].count} first pages were asked for; memory {server.resident_bytes() >> 20} MiB")


class Beside(threading.Thread):
    """Does one thing again and again until it is stopped."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.count, self.fault, self.is_over = server, 0, None, threading.Event()

    def run(self):
        while not self.is_over.wait(0.05):
            status, body = self.act()
            self.count += 1
            if status != 200:
                self.fault = f"{status} {body[:300]!r}"
                return

    def wait(self, count):
        """Until it has done its thing so often, or has failed."""
        while self.count < count and self.fault is None:
            time.sleep(0.05)

    def stop(self):
        self.is_over.set()
        self.join(60)
        expect(self.fault is None, f"{type(self).__name__} was told {self.fault}")


class Poster(Beside):
    """Orders of customers who are there, and of new ones."""

    def __init__(self, server, name):
        super().__init__(server)
        self.name = name

    def act(self):
        id = f"{self.name}-{self.count}"
        event = order(id, customer(self.count * 7) if self.count % 2 else f"new:{id}", "1.00")
        status, _, body = self.server.call(
            "POST", "/v1/events", json.dumps(event), {"Content-Type": "application/cloudevents+json"})
        return status, body


class Dashboards(Beside):
    """First pages of lists that nobody reads on."""

    def act(self):
        status, _, body = self.server.get("/v1/views/rfm/segments?limit=1" if self.count % 8 else
                                          "/v1/views/lifecycle/customers?limit=10")
        return status, body

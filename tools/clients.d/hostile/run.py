"""Honest clients' times while hostile ones are at work, and what becomes of the hostile ones."""
import json
import multiprocessing
import os
import threading
import time

import logbook
from fault import expect, expect_equal
from hostile import attacks, malformed
from hostile.honest import p99, work

LIMITS = [
    f"limits.headerSeconds={attacks.HEADER_SECONDS}", f"limits.bodySeconds={attacks.BODY_SECONDS}",
    f"limits.stallSeconds={attacks.STALL_SECONDS}", f"limits.connectionsPerAddress={attacks.PER_ADDRESS}",
    f"limits.idleSeconds={attacks.IDLE_SECONDS}",
]
MEMORY_BYTES_MAX = 512 << 20
P99_MILLISECONDS_MAX = 250
# A machine that is slow without any attack is not the attacks' fault.
TIMES_CALM_MAX = 3
CALM_SECONDS = 4
# More than the buffers of a connection hold.
FILLING = {"count": 2_000, "bytes_each": 3_000}


def run(server, seconds, say):
    fill(server, **FILLING)
    calm, faults = honest_times(server, "calm", CALM_SECONDS)
    expect_equal(faults, [], "honest clients, in peace, were told")
    end = time.monotonic() + seconds
    hostile = [
        attacks.Attack(act.__name__, f"127.0.1.{number}", server.port) for number, act in enumerate(attacks.ALL, 1)
    ]
    threads = [
        threading.Thread(target=go_on, args=(act, attack, end), daemon=True)
        for act, attack in zip(attacks.ALL, hostile)
    ]
    for thread in threads:
        thread.start()
    memory = MemoryWatch(server)
    under_attack, faults = honest_times(server, "attacked", seconds)
    for thread in threads:
        thread.join(120)
    for attack in hostile:
        statuses = "".join(f", {count} x {status}" for status, count in sorted(attack.statuses.items()))
        say(f"{attack.name}: {attack.rounds} rounds{statuses}")
    milliseconds = {kind: (p99(calm[kind]), p99(under_attack[kind])) for kind in calm}
    for kind, (before, during) in milliseconds.items():
        count, load = len(under_attack[kind]), os.getloadavg()[0]
        say(f"{kind}: p99 {during:.0f} ms of {count}, in peace {before:.0f} ms; load {load:.1f}")
    say(f"memory: {memory.stop() >> 20} MiB at most")
    found = [fault for attack in hostile for fault in attack.faults]
    found += [f"an honest client was told: {fault}" for fault in faults]
    found += [f"p99 of a {kind} is {during:.0f} ms" for kind, (before, during) in milliseconds.items()
              if during > max(P99_MILLISECONDS_MAX, TIMES_CALM_MAX * before)]
    if memory.most > MEMORY_BYTES_MAX:
        found.append(f"memory came to {memory.most >> 20} MiB")
    expect(server.is_running(), f"the service has ended: {server.last_words()}")
    # Kept for last, since all that was found is worth knowing.
    expect(not found, "\n  ".join([f"{len(found)} faults:", *found[:40]]))
    hold_log(server)


def go_on(act, attack, end):
    """Round after round until the time is over, one at least."""
    while attack.rounds == 0 or time.monotonic() < end:
        try:
            act(attack)
        except OSError as error:
            attack.fault(f"{error!r}")
            return
        attack.rounds += 1


def fill(server, count, bytes_each):
    """Events for readers that never read."""
    events = [{
        "specversion": "1.0", "id": f"fill-{number}", "source": "fill", "type": "page.viewed",
        "subject": f"customer:f{number % 100}", "data": {"url": "https://shop.example/" + "x" * bytes_each},
    } for number in range(count)]
    headers = {"Content-Type": "application/cloudevents-batch+json"}
    status, _, body = server.call("POST", "/v1/events", json.dumps(events), headers)
    expect_equal(status, 200, f"filling: {body[:500]!r}")


def honest_times(server, name, seconds):
    results = multiprocessing.Queue()
    process = multiprocessing.Process(target=work, args=(name, server.port, seconds, results), daemon=True)
    process.start()
    times, faults = results.get(timeout=seconds + 120)
    process.join()
    return times, faults


def hold_log(server):
    """Nothing that was hostile is in the log; what it has is whole."""
    found = logbook.by_id(server)
    expect(malformed.SMUGGLED_ID.decode() not in found, "a smuggled event is in the log")
    bad = [id for id, event in found.items() if event["source"] not in ("fill", "honest")]
    expect_equal(bad, [], "events of hostile clients in the log")
    expect_equal(server.wayfold("verify", "--deep")[:2000], "", "verify --deep")


class MemoryWatch:
    """The most memory that the service has had, by looking often."""

    def __init__(self, server):
        self.server, self.most, self.is_over = server, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.is_over.wait(0.1) and self.server.is_running():
            self.most = max(self.most, self.server.resident_bytes())

    def stop(self):
        self.is_over.set()
        self.thread.join()
        return self.most

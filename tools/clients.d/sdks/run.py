"""Unchanged SDKs against the service, in peace and while it is killed and started again."""
import logging
import threading
import time

import rudderstack.analytics.client
import segment.analytics.client

from fault import expect, expect_equal
from sdks import cloudevents_sdk, curl, segment_api

# A batch of a hundred of these is what each of the libraries sends at once: about 800 KB, of Segment's half as much.
MESSAGE_BYTES = 8_000
MANY = 400
KILLS = 2
LIBRARIES = {
    "segment-analytics-python": segment.analytics.client.Client,
    "rudder-sdk-python": rudderstack.analytics.client.Client,
}


def run(server, say):
    for key, status in {None: 401, server.ingest_key: 403, server.query_key: 200}.items():
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        expect_equal(server.call("GET", "/v1/events", None, headers)[0], status, "GET /v1/events")
    for name, check in {"cloudevents": cloudevents_sdk.check, "curl": curl.check}.items():
        say(f"{name}: {check(server)}")
    # Their words about connections that are refused are part of the game.
    for name in "segment", "rudderstack", "backoff":
        logging.getLogger(name).setLevel(logging.CRITICAL)
    libraries = [Library(library, gzip, server) for library in LIBRARIES for gzip in (False, True)]
    for library in libraries:
        say(f"{library}: {library.check_calls()} calls")
    threads = [threading.Thread(target=library.send_many, daemon=True) for library in libraries]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        time.sleep(1)
        server.kill()
        server.start()
        server.wait_until_ready()
    for library, thread in zip(libraries, threads):
        thread.join(180)
        expect(not thread.is_alive(), f"{library} has not sent everything")
        say(f"{library}: {library.check_many()} messages through {KILLS} kills")
    expect_equal(server.wayfold("verify", "--deep")[:2000], "", "verify --deep")


class Library:
    """One of the libraries, as it comes; only where it sends to is said."""

    def __init__(self, library, gzip, server):
        self.name = library.split("-")[0] + ("-gzip" if gzip else "-plain")
        self.words = f"{library}, gzip {'on' if gzip else 'off'}"
        self.server, self.failures, self.ids = server, [], []
        self.client = LIBRARIES[library](
            server.ingest_key, host=server.url, gzip=gzip, upload_interval=0.1,
            on_error=lambda error, batch: self.failures.append(f"{len(batch)} messages: {error!r}"))

    def __str__(self):
        return self.words

    def check_calls(self):
        sent = segment_api.send(self.client, self.name)
        self.client.flush()
        self.expect_nothing_given_up()
        segment_api.hold(self.server, sent, self.name)
        return len(sent)

    def send_many(self):
        self.ids = segment_api.send_many(self.client, self.name + "-many", MANY, MESSAGE_BYTES)

    def check_many(self):
        self.client.join()
        self.expect_nothing_given_up()
        segment_api.hold_many(self.server, self.ids, self.name + "-many")
        return len(self.ids)

    def expect_nothing_given_up(self):
        expect_equal(self.failures, [], f"messages that {self} gave up")

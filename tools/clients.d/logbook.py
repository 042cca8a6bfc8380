"""The log as the service tells it, held against what was sent."""
import json

from fault import Fault, expect, expect_equal

PAGE = 1000
# What the service itself writes has this source.
OWN_SOURCE = "wayfold"


def events(server, after=0):
    """All events behind a position, by pages."""
    found = []
    while True:
        status, headers, body = server.get(f"/v1/events?limit={PAGE}&after={after}", {"Accept": "application/x-ndjson"})
        expect_equal(status, 200, "GET /v1/events")
        lines = [json.loads(line) for line in body.splitlines()]
        found += lines
        if headers["Link"] is None:
            return found
        after = int(headers["Link"].split("after=")[1].split(">")[0].split("&")[0])


def position(event):
    return int(event["wayfoldposition"])


def by_id(server, source=None):
    """The events by their ids, each of which must be there once; positions must have no gaps."""
    all_events = events(server)
    expect_equal([position(event) for event in all_events], list(range(1, len(all_events) + 1)), "positions")
    found = {}
    for event in all_events:
        if event["source"] == OWN_SOURCE or source not in (None, event["source"]):
            continue
        if event["id"] in found:
            raise Fault(f"{event['id']} is there twice, at {position(found[event['id']])} and {position(event)}")
        found[event["id"]] = event
    return found


def hold(event, expected):
    """Compares the members of an event that are given, those of `data` one by one."""
    for name, value in expected.items():
        if name == "data":
            for member, inner in value.items():
                expect_equal(event["data"].get(member), inner, f"data.{member} of {event['id']}")
        else:
            expect_equal(event.get(name), value, f"{name} of {event['id']}")


def hold_in_order(found, ids):
    """The events of one client stand in the order in which it sent them."""
    positions = [position(found[id]) for id in ids]
    expect(positions == sorted(positions), f"the positions are not in the order of sending: {positions[:20]}")


def money(server, customer):
    """The customer's spending by currency, as the view tells it."""
    rows = server.rows("rfm/customers", "--customer", customer)
    return {row["currency"]: (row["monetary"], row["frequency"]) for row in rows}

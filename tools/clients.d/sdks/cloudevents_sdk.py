"""Python's `cloudevents`: structured and binary mode, and batches of what it writes."""
from datetime import datetime, timedelta, timezone

import requests
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

import logbook
from fault import expect_equal

START = datetime(2024, 3, 1, 12, tzinfo=timezone.utc)
SOURCE = "/shops/köln"


def order(id, minute):
    # One name needs escapes in JSON and percent signs in headers.
    attributes = {
        "id": id, "source": SOURCE, "type": "order.paid", "subject": 'customer:Zoë "Ω" 100%',
        "time": START + timedelta(minutes=minute), "datacontenttype": "application/json", "orderid": f"order {id}",
    }
    return CloudEvent(attributes, {"total": {"amount": "19.90", "currency": "EUR"}, "payment": "naïve café"})


def check(server):
    url = server.url + "/v1/events"
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {server.ingest_key}"
    ids = []

    def post(message, count, body=None, headers=None):
        answer = session.post(url, data=message.body if body is None else body, headers=headers or message.headers)
        expect_equal(answer.status_code, 200, f"answer {answer.text}")
        return answer.json() if count == 1 else answer.json()["verdicts"]

    for number, mode in enumerate([to_structured_event, to_binary_event] * 5):
        event = order(f"ce-{number}", number)
        ids.append(event.get_id())
        verdict = post(mode(event), 1)
        expect_equal(verdict["verdict"], "stored", "verdict")
        # In the other mode it is the same event.
        for again in to_structured_event, to_binary_event:
            repeated = post(again(event), 1)
            expect_equal((repeated["verdict"], repeated["position"]), ("duplicate", verdict["position"]), "again")
    batch = [order(f"ce-{number}", number) for number in range(10, 20)]
    body = b"[" + b",".join(JSONFormat().write(event) for event in batch) + b"]"
    headers = {"Content-Type": "application/cloudevents-batch+json"}
    verdicts = post(None, 10, body, headers)
    expect_equal([verdict["verdict"] for verdict in verdicts], ["stored"] * 10, "verdicts")
    ids += [event.get_id() for event in batch]

    found = logbook.by_id(server, SOURCE)
    expect_equal(set(found), set(ids), "ids")
    logbook.hold_in_order(found, ids)
    for number, id in enumerate(ids):
        logbook.hold(found[id], {
            "type": "order.paid", "subject": 'customer:Zoë "Ω" 100%', "orderid": f"order {id}",
            "time": (START + timedelta(minutes=number)).isoformat().replace("+00:00", "Z"),
            "data": {"total": {"amount": "19.90", "currency": "EUR"}, "payment": "naïve café"},
        })
    expect_equal(logbook.money(server, 'customer:Zoë "Ω" 100%'), {"EUR": ("398.00", 20)}, "money")
    return f"{len(ids)} events, each posted three times or in a batch"

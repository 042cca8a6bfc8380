"""What libraries for Segment's tracking API send, whoever made them, and what must come of it."""
from datetime import datetime, timedelta, timezone
from time import sleep

import logbook
from fault import expect, expect_equal

START = datetime(2024, 5, 1, 8, tzinfo=timezone.utc)
# Our own clock and the library's are one, so its times are corrected by the way of the request only.
WAY = timedelta(seconds=60)


def time(minute):
    return START + timedelta(minutes=minute)


def send(client, name):
    """Makes every call once. Returns by messageId the type that the event must have, and what else must hold."""
    user, cookie = f"u-{name}", f"c-{name}"
    person = f"customer:{user}"
    sent = {}

    def call(method, type, subject=person, expected=None, **words):
        id = f"{name}-{len(sent)}"
        getattr(client, method)(message_id=id, timestamp=time(len(sent)), **words)
        sent[id] = (type, subject, expected or {})

    call("page", "page.viewed", f"cookie:{cookie}", {"title": "Home"}, anonymous_id=cookie, category="Start",
         name="Home")
    call("identify", "profile.updated", user_id=user, traits={"plan": "gold", "name": "Zoë"})
    call("alias", "customer.identified", expected={"alias": f"cookie:{cookie}"}, user_id=user, previous_id=cookie)
    call("group", "group.joined", expected={"groupId": "g1"}, user_id=user, group_id="g1", traits={"size": 3})
    call("screen", "page.viewed", user_id=user, category="Shop", name="Cart")
    call("track", "product.viewed", user_id=user, event="Product Viewed",
         properties={"sku": "p1", "price": 18.99, "currency": "EUR"},
         expected={"sku": "p1", "price": {"amount": "18.99", "currency": "EUR"}})
    call("track", "Level Reached", user_id=user, event="Level Reached", properties={"level": 7}, expected={"level": 7})
    for number in range(3):
        # As programs add: 18.99 + 2 * 18.99 is 56.97 or nearly so.
        total = 18.99 + 18.99 + 18.99
        call("track", "order.paid", user_id=user, event="Order Completed",
             properties={"order_id": f"{name}-o{number}", "total": total, "currency": "EUR",
                         "products": [{"sku": "p1", "price": 18.99, "quantity": 3}]},
             expected={"total": {"amount": "56.97", "currency": "EUR"}})
    call("track", "order.refunded", user_id=user, event="Order Refunded",
         properties={"order_id": f"{name}-o0", "total": 6.97, "currency": "EUR"},
         expected={"total": {"amount": "6.97", "currency": "EUR"}})
    return sent


def hold(server, sent, name):
    """Every message is there once, as what it means, in the order of the calls, and the views know the money."""
    found = logbook.by_id(server)
    expect_equal([id for id in found if id.startswith(f"{name}-")], list(sent), "messages in their order")
    for number, (id, (type, subject, data)) in enumerate(sent.items()):
        logbook.hold(found[id], {"type": type, "subject": subject, "data": data})
        apart = datetime.fromisoformat(found[id]["time"]) - time(number)
        expect(abs(apart) < WAY, f"{id} happened at {found[id]['time']}, {apart} from what was sent")
    expect_equal(logbook.money(server, f"customer:u-{name}"), {"EUR": ("163.94", 3)}, "money")
    # The alias has made the visitor who had no name the same customer.
    expect_equal(logbook.money(server, f"cookie:c-{name}"), {"EUR": ("163.94", 3)}, "money by the cookie")


def send_many(client, name, count, bytes_each):
    """Tracks many events, in some seconds; returns the messages' ids."""
    ids = [f"{name}-{number:05}" for number in range(count)]
    for number, id in enumerate(ids):
        client.track(user_id=f"u-{name}", event="Level Reached", message_id=id, timestamp=time(0),
                     properties={"level": number, "text": "x" * bytes_each})
        sleep(0.01)
    client.flush()
    return ids


def hold_many(server, ids, name):
    found = [id for id in logbook.by_id(server) if id.startswith(f"{name}-")]
    missing = sorted(set(ids) - set(found))
    expect_equal(missing, [], f"messages of {name} that are missing")
    expect_equal(len(found), len(ids), f"messages of {name}")

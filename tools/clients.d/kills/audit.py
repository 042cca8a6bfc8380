"""Holds the log against the clients' ledgers."""
from decimal import Decimal

import logbook
from fault import Fault, expect, expect_equal
from kills import ledger


def audit(server, folder, clients):
    """Every acknowledged event is there once, where it was said to be; nothing else is. Returns how many there are."""
    found = logbook.by_id(server)
    sent, acknowledged = [], 0
    for number in range(clients):
        ids, told = told_by(folder, number)
        sent += ids
        acknowledged += len(told)
        hold_positions(found, told)
        expect_equal(set(ids) - set(told), set(), f"events of client {number} that were sent and never acknowledged")
        logbook.hold_in_order(found, ids)
        for id in ids:
            logbook.hold(found[id], {"subject": f"customer:c{number}", "type": "order.paid", "orderid": id})
        expect_equal(
            logbook.money(server, f"customer:c{number}"), {"EUR": (str(Decimal("1.01") * len(ids)), len(ids))},
            f"money of client {number}")
    expect_equal(set(found) - set(sent), set(), "events that nobody sent")
    expect_equal(server.wayfold("verify", "--deep")[:2000], "", "verify --deep")
    return acknowledged


def told_by(folder, number):
    """The ids that a client sent, in their order, and by id the positions that it was told; None: it was told no more
    than that the event is kept."""
    ids, told, stored = [], {}, set()
    entries = ledger.read(folder, number)
    for entry in entries:
        match entry:
            case ["sent", some]:
                ids += some
            case ["acknowledged", id, verdict, position]:
                before = told.setdefault(id, position)
                expect(before == position, f"{id} was acknowledged at {before} and at {position}")
                expect(verdict != "stored" or id not in stored, f"{id} was called stored twice")
                stored.add(id)
            case ["wrong", words]:
                raise Fault(f"client {number} was told: {words}")
    expect_equal(entries[-1], ["ended"], f"the last entry of client {number}")
    return ids, told


def hold_positions(found, told):
    for id, position in told.items():
        expect(id in found, f"{id} was acknowledged at {position}, and is not in the log")
        if position is not None:
            expect_equal(logbook.position(found[id]), position, f"position of {id}")

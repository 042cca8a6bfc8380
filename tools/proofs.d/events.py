"""Events of many kinds, as lines of CloudEvents."""
import json

TYPES = ["order.placed", "order.paid", "page.viewed", "chat.messaged", "survey.answered", "points.redeemed", "thing.done"]
WORDS = ["blue", "Füße", "a \"quoted\" one", "line\nbreak", "tab\there", "日本", "\\back", ""]


def data(kind, chance):
    money = {"amount": f"{chance.randrange(1, 50_000) / 100:.2f}", "currency": chance.choice(["EUR", "USD", "JPY"])}
    if money["currency"] == "JPY":
        money["amount"] = str(chance.randrange(1, 90_000))
    return {
        "order.placed": {"total": money},
        "order.paid": {"total": money, "coupons": [chance.choice(WORDS) for _ in range(chance.randrange(3))]},
        "page.viewed": {"url": f"https://shop.example/{chance.randrange(900)}"},
        "chat.messaged": {"role": chance.choice(["customer", "agent", "bot"])},
        "survey.answered": {"scale": "nps", "score": chance.randrange(11)},
        "points.redeemed": {"points": chance.randrange(1, 500)},
        "thing.done": {"word": chance.choice(WORDS)},
    }[kind]


def line(index, chance):
    """The event with this number; the same for the same chance."""
    day = 1 + index * 27 // 200_000 % 27
    event = {
        "specversion": "1.0", "id": f"e-{index}", "source": chance.choice(["//shop", "//till", "//app"]),
        "time": f"2026-03-{day:02}T{chance.randrange(24):02}:{chance.randrange(60):02}:{chance.randrange(60):02}Z",
    }
    if chance.random() < 0.02:
        event |= {"type": "customer.identified", "subject": f"cookie:{chance.randrange(4_000)}"}
        event["data"] = {"alias": f"member:{chance.randrange(2_000)}"}
        return json.dumps(event)
    event["type"] = kind = chance.choice(TYPES)
    event["data"] = data(kind, chance)
    if chance.random() < 0.95:
        event["subject"] = f"{chance.choice(['member', 'cookie'])}:{chance.randrange(4_000)}"
    if chance.random() < 0.8:
        event["channel"] = chance.choice(["web", "store", "call", "Straße"])
    if kind.startswith("order."):
        event["orderid"] = f"A-{index}"
    if chance.random() < 0.3:
        event["sessionid"] = f"s-{chance.randrange(9_000)}"
    if chance.random() < 0.05:
        event["sequence"] = str(chance.randrange(100))
    return json.dumps(event, ensure_ascii=chance.random() < 0.5)

"""One client: posts requests one after the other, each again until it is answered; a process of its own."""
import gzip
import http.client
import json
import random
import signal
import time
from datetime import datetime, timezone

from kills.ledger import Ledger

# To be sent again: the service says so, or says nothing.
RETRIED = {429, 503}
SOURCE = "till"
# Of so many requests the answer is not waited for: the same is sent again while the first is under way.
IMPATIENT = 0.05
START = 1_700_000_000


class Client:
    def __init__(self, number, server, folder, is_over, seed):
        self.number, self.port, self.is_over = number, server.port, is_over
        self.access = {"Authorization": f"Bearer {server.ingest_key}"}
        self.ledger = Ledger(folder, number)
        self.dice = random.Random(seed * 1_000 + number)
        self.connection = None
        self.count = 0

    def run(self):
        """Posts until it is over, the last request until it is answered."""
        # The terminal's interrupt is for the parent.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        post = [self.post_batch, self.post_one, self.post_lines, self.post_segment][self.number % 4]
        while not self.is_over.is_set():
            post()
        self.ledger.write(["ended"])

    def order(self):
        id = f"{self.number:02}-{self.count:06}"
        self.count += 1
        return {
            "specversion": "1.0", "id": id, "source": SOURCE, "type": "order.paid",
            "subject": f"customer:c{self.number}", "orderid": id,
            "time": datetime.fromtimestamp(START + self.count, timezone.utc).isoformat().replace("+00:00", "Z"),
            "data": {"total": {"amount": "1.01", "currency": "EUR"}},
        }

    def orders(self, count):
        orders = [self.order() for _ in range(self.dice.randint(1, count))]
        self.ledger.sent([order["id"] for order in orders])
        return orders

    def post_batch(self):
        orders = self.orders(20)
        headers = {"Content-Type": "application/cloudevents-batch+json"}
        if self.dice.random() < 0.3:
            headers["Prefer"] = "handling=strict"
        body = json.dumps(orders).encode()
        answer = json.loads(self.until_answered(lambda: self.request("/v1/events", body, headers).read()))
        for order, verdict in zip(orders, answer["verdicts"], strict=True):
            self.take(order["id"], verdict)

    def post_one(self):
        order, = self.orders(1)
        body = json.dumps(order).encode()
        headers = {"Content-Type": "application/cloudevents+json"}
        if self.dice.random() < 0.5:
            body = json.dumps(order["data"]).encode()
            headers = {"ce-" + name: value for name, value in order.items() if name != "data"}
            headers["Content-Type"] = "application/json"
        self.take(order["id"], json.loads(
            self.until_answered(lambda: self.request("/v1/events", body, headers).read())))

    def post_lines(self):
        """In chunks; each verdict counts as soon as its line is there, whatever becomes of the rest."""
        orders = self.orders(200)
        chunks = [json.dumps(order).encode() + b"\n" for order in orders]

        def post():
            headers = {"Content-Type": "application/x-ndjson", "Accept": "application/x-ndjson"}
            response = self.request("/v1/events", iter(chunks), headers)
            count = 0
            for line in response:
                verdict = json.loads(line)
                if "verdict" in verdict:
                    self.take(orders[verdict["line"] - 1]["id"], verdict)
                    count += 1
                elif "problem" in verdict:
                    raise ConnectionError(verdict["problem"])
            if count != len(orders):
                raise ConnectionError(f"{count} verdicts for {len(orders)} lines")

        self.until_answered(post)

    def post_segment(self):
        orders = self.orders(20)
        messages = [{
            "type": "track", "event": "Order Completed", "messageId": order["id"], "userId": f"c{self.number}",
            "timestamp": order["time"],
            "properties": {"order_id": order["id"], "total": 1.01, "currency": "EUR"},
        } for order in orders]

        def post():
            # As the libraries do: each time anew.
            now = datetime.now(timezone.utc).isoformat()
            body = gzip.compress(json.dumps({"batch": messages, "sentAt": now}).encode())
            headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
            return self.request("/v1/batch", body, headers).read()

        answer = json.loads(self.until_answered(post))
        if answer["rejected"]:
            self.ledger.wrong(f"rejected: {answer['rejected'][0]}")
        for order in orders:
            self.ledger.acknowledged(order["id"], "kept", None)

    def take(self, id, verdict):
        if verdict["verdict"] in ("stored", "duplicate"):
            self.ledger.acknowledged(id, verdict["verdict"], verdict["position"])
        else:
            self.ledger.wrong(f"{id}: {verdict}")

    def request(self, path, body, headers):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        self.connection.request("POST", path, body, headers | self.access, encode_chunked=not isinstance(body, bytes))
        if self.dice.random() < IMPATIENT:
            raise ConnectionError("not waited for")
        response = self.connection.getresponse()
        if response.status in RETRIED:
            response.read()
            raise ConnectionError(f"status {response.status}")
        if response.status != 200:
            words = f"status {response.status}: {response.read()[:500]!r}"
            self.ledger.wrong(words)
            raise ConnectionError(words)
        return response

    def until_answered(self, post):
        while True:
            try:
                return post()
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                if self.connection is not None:
                    self.connection.close()
                self.connection = None
                time.sleep(self.dice.uniform(0.005, 0.05))

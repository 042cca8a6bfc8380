"""Judges the log's proofs by programs that are not ours.

    tools/proofs --program .build/release/wayfold
    tools/proofs --events 5000 --receipts 1000 --mutations 500 --alterations 200      # a minute

Makes a log in four parts and signs a checkpoint behind each. Then:

  receipts     as many as wanted, fetched from the running service: all must hold for Go's sumdb and for a reader in Python
  consistency  from each checkpoint to each later one: the same
  tiles        the log as files: Go must find each entry in the tree that was signed
  mutations    receipts with something else in them: Go, Python and `wayfold verify --proof` must refuse all
  alterations  a small log that somebody who knows its format has altered, with every digest, link and checksum made to fit:
               `wayfold verify --checkpoint` must find all, and where the tree was left, name the first position

Ends with status 1 at the first thing that is not so.
"""
import argparse
import concurrent.futures
import http.client
import os
import random
import subprocess
import sys
import tempfile
import time

import alter
import events
import mutate
from verify import Log, Refused, framed

GO = ".build/proofs/verify"


class Failed(Exception):
    """Something did not come out."""


class Wayfold:
    """The program on one data folder."""

    def __init__(self, program, data):
        self.program, self.data = program, data

    def run(self, *arguments, status=0):
        done = subprocess.run(
            [self.program, *arguments, "--data", self.data], capture_output=True, text=True, check=False)
        if done.returncode != status:
            raise Failed(f"{arguments}: status {done.returncode}, not {status}: {done.stdout}{done.stderr}")
        return done.stdout

    def make(self, folder, count, parts, seed):
        """A log of so many events in parts, and the checkpoints behind them."""
        chance = random.Random(seed)
        checkpoints = []
        for part in range(parts):
            path = os.path.join(folder, f"part-{part}.ndjson")
            with open(path, "w", encoding="utf-8") as file:
                for index in range(part * count // parts, (part + 1) * count // parts):
                    file.write(events.line(index, chance) + "\n")
            self.run("import", path)
            if part == 0:
                self.key = self.run("checkpoint", "--init", "--origin", "shop.example/journeys").strip()
            checkpoints.append(self.run("checkpoint"))
        return checkpoints


def go(*arguments):
    done = subprocess.run([GO, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"Go, {arguments[0]}: {done.stderr}")
    return done.stdout.split()


def say(text, start):
    print(f"{text}  ({time.monotonic() - start:.0f} s)", flush=True)


def fetch(wayfold, folder, size, count, chance):
    """The receipts of events at random, from the service."""
    port = 20_000 + os.getpid() % 20_000
    path = os.path.join(folder, "receipts")
    with open(os.path.join(folder, "serve.log"), "wb") as log:
        server = subprocess.Popen(
            [wayfold.program, "serve", "--data", wayfold.data, "--listen", f"127.0.0.1:{port}"], stdout=log, stderr=log)
    try:
        for _ in range(600):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port)
                connection.request("GET", "/ready")
                if connection.getresponse().read() is not None:
                    break
            except OSError:
                time.sleep(0.1)
        positions = range(1, size + 1) if count >= size else sorted(chance.sample(range(1, size + 1), count))
        with open(path, "wb") as file:
            for position in positions:
                connection.request("GET", f"/v1/log/proof/{position}")
                answer = connection.getresponse()
                data = answer.read()
                if answer.status != 200:
                    raise Failed(f"the receipt of {position}: {answer.status} {data}")
                file.write(b"%d\n" % len(data) + data)
    finally:
        server.terminate()
        server.wait()
    return path, len(positions)


def count_python(log, path):
    counts = [0, 0]
    for data in framed(path):
        try:
            log.receipt(data)
            counts[0] += 1
        except Refused:
            counts[1] += 1
    return counts


def judge_mutations(wayfold, log, folder, receipts, count, chance):
    all_receipts = list(framed(receipts))
    originals = all_receipts, set(map(mutate.said, all_receipts))
    path = os.path.join(folder, "mutated")
    paths = []
    with open(path, "wb") as file:
        for index in range(count):
            data = mutate.mutated(originals, chance)
            file.write(b"%d\n" % len(data) + data)
            paths.append(os.path.join(folder, f"mutated-{index}"))
            with open(paths[-1], "wb") as single:
                single.write(data)
    if (found := go("receipts", wayfold.key, path)) != ["0", str(count)]:
        raise Failed(f"Go takes mutated receipts: {found}")
    if (found := count_python(log, path)) != [0, count]:
        raise Failed(f"Python takes mutated receipts: {found}")

    def refused(single):
        done = subprocess.run(
            [wayfold.program, "verify", "--proof", single, "--key", wayfold.key], capture_output=True, check=False)
        # 1: no receipt at all; 3: one that does not hold.
        return done.returncode in (1, 3) and not done.stdout

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for single, is_refused in zip(paths, pool.map(refused, paths)):
            if not is_refused:
                raise Failed(f"wayfold takes a mutated receipt: {open(single, 'rb').read()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=".build/release/wayfold")
    parser.add_argument("--events", type=int, default=120_000)
    parser.add_argument("--receipts", type=int, default=100_000)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--alterations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    root = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=root) as folder:
        start = time.monotonic()
        wayfold = Wayfold(options.program, os.path.join(folder, "data"))
        checkpoints = wayfold.make(folder, options.events, 4, options.seed)
        log = Log(wayfold.key)
        size = log.checkpoint(checkpoints[-1])[0]
        say(f"a log of {size} events, {len(checkpoints)} signed checkpoints", start)

        receipts, count = fetch(wayfold, folder, size, options.receipts, chance)
        if (found := go("receipts", wayfold.key, receipts)) != [str(count), "0"]:
            raise Failed(f"Go refuses receipts: {found}")
        if (found := count_python(log, receipts)) != [count, 0]:
            raise Failed(f"Python refuses receipts: {found}")
        say(f"{count} receipts hold for Go and for Python", start)

        pairs = 0
        for later in range(1, len(checkpoints)):
            for earlier in range(later):
                old, proof = os.path.join(folder, "old"), os.path.join(folder, "proof")
                sizes = [str(log.checkpoint(checkpoints[index])[0]) for index in (earlier, later)]
                text = wayfold.run("prove", "--from", sizes[0], "--to", sizes[1])
                for name, content in ((old, checkpoints[earlier]), (proof, text)):
                    with open(name, "w", encoding="utf-8") as file:
                        file.write(content)
                go("grown", wayfold.key, old, proof)
                log.grown(checkpoints[earlier], text.encode())
                pairs += 1
        say(f"{pairs} proofs of consistency hold for Go and for Python", start)

        tiles = os.path.join(folder, "tiles")
        wayfold.run("checkpoint", "--tiles", tiles)
        if (found := go("tiles", wayfold.key, tiles)) != [str(size)]:
            raise Failed(f"Go finds {found} of {size} entries")
        say(f"{size} entries are in the tree that Go makes of the tiles", start)

        judge_mutations(wayfold, log, folder, receipts, options.mutations, chance)
        say(f"{options.mutations} mutated receipts are refused by Go, Python and wayfold", start)

        small = Wayfold(options.program, os.path.join(folder, "small"))
        kept = small.make(folder, 120, 3, options.seed + 1)[-1]
        named, counts = alter.judge(small, folder, kept, options.alterations, options.seed)
        say(f"{options.alterations} altered logs are found, the first position named in {named}: {counts}", start)


if __name__ == "__main__":
    try:
        main()
    except (Failed, alter.NotFound) as error:
        print(f"proofs: {error}", file=sys.stderr)
        sys.exit(1)

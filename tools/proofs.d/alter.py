"""Alters a log as somebody would who knows its format: what is written is whole, and every digest, link and checksum fits.

The format is that of ARCHITECTURE.md, section 4, written down once more.
"""
import concurrent.futures
import hashlib
import json
import os
import random
import shutil
import struct
import subprocess

import lmdb
import xxhash

HEADER, IDENT, STRAND = 80, 56, 34


class NotFound(Exception):
    """An alteration that nobody noticed."""


class Block:
    """A block taken apart, with its personal value."""

    def __init__(self, block, personal):
        (self.first, count) = struct.unpack_from("<QI", block, 8)
        self.times = block[24:40]
        (self.strands_before, strands, dictionary, clear, _, _) = struct.unpack_from("<6I", block, 40)
        self.events = []
        _, _, n, m, _ = struct.unpack_from("<4sIIII", personal, 0)
        offsets = struct.unpack_from(f"<{n + m + 1}I", personal, 16)
        entries = [personal[16 + 4 * (n + m + 1) + a:16 + 4 * (n + m + 1) + b] for a, b in zip(offsets, offsets[1:])]
        for index in range(count):
            header = bytearray(block[96 + HEADER * index:96 + HEADER * (index + 1)])
            start, length = struct.unpack_from("<I", header, 68)[0], struct.unpack_from("<H", header, 66)[0]
            at = 96 + HEADER * count + IDENT * index
            self.events.append({
                "header": header, "ident": bytearray(block[at:at + IDENT]),
                "clear": bytearray(block[clear + start:clear + start + length]), "entry": entries[index],
            })
        self.strands = []
        for index in range(strands):
            at = dictionary + STRAND * index
            self.strands.append({"kind": block[at:at + 2], "digest": block[at + 2:at + STRAND], "entry": entries[n + index]})
        self.names = []
        at = dictionary + STRAND * strands
        while at < clear:
            table, number, length = struct.unpack_from("<BHH", block, at)
            self.names.append([table, number, bytearray(block[at + 5:at + 5 + length])])
            at += 5 + length

    def packed(self, previous):
        """The block's bytes behind the digest of the one before, its personal value, and its digest."""
        headers, clears = b"", b""
        for event in self.events:
            struct.pack_into("<HI", event["header"], 66, len(event["clear"]), len(clears))
            headers += event["header"]
            clears += event["clear"]
        idents = b"".join(event["ident"] for event in self.events)
        strands = b"".join(strand["kind"] + strand["digest"] for strand in self.strands)
        names = b"".join(struct.pack("<BHH", t, n, len(text)) + text for t, n, text in self.names)
        entries = [event["entry"] for event in self.events] + [strand["entry"] for strand in self.strands]
        personal = struct.pack("<4sHHIII", b"WFP1", 1, 0, len(self.events), len(self.strands), 0)
        offset = 0
        for entry in entries:
            offset += len(entry)
            personal += struct.pack("<I", offset)
        personal += b"".join(entries)
        times = [min(struct.unpack_from("<qq", event["header"])) for event in self.events]
        dictionary = 96 + len(headers) + len(idents)
        clear = dictionary + len(strands) + len(names)
        block = struct.pack(
            "<4sHHQIIqqIIIIII32s", b"WFB1", 3, 0, self.first, len(self.events),
            self.strands_before + 1 if self.strands else 0, min(times), max(times), self.strands_before, len(self.strands),
            dictionary, clear, clear + len(clears) + 40, len(personal), previous)
        block += headers + idents + strands + names + clears
        digest = hashlib.sha256(block).digest()
        block += digest
        return block + struct.pack("<Q", xxhash.xxh64_intdigest(block)), personal, digest


def salted(data, chance):
    entry = chance.randbytes(16) + data
    return entry, hashlib.sha256(entry).digest()


class Alteration:
    """One alteration: of blocks taken apart, in place; gives the first position that is another one."""

    def __init__(self, blocks, chance):
        self.blocks, self.chance = blocks, chance
        self.block = chance.choice(blocks)
        self.index = chance.randrange(len(self.block.events))

    @property
    def event(self):
        return self.block.events[self.index]

    @property
    def position(self):
        return self.block.first + self.index

    def renumber(self):
        """Closes gaps between positions and strands' numbers."""
        position, strands = 1, 0
        for block in self.blocks:
            block.first, block.strands_before = position, strands
            position, strands = position + len(block.events), strands + len(block.strands)

    def header_field(self):
        at, length = self.chance.choice(
            [(0, 8), (8, 8), (16, 8), (24, 8), (32, 8), (40, 8), (48, 4), (52, 4), (56, 2), (58, 2), (60, 2), (62, 2),
             (64, 2), (72, 4), (76, 2), (78, 2)])
        self.event["header"][at + self.chance.randrange(length)] ^= 1 << self.chance.randrange(8)
        return self.position

    def hashes(self):
        self.event["ident"][self.chance.randrange(24)] ^= 1 << self.chance.randrange(8)
        return self.position

    def clear_bit(self):
        if not self.event["clear"]:
            return self.hashes()
        self.event["clear"][self.chance.randrange(len(self.event["clear"]))] ^= 1 << self.chance.randrange(8)
        return self.position

    def personal(self):
        self.event["entry"], digest = salted(self.event["entry"][16:] + b"\0", self.chance)
        self.event["ident"][24:] = digest
        return self.position

    def alias(self):
        block = self.chance.choice([block for block in self.blocks if block.strands])
        index = self.chance.randrange(len(block.strands))
        block.strands[index]["entry"], block.strands[index]["digest"] = salted(b"666", self.chance)
        number = block.strands_before + index + 1
        for at, event in enumerate(block.events):
            if max(struct.unpack_from("<I", event["header"], place)[0] for place in (52, 72)) >= number:
                return block.first + at
        raise NotFound(f"strand {number} was brought by no event")

    def name(self):
        block = self.chance.choice([block for block in self.blocks if any(name[2] for name in block.names)])
        name = self.chance.choice([name for name in block.names if name[2]])
        name[2][self.chance.randrange(len(name[2]))] ^= 1
        return None

    def swapped(self):
        if len(self.block.events) < 2:
            return self.hashes()
        other = self.chance.choice([index for index in range(len(self.block.events)) if index != self.index])
        events = self.block.events
        # Times go on as they did, so that only the order is another one.
        a, b = events[self.index]["header"][8:16], events[other]["header"][8:16]
        events[self.index], events[other] = events[other], events[self.index]
        events[self.index]["header"][8:16], events[other]["header"][8:16] = a, b
        return self.block.first + min(self.index, other)

    def dropped(self):
        if len(self.block.events) < 2:
            return self.hashes()
        position = self.position
        del self.block.events[self.index]
        self.renumber()
        return position

    def inserted(self):
        copy = {name: bytearray(value) if isinstance(value, bytearray) else value for name, value in self.event.items()}
        copy["ident"][:16] = self.chance.randbytes(16)
        # In front of one: behind the last, it would be an event that has come since the checkpoint.
        self.block.events.insert(self.index, copy)
        position = self.position
        self.renumber()
        return position

    def tail_dropped(self):
        if self.block is self.blocks[0]:
            return self.hashes()
        at = self.blocks.index(self.block)
        del self.blocks[at:]
        return self.block.first

    KINDS = [
        header_field, header_field, header_field, hashes, clear_bit, clear_bit, personal, alias, name, swapped, dropped,
        inserted, tail_dropped,
    ]


def read(data):
    environment = lmdb.open(os.path.join(data, "log"), max_dbs=8, readonly=True, lock=False, map_size=1 << 30)
    blocks, personal = environment.open_db(b"blocks"), environment.open_db(b"personal")
    with environment.begin() as transaction:
        pairs = [(bytes(value), bytes(transaction.get(key, db=personal)))
                 for key, value in transaction.cursor(db=blocks)]
    environment.close()
    return pairs


def write(data, blocks):
    environment = lmdb.open(os.path.join(data, "log"), max_dbs=8, map_size=1 << 30, sync=False)
    tables = environment.open_db(b"blocks"), environment.open_db(b"personal")
    meta = environment.open_db(b"meta")
    with environment.begin(write=True) as transaction:
        for table in tables:
            transaction.drop(table, delete=False)
        previous = bytes(32)
        for block in blocks:
            value, personal, previous = block.packed(previous)
            key = struct.pack(">Q", block.first)
            transaction.put(key, value, db=tables[0])
            transaction.put(key, personal, db=tables[1])
        transaction.put(b"transaction", struct.pack("<Q", transaction.id()), db=meta)
    environment.close()


def alter(wayfold, pairs, folder, kept, number, seed):
    """Makes one alteration and looks what is said of it: whether the first position was named, and what was altered."""
    chance = random.Random(seed * 1_000_003 + number)
    data = os.path.join(folder, f"altered-{number}")
    shutil.copytree(wayfold.data, data, ignore=shutil.ignore_patterns("*.sock", "lock.mdb"))
    blocks = [Block(*pair) for pair in pairs]
    alteration = Alteration(blocks, chance)
    kind = chance.choice(Alteration.KINDS)
    first = kind(alteration)
    write(data, blocks)
    # What is derived goes; the tree only half of the time.
    for name in ("index", "views"):
        shutil.rmtree(os.path.join(data, name), ignore_errors=True)
    has_tree = chance.random() < 0.5
    if not has_tree:
        shutil.rmtree(os.path.join(data, "tree"))
    done = subprocess.run(
        [wayfold.program, "verify", "--checkpoint", kept, "--key", wayfold.key, "--format", "ndjson", "--data", data],
        capture_output=True, text=True, check=False)
    if done.returncode != 3:
        raise NotFound(f"{kind.__name__} of {first} (number {number}): {done.returncode} {done.stdout}{done.stderr}; {data}")
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    is_named = any(finding["position"] == first for finding in findings)
    if has_tree and first is not None and not is_named:
        raise NotFound(f"{kind.__name__} of {first} (number {number}) is found elsewhere: {findings}; {data}")
    shutil.rmtree(data)
    return is_named, kind.__name__


def judge(wayfold, folder, kept_text, count, seed):
    """In how many of the alterations the first position was named, and how many there were of each kind."""
    kept = os.path.join(folder, "kept.checkpoint")
    with open(kept, "w", encoding="utf-8") as file:
        file.write(kept_text)
    pairs = read(wayfold.data)
    # Taken apart and put together it is the same: then an alteration is all that is another one.
    previous = bytes(32)
    for pair in pairs:
        block, personal, previous = Block(*pair).packed(previous)
        if (block, personal) != pair:
            raise NotFound("the log is not of the format that is known here")
    named, counts = 0, {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for is_named, kind in pool.map(lambda number: alter(wayfold, pairs, folder, kept, number, seed), range(count)):
            named += is_named
            counts[kind] = counts.get(kind, 0) + 1
    return named, counts

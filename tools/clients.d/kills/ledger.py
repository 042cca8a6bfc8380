"""What a client was told, in a file of its own that outlives everything."""
import json
import os


class Ledger:
    """Written by one client; each line is one thing that it sent or was told."""

    def __init__(self, folder, number):
        self.file = open(path(folder, number), "w")

    def sent(self, ids):
        self.write(["sent", ids])

    def acknowledged(self, id, verdict, position):
        """- position: None where the answer has none."""
        self.write(["acknowledged", id, verdict, position])

    def wrong(self, words):
        self.write(["wrong", words])

    def write(self, entry):
        self.file.write(json.dumps(entry) + "\n")
        self.file.flush()


def path(folder, number):
    return os.path.join(folder, f"client-{number:02}.ledger")


def read(folder, number):
    with open(path(folder, number)) as file:
        return [json.loads(line) for line in file]

"""Clients of the service, as they are in the field, against a real process at a temporary folder and a free port.

    tools/clients                          # the short forms of all, about two minutes
    tools/clients sdks                     # unchanged SDKs: cloudevents, Segment's, RudderStack's, curl
    tools/clients kills --kills 60         # 16 clients with ledgers of their own while the service is killed
    tools/clients paging --customers 1000000 # a job that pages through them while events arrive
    tools/clients hostile --seconds 60     # honest clients' times while others stall, flood, smuggle and bomb

The times of the last are those of a release build: what a debug build does meanwhile is no measure.

The program is that of the environment variable WAYFOLD, else .build/release/wayfold, else .build/debug/wayfold. The
status is 1 where something is not as it has to be; the folder is then kept and named.
"""
import argparse
import os
import random
import shutil
import sys
import tempfile
import time

from fault import Fault
from server import Server

CHECKS = ["sdks", "kills", "paging", "hostile"]


def say(words):
    print(words, flush=True)


def find_program():
    for path in os.environ.get("WAYFOLD"), ".build/release/wayfold", ".build/debug/wayfold":
        if path and os.access(path, os.X_OK):
            return os.path.abspath(path)
    sys.exit("there is no program: swift build --product wayfold, or name one in WAYFOLD")


def run(check, program, folder, options):
    if check == "sdks":
        from sdks.run import run
        server = Server(program, folder)
        server.make_keys()
        with_server(server, lambda server: run(server, say))
    elif check == "kills":
        from kills.run import STOP_SECONDS, run
        server = Server(program, folder, [f"stopSeconds={STOP_SECONDS}"])
        run(server, folder, options.kills, random.Random(options.seed), say)
    elif check == "paging":
        import paging
        paging.run(Server(program, folder, paging.LIMITS), folder, options.customers, say)
    else:
        from hostile import run, tls
        server = Server(program, folder, run.LIMITS)
        with_server(server, lambda server: run.run(server, options.seconds, say))
        tls.run(program, folder, run.LIMITS, say)


def with_server(server, body):
    server.start()
    try:
        server.wait_until_ready()
        body(server)
        server.terminate(within=35)
    finally:
        if server.is_running():
            server.kill()


def main():
    parser = argparse.ArgumentParser(
        "tools/clients", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("check", nargs="*", metavar="|".join(CHECKS), help="all where none is named")
    parser.add_argument("--kills", type=int, default=10, help="how often the service is killed (10)")
    parser.add_argument("--customers", type=int, default=20_000, help="that are paged through (20000)")
    parser.add_argument("--seconds", type=int, default=10, help="how long the hostile clients go on (10)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of kills (1)")
    options = parser.parse_args()
    if unknown := [check for check in options.check if check not in CHECKS]:
        parser.error(f"{unknown[0]}: expected {', '.join(CHECKS)}")
    program = find_program()
    for check in options.check or CHECKS:
        folder = tempfile.mkdtemp(prefix="wayfold-clients-")
        start = time.monotonic()
        say(f"== {check}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        try:
            run(check, program, folder, options)
        except Fault as fault:
            say(f"{check}: {fault}\nThe folder is {folder}")
            # Without further ado: the libraries would wait for what they cannot send.
            os._exit(1)
        shutil.rmtree(folder)
        say(f"== {check} holds ({time.monotonic() - start:.0f} s)")


main()

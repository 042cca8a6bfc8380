"""Those who hold connections up before there is any HTTP in them: within TLS, and before it."""
import datetime
import http.client
import os
import ssl
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from connection import Connection
from fault import expect
from hostile import attacks
from server import Server

STOP_SECONDS = 3
# NIOSSL waits so long for the other side's farewell.
FAREWELL_SECONDS = 5
HALF_HELLO = b"\x16\x03\x01\x02\x00\x01"
# HTTP/2's preface and empty settings.
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])


class TLSServer(Server):
    """The same with a certificate that it has signed itself."""

    def __init__(self, program, folder, settings):
        certificate, key = make_certificate(folder)
        super().__init__(program, folder, [
            *settings, f"tls.certificate={certificate}", f"tls.privateKey={key}", f"stopSeconds={STOP_SECONDS}"])

    def connect(self):
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=trusting("http/1.1"))


def run(program, folder, settings, say):
    os.mkdir(os.path.join(folder, "tls"))
    server = TLSServer(program, os.path.join(folder, "tls"), settings)
    server.start()
    try:
        server.wait_until_ready()
        found = []
        for number, act in enumerate([silent, half_hellos, idle, attacks.flood], 1):
            attack = attacks.Attack(f"tls: {act.__name__}", f"127.0.2.{number}", server.port)
            act(attack)
            found += attack.faults
        last = [Connection(server.port, "127.0.2.9")]
        time.sleep(0.5)
        seconds = server.terminate(within=STOP_SECONDS + 2) if not found else None
        expect(not found, "\n  ".join([f"{len(found)} faults:", *found]))
        for connection in last:
            connection.close()
        say(f"tls: the silent, half hellos, the idle and floods are let go; ended in {seconds:.1f} s with one open")
    finally:
        if server.is_running():
            server.kill()


def silent(attack):
    attack.expect_let_go(attack.open(), attacks.HEADER_SECONDS + attacks.SLACK_SECONDS)


def half_hellos(attack):
    connections = attack.open()
    for connection in connections:
        connection.send(HALF_HELLO)
    attack.expect_let_go(connections, attacks.HEADER_SECONDS + attacks.SLACK_SECONDS)


def idle(attack):
    """Past the handshake, and no further."""
    connections = attack.open()
    for number, connection in enumerate(connections):
        protocol = ["http/1.1", "h2"][number % 2]
        connection.socket = trusting(protocol).wrap_socket(connection.socket)
        if protocol == "h2":
            connection.send(PREFACE)
    attack.expect_let_go(connections, attacks.IDLE_SECONDS + FAREWELL_SECONDS + attacks.SLACK_SECONDS)


def trusting(protocol):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols([protocol])
    return context


def make_certificate(folder):
    """The paths of a certificate for a day and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256()))
    pem = serialization.Encoding.PEM
    files = {
        "certificate.pem": certificate.public_bytes(pem),
        "key.pem": key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    }
    for file, data in files.items():
        with open(os.path.join(folder, file), "wb") as out:
            out.write(data)
    return [os.path.join(folder, file) for file in files]

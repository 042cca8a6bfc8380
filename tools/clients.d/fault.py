"""What a check found to be wrong."""


class Fault(Exception):
    """The service, or the log behind it, is not as it has to be."""


def expect(condition, words):
    if not condition:
        raise Fault(words)


def expect_equal(found, expected, what):
    if found != expected:
        raise Fault(f"{what}: expected {expected!r}, found {found!r}")

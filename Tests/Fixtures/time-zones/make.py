#!/usr/bin/env python3
"""Writes zones.json: time zone files with what Python's zoneinfo says about them.

Run it beside the machine's tz database: python3 make.py > zones.json
For each zone: the file itself (base64), offsets of instants, instants of local times (fold=0), first instants of days.
The last are found by walking second by second, not by any arithmetic on transitions.
"""
import base64, datetime as dt, json, random, zoneinfo

ZONES = [
    "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Asia/Beirut",
    "Asia/Kathmandu", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kwajalein", "UTC",
]
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
FIRST = int((dt.datetime(1880, 1, 1, tzinfo=dt.timezone.utc) - EPOCH).total_seconds())
LAST = int((dt.datetime(2100, 12, 30, tzinfo=dt.timezone.utc) - EPOCH).total_seconds())


def offset(zone, seconds):
    local = (EPOCH + dt.timedelta(seconds=seconds)).astimezone(zone)
    return int(local.utcoffset().total_seconds())


def transitions(zone):
    """By looking every six hours and halving."""
    found = []
    for year in list(range(1890, 2100, 9)) + [1969, 1987, 1993, 2006, 2011, 2018, 2024, 2037, 2038]:
        at = int((dt.datetime(year, 1, 1, tzinfo=dt.timezone.utc) - EPOCH).total_seconds())
        for low in range(at, at + 366 * 86400, 6 * 3600):
            high = low + 6 * 3600
            if offset(zone, low) == offset(zone, high):
                continue
            while high - low > 1:
                middle = (low + high) // 2
                if offset(zone, middle) == offset(zone, low):
                    low = middle
                else:
                    high = middle
            found.append(high)
    return sorted(set(found))


def first_instant(zone, day):
    midnight = (day - dt.date(1970, 1, 1)).days * 86400
    at = midnight - 26 * 3600
    while (EPOCH + dt.timedelta(seconds=at)).astimezone(zone).date() < day:
        at += 1
    return at


def main():
    random.seed(1)
    zones = []
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        changes = transitions(zone)
        instants = [random.randint(FIRST, LAST) for _ in range(100)]
        instants += [change + delta for change in changes for delta in (-1, 0)]
        locals_ = []
        for base in [random.choice(instants) for _ in range(60)] + changes:
            naive = dt.datetime(1970, 1, 1) + dt.timedelta(seconds=base + offset(zone, base) + random.randint(-7200, 7200))
            seconds = int((naive - dt.datetime(1970, 1, 1)).total_seconds())
            locals_.append([seconds, seconds - int(naive.replace(tzinfo=zone, fold=0).utcoffset().total_seconds())])
        days = set()
        for change in random.sample(changes, min(6, len(changes))) + [c for c in changes if 1.29e9 < c < 1.33e9]:
            local = (EPOCH + dt.timedelta(seconds=change)).astimezone(zone).date()
            days |= {local + dt.timedelta(days=n) for n in (-1, 0, 1)}
        zones.append({
            "name": name,
            "file": base64.b64encode(open("/usr/share/zoneinfo/" + name, "rb").read()).decode(),
            "offsets": [[at, offset(zone, at)] for at in sorted(set(instants))],
            "locals": sorted(locals_),
            "days": [[(day - dt.date(1970, 1, 1)).days, first_instant(zone, day)] for day in sorted(days)],
        })
    print("[" + ",\n".join(json.dumps(zone, separators=(",", ":")) for zone in zones) + "]")


main()

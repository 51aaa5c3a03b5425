"""The smallest agent worth the name: does this folder hold other files than when I was last asked?"""

import json
import os
import select
import signal
import sys
import time


def say(kind, **fields):
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    print(json.dumps({"type": kind, "timestamp": stamp, **fields}), flush=True)


def obey(name, reply):
    """Carries out one command; false ends the agent."""
    global known, seen, sampling
    seen = set(os.listdir()) if sampling else seen
    if name == "flush" or (name == "shutdown" and seen != known):
        data = {"came": len(seen - known), "went": len(known - seen)}
        say("summary", data={**data, "activity_signal": {"mode": "active", "keep_alive": seen != known}})
        known = seen
    if name == "status":
        say("status", health="ok")
    elif name in ("flush", "stop", "start", "shutdown"):
        if name == "start" and not sampling:
            known = seen = set(os.listdir())
        sampling = name == "start" or (sampling and name != "stop")
        say("ack", ack_command=name, **reply)
    return name not in ("shutdown", "reject")


def end(*_):
    obey("shutdown", {})
    sys.exit(0)


signal.signal(signal.SIGTERM, end)
known = seen = set(os.listdir())
sampling = running = True
rest, pace_s, next_beat = b"", 5.0, 0.0
say("handshake", protocol_version="0.4", agent_version="1.0.0", capabilities=["summary", "heartbeat", "status"])
say("status", health="ok")
while running:
    if time.monotonic() >= next_beat:
        say("heartbeat", metrics={"queue": 0})
        next_beat = time.monotonic() + pace_s
    if not select.select([0], [], [], max(0, next_beat - time.monotonic()))[0]:
        continue
    chunk = os.read(0, 65536)
    *lines, rest = (rest + (chunk or b'\n{"cmd":"shutdown"}\n')).split(b"\n")
    for line in lines:
        try:
            command = json.loads(line)
            name, reply = command.get("cmd"), {"id": command["id"]} if "id" in command else {}
            if name == "ack":
                next_beat, pace_s = 0.0, float(command["params"].get("heartbeat_interval_s", pace_s))
            steps = command["sequence"] if name == "sequence" else [name]
            for step in steps:
                running = running and obey(step, reply)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue  # no command; the next line may be one
sys.exit(0)

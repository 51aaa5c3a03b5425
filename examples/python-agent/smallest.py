"""The smallest agent worth the name: does this folder hold other files than when I was last asked?"""

import json
import os
import select
import sys
import time


def say(kind, **fields):
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    print(json.dumps({"type": kind, "timestamp": stamp, **fields}), flush=True)


def obey(name, reply):
    """Carries out one command; false ends the agent."""
    global known
    if name == "flush" or (name == "shutdown" and set(os.listdir()) != known):
        known, before = set(os.listdir()), known
        worked = known != before
        data = {"came": len(known - before), "went": len(before - known)}
        say("summary", data={**data, "activity_signal": {"mode": "active", "keep_alive": worked}})
    if name == "status":
        say("status", health="ok")
    elif name in ("flush", "stop", "start", "shutdown"):
        say("ack", ack_command=name, **reply)
    return name not in ("shutdown", "reject")


known = set(os.listdir())
rest, next_beat, running = b"", 0.0, True
say("handshake", protocol_version="0.4", agent_version="1.0.0", capabilities=["summary", "heartbeat", "status"])
while running:
    if time.monotonic() >= next_beat:
        say("heartbeat", metrics={"queue": 0})
        next_beat = time.monotonic() + 5
    if not select.select([0], [], [], max(0, next_beat - time.monotonic()))[0]:
        continue
    chunk = os.read(0, 65536)
    *lines, rest = (rest + (chunk or b'\n{"cmd":"shutdown"}\n')).split(b"\n")
    for command in (json.loads(line) for line in lines if line.strip()):
        reply = {"id": command["id"]} if "id" in command else {}
        steps = command["sequence"] if command["cmd"] == "sequence" else [command["cmd"]]
        running = all(obey(step, reply) for step in steps) and running
sys.exit(0)

"""A well-behaved neighbour in Python: numbers its summaries, and notes in a file of its own what it wrote when."""

import json
import os
import select
import sys
import time

config = json.loads(os.environ["MIMOLO_CONFIG"])
run = "python-%d-%d" % (os.getpid(), time.time() * 1000)
notes = open(config["notes"], "a", buffering=1)
sent, taken, running, rest = 0, False, True, b""


def say(kind, note=None, **fields):
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    sys.stdout.write(json.dumps({"type": kind, "timestamp": stamp, **fields}) + "\n")
    sys.stdout.flush()
    if note:
        notes.write(json.dumps({**note, "at": int(time.time() * 1000)}) + "\n")


def summarize():
    global sent
    if taken:
        sent += 1
        say("summary", {"run": run, "n": sent}, data={"neighbour_run": run, "n": sent})


def obey(cmd):
    global taken, running
    if cmd == "ack":
        taken = True
    elif cmd == "status":
        say("status", health="ok")
    elif cmd in ("flush", "stop", "start", "shutdown"):
        if cmd == "flush":
            summarize()
        say("ack", ack_command=cmd)
    running = running and cmd not in ("shutdown", "reject")


say("handshake", protocol_version="0.4", agent_version="1.0.0", capabilities=["summary", "heartbeat", "status"])
next_beat = next_summary = time.monotonic()
while running:
    now = time.monotonic()
    if now >= next_beat:
        next_beat = now + config["heartbeat_ms"] / 1000
        say("heartbeat", {"beat": True})
    if now >= next_summary:
        next_summary = now + config["summary_ms"] / 1000
        summarize()
    if not select.select([0], [], [], max(0, min(next_beat, next_summary) - time.monotonic()))[0]:
        continue
    chunk = os.read(0, 65536)
    *lines, rest = (rest + (chunk or b'\n{"cmd":"shutdown"}\n')).split(b"\n")
    for line in lines:
        command = json.loads(line) if line.strip() else {"cmd": ""}
        for step in command["sequence"] if command["cmd"] == "sequence" else [command["cmd"]]:
            obey(step)

"""After: the same watcher as an agent of MiMoLo. Needs nothing but Python."""

import json
import os
import queue
import signal
import sys
import threading
import time

sys.dont_write_bytecode = True  # nothing is written outside MIMOLO_AGENT_DATA_DIR
from last_input import seconds_since_last_input  # noqa: E402

settings = json.loads(os.environ.get("MIMOLO_CONFIG") or "{}")
terminals = settings.get("terminals", "/dev/pts/[0-9]*")
poll_s = float(settings.get("poll_interval_s", 5))
commands = queue.SimpleQueue()
window = {"since": time.time(), "first": None, "last": None}
is_sampling = True
heartbeat_s = 5.0


def say(kind, **fields):
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    sys.stdout.write(json.dumps({"type": kind, "timestamp": stamp, **fields}) + "\n")
    sys.stdout.flush()


def look():
    """There was work if somebody typed since the window began. How long a pause may be is the collector's to say."""
    at = time.time() - seconds_since_last_input(terminals)
    if is_sampling and at > window["since"]:
        window.update(first=window["first"] or at, last=at)


def summarize():
    now, worked = time.time(), window["last"] is not None
    data = {"activity_signal": {"mode": "active", "keep_alive": worked}}
    if worked:
        data["last_input_s_ago"] = round(now - window["last"], 1)
    since = window["first"] if worked else window["since"]
    say("summary", data=data, metrics={"interval_s": round(now - since, 3)})
    window.update(since=now, first=None, last=None)


def obey(name, reply):
    """Carries out one command; false ends the agent."""
    global is_sampling
    if name in ("flush", "stop", "shutdown"):
        look()
    if name == "flush" or (name == "shutdown" and window["last"] is not None):
        summarize()
    if name in ("start", "stop"):
        is_sampling = name == "start"
    if name == "status":
        say("status", health="ok")
    elif name in ("flush", "start", "stop", "shutdown"):
        say("ack", ack_command=name, **reply)
    return name not in ("shutdown", "reject")


def follow(line):
    global heartbeat_s
    try:
        command = json.loads(line)
        name, reply = command.get("cmd"), {"id": command["id"]} if "id" in command else {}
        if name == "ack":
            heartbeat_s = float(command["params"].get("heartbeat_interval_s", heartbeat_s))
        steps = command["sequence"] if name == "sequence" else [name]
        return all(obey(step, reply) for step in steps)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return True  # no command; the next line may be one


def read_commands():
    for line in sys.stdin.buffer:
        commands.put(line)
    commands.put(b'{"cmd":"shutdown"}')  # the collector has gone


signal.signal(signal.SIGTERM, lambda *_: commands.put(b'{"cmd":"shutdown"}'))
say("handshake", protocol_version="0.4", agent_version="1.0.0", capabilities=["summary", "heartbeat", "status"])
say("status", health="ok")
threading.Thread(target=read_commands, daemon=True).start()
next_look = next_beat = time.monotonic()
is_running = True
while is_running:
    try:
        is_running = follow(commands.get(timeout=max(0.0, min(next_look, next_beat) - time.monotonic())))
    except queue.Empty:
        pass
    next_beat = min(next_beat, time.monotonic() + heartbeat_s)
    if time.monotonic() >= next_look:
        next_look = time.monotonic() + poll_s
        look()
    if is_running and time.monotonic() >= next_beat:
        next_beat = time.monotonic() + heartbeat_s
        say("heartbeat", metrics={"queue": 0})
os._exit(0)  # at once: the thread that reads would still wait for a line

#!/usr/bin/env python3
"""Counts what is published about doors, and says how often when it is asked. It knows nothing but the protocol page."""

import json
import os
import sys
import threading
import time

LOCK = threading.Lock()


def say(kind, **fields):
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    with LOCK:
        sys.stdout.write(json.dumps({"type": kind, "timestamp": stamp, **fields}) + "\n")
        sys.stdout.flush()


def request(method, **params):
    """Asks the collector. The answer comes as a `response` with this id."""
    say("request", id=method, method=method, params=params)


def beat():
    while True:
        say("heartbeat", metrics={"queue": 0})
        time.sleep(5)


def answer(call):
    """What it says when it is asked as a message_handler."""
    if call["method"] == "supported_types":
        return ["how-often"]
    content = call["params"]["message"]["content"]
    if call["method"] == "can_handle":
        return 0.8 if content["what"].startswith("door:") else 0
    return {"times": counts.get(content["what"], 0)}


counts = {}
say("handshake", protocol_version="0.4", agent_version="1.0.0", capabilities=["heartbeat", "invoke", "events"])
threading.Thread(target=beat, daemon=True).start()
for line in sys.stdin:
    command = json.loads(line)
    params = command.get("params", {})
    if command["cmd"] == "ack":
        request("event.subscribe", topic="door:*")
        request("message.receive")
    elif command["cmd"] == "event":
        counts[params["topic"]] = counts.get(params["topic"], 0) + 1
    elif command["cmd"] == "invoke":
        say("result", id=command["id"], ok=True, data=answer(params))
    elif command["cmd"] == "response" and not params["ok"]:
        say("log", level="error", message=command["id"] + ": " + params["error"]["message"])
    elif command["cmd"] == "status":
        say("status", health="ok")
    elif command["cmd"] in ("shutdown", "sequence", "reject"):
        break
# At once, whatever the thread does.
os._exit(0)

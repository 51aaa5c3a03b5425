# A plugin in plain Python that does everything right, but for the one fault its settings name.
import json
import os
import socket
import subprocess
import sys

fault = json.loads(os.environ["MIMOLO_CONFIG"])["fault"]


def say(kind, **fields):
    print(json.dumps({"type": kind, "timestamp": "2026-01-01T00:00:00Z", **fields}), flush=True)


def ack(cmd, command):
    say("ack", ack_command=cmd, **({"id": command["id"]} if "id" in command else {}))


say("handshake", protocol_version="0.4", agent_version="1.0.0", capabilities=["summary", "heartbeat", "status"])
say("status", health="ok")
if fault == "calls home":
    with socket.socket() as home:
        home.connect_ex(("127.0.0.1", 9))
if fault == "runs a program":
    subprocess.run(["true"])
if fault == "writes elsewhere":
    with open(os.path.join("..", "snake.txt"), "w") as file:
        file.write("ssss")

for line in sys.stdin:
    command = json.loads(line)
    cmd = command.get("cmd")
    steps = command.get("sequence", []) if cmd == "sequence" else [cmd]
    for step in steps:
        if step == "flush":
            say("summary", data={"activity_signal": {"mode": "passive", "keep_alive": None}})
        if step == "status":
            say("status", health="ok")
        if step in ("start", "stop", "flush"):
            ack(step, command)
        if step in ("shutdown", "reject"):
            sys.exit(0)

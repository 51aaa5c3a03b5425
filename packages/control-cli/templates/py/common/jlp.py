"""Speaks MiMoLo's protocol (JSON lines on stdin and stdout) for a plugin; needs nothing but the standard library."""

import json
import os
import queue
import signal
import sys
import threading
import time

from faults import in_words, json_only, sendable
from spool import open_spool

SHUTDOWN = {"cmd": "shutdown"}
LONGEST_COMMAND = 4_194_304
MOST_UNREAD, MOST_UNANSWERED = 4096, 32
protocol = os.dup(1)
os.dup2(2, 1)
sys.stdout = sys.stderr  # a print() is no message: it is shown at once, as is what programs print that are run from here
config = json.loads(os.environ.get("MIMOLO_CONFIG") or "{}")
outbox, inbox = queue.SimpleQueue(), queue.SimpleQueue()
spool, spool_lock = None, threading.Lock()
events_are_evidence = False  # those of a monitor are


class CallError(Exception):
    """The answer to a call that cannot be carried out: a short code, and a sentence."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def own_folder():
    """The only place a plugin may write in."""
    return os.environ.get("MIMOLO_AGENT_DATA_DIR") or "."


def say(kind, **fields):
    """Sends a message. While nobody reads, what is too much is dropped rather than waited for."""
    if outbox.qsize() < MOST_UNREAD:
        outbox.put(to_line(kind, fields))


def event(name, payload):
    """Says that something happened."""
    send = say_evidence if events_are_evidence else say
    send("event", data={"event": name, "payload": payload})


def say_evidence(kind, **fields):
    """Sends what must not be lost: it is written down first, and kept until the collector has it for good."""
    if spool is None:
        say(kind, **fields)
    elif spool.is_full:
        print("too much waits for the collector; this is left out: %s" % fields, file=sys.stderr)
    else:
        keep(spool.add, to_line(kind, fields))


def keep(change, *arguments):
    """Changes what the spool holds, and sends what may go then."""
    with spool_lock:
        try:
            change(*arguments)
        except OSError as error:
            say("error", message="the spool takes nothing: %s" % error, code="spool-failed")
        for line in spool.due():
            outbox.put(line)


def to_line(kind, fields):
    seconds = time.time()
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + ".%03dZ" % (seconds * 1000 % 1000)
    return json.dumps({"type": kind, "timestamp": stamp, **fields}, allow_nan=False, separators=(",", ":"))


def run(version, look=None, every_s=5.0, summarize=None, calls=None, monitor=None):
    """Runs until the collector has had enough. `look()` is called every `every_s` seconds, None turns that off; `summarize()`
    returns (data, activity): "worked", "idle" or "passive"; `calls` are the interfaces, {"action": {"execute": function}}."""
    global spool, events_are_evidence
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: inbox.put(SHUTDOWN))
    writer = threading.Thread(target=write_lines, daemon=True)
    writer.start()
    spool, events_are_evidence = open_spool(os.environ.get("MIMOLO_AGENT_DATA_DIR")), monitor is not None
    durable = {"stream": spool.stream} if spool else {}
    capabilities = ["summary", "heartbeat", "status", "error"] + (["invoke"] if calls else [])
    capabilities += ["durable_ack"] if spool else []
    say("handshake", protocol_version="0.4", agent_version=version, capabilities=capabilities, **durable)
    if calls or monitor:
        told = {"interfaces": list(calls)} if calls else {}
        say("metadata", data={**told, **({"monitor": monitor} if monitor else {})})
    say("status", health="ok")
    threading.Thread(target=read_commands, daemon=True).start()
    sampling, pending, blind, pace_s, next_look, next_beat = True, False, None, 5.0, time.monotonic(), time.monotonic()

    def sample(is_due=False):
        nonlocal pending, blind
        if look and sampling:
            pending, before = True, blind
            try:
                look()
                blind = None
            except Exception as error:  # what fails now may work next time
                blind = in_words(error, look, before)
                if is_due or blind != before:
                    say("error", message=blind, code="sample-failed")

    def report():
        nonlocal pending
        if spool and spool.is_full:
            return  # what it saw is told with the next summary
        try:
            data, activity = sendable(summarize()) if summarize else ({}, "passive")
        except Exception as error:
            return say("error", message=in_words(error, summarize), code="summary-failed")
        pending = False
        if blind and activity == "idle":
            activity = "passive"  # what could not be seen is not idle
        signal_ = {"mode": "passive", "keep_alive": None}
        if activity != "passive":
            signal_ = {"mode": "active", "keep_alive": activity == "worked"}
        if spool:
            spool.is_wanted = True
        say_evidence("summary", data={**data, "activity_signal": signal_})

    def obey(name, command, reply):
        """Carries out one command; false ends the plugin."""
        nonlocal sampling, pending, pace_s, next_beat
        params = command.get("params", command.get("args"))
        params = params if isinstance(params, dict) else {}
        if name == "ack":
            pace_s = positive(params.get("heartbeat_interval_s"), pace_s)
            next_beat = min(next_beat, time.monotonic() + pace_s)
        elif name == "committed" and spool:
            keep(spool.committed, params)
        elif name == "status":
            say("status", health="ok", details={"sampling": sampling})
        elif name == "invoke" and calls:
            pending = True
            say("result", **reply, **answer(calls, params))
        elif name == "sequence":
            steps = command.get("sequence", params.get("sequence"))
            return all(obey(step, {}, reply) for step in (steps if isinstance(steps, list) else []) if step != name)
        elif name in ("flush", "stop", "start", "shutdown"):
            if name != "start":
                sample()  # what was done until now still counts
            if name == "flush" or (name == "shutdown" and pending):
                report()
            sampling = name == "start" or (sampling and name == "flush")
            say("ack", ack_command=name, **reply)
        return name not in ("shutdown", "reject")

    running = True
    while running:
        due = min(next_look, next_beat) if look else next_beat
        command = received(max(0.0, due - time.monotonic()))
        if command:
            running = obey(command.get("cmd"), command, {"id": command["id"]} if "id" in command else {})
            continue
        if look and time.monotonic() >= next_look:
            next_look = time.monotonic() + every_s
            sample(is_due=True)
        if time.monotonic() >= next_beat:
            next_beat = time.monotonic() + pace_s
            if outbox.empty():  # else nobody reads; one more sign of life would only wait, too
                say("heartbeat", metrics={"queue": 0})
    outbox.put(None)
    writer.join(1.5)


def received(timeout):
    """The next command, None if there is none; what fails after it is told without a word of the wait."""
    try:
        return inbox.get(timeout=timeout)
    except queue.Empty:
        return None


def answer(calls, params):
    method = None
    try:
        method = calls.get(params.get("interface"), {}).get(params.get("method"))
        if method is None:
            raise CallError("not-offered", "%s.%s is not offered" % (params.get("interface"), params.get("method")))
        return {"ok": True, "data": json_only(method(params.get("params") or {}), "the result")}
    except CallError as error:
        return {"ok": False, "error": {"code": error.code, "message": str(error)}}
    except Exception as error:
        return {"ok": False, "error": {"code": "failed", "message": in_words(error, method)}}


def positive(value, otherwise):
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and 0 < value < 1e6 else otherwise


def read_commands():
    rest = b""
    while True:
        chunk = os.read(0, 65536)
        *lines, rest = (rest + (chunk or b"\n")).split(b"\n")
        for line in lines:
            while max(inbox.qsize(), outbox.qsize()) > MOST_UNANSWERED:
                time.sleep(0.02)  # nobody reads the answers: to obey further would only fill the memory
            try:
                command = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(command, dict):
                inbox.put(command)
        if not chunk:
            return inbox.put(SHUTDOWN)
        if len(rest) > LONGEST_COMMAND:
            rest = b"x"  # no command is that long


def write_lines():
    for line in iter(outbox.get, None):
        left = line.encode() + b"\n"
        try:
            while left:
                left = left[os.write(protocol, left) :]
        except OSError:
            return inbox.put(SHUTDOWN)  # there is nobody left to tell

#!/usr/bin/env python3
"""A folder watcher for MiMoLo. It knows nothing but the protocol page: JSON lines in, JSON lines out.

Settings (MIMOLO_CONFIG): watch_dirs, default the working directory; extensions such as ["py"], default all.
Manners: one heartbeat per interval, no process besides, and what it saw is written down before it is sent (spool.py).
One thread reads, because Windows cannot wait for a pipe and a clock together; one writes, so that a collector that
does not read holds up nothing but lines.
"""

import json
import os
import queue
import signal
import sys
import threading
import time

sys.dont_write_bytecode = True  # nothing is written outside MIMOLO_AGENT_DATA_DIR
from spool import Spool  # noqa: E402
from watcher import MOST_FILES, Watcher  # noqa: E402

PROTOCOL = os.dup(1)
os.dup2(2, 1)
sys.stdout = sys.stderr  # a print() is no message: it is shown at once, beside them
TICK_S = 5.0
TICK_SLICE_S = 0.001  # CPU for looking at folders, per tick ...
FLUSH_SLICE_S = 0.005  # ... and once more when a summary is asked for
LONGEST_COMMAND = 4_194_304
MOST_UNANSWERED = 32
LAST_WORDS_S = 1.5  # for a collector that does not read, and kills 2 s after SIGTERM: evidence stays in the spool
SHUTDOWN = {"cmd": "shutdown"}


class Agent:
    def __init__(self):
        config = json.loads(os.environ.get("MIMOLO_CONFIG") or "{}")
        roots = [os.path.abspath(root) for root in config.get("watch_dirs", ["."])]
        self.watcher = Watcher(roots, config.get("extensions", []))
        self.spool = open_spool()
        self.inbox = queue.SimpleQueue()
        self.outbox = queue.SimpleQueue()
        self.heartbeat_s = 5.0
        self.tick_s = TICK_S
        self.budget_percent = 0.1
        self.started = self.window_start = time.monotonic()
        self.is_sampling = self.is_running = True
        self.said = set()
        self.samples = 0
        self.cpu = (time.monotonic(), time.process_time())

    def run(self):
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.inbox.put(SHUTDOWN))
        writer = threading.Thread(target=write_lines, args=(self.outbox, self.inbox), daemon=True)
        writer.start()
        features = ["summary", "heartbeat", "status", "error", "log", "throttle"]
        durable = {"stream": self.spool.stream} if self.spool else {}
        features += ["durable_ack"] if self.spool else []
        self.say("handshake", protocol_version="0.4", agent_version="1.1.0", capabilities=features, **durable)
        threading.Thread(target=read_commands, args=(self.inbox, self.outbox), daemon=True).start()
        self.say_status()
        next_tick = next_beat = time.monotonic()
        while self.is_running:
            wait_s = max(0.0, min(next_tick, next_beat) - time.monotonic())
            try:
                self.obey(self.inbox.get(timeout=wait_s))
            except queue.Empty:
                pass
            next_beat = min(next_beat, time.monotonic() + self.heartbeat_s)
            if self.is_running and time.monotonic() >= next_tick:
                next_tick = time.monotonic() + self.tick_s
                self.look(TICK_SLICE_S)
            if self.is_running and time.monotonic() >= next_beat:
                next_beat = time.monotonic() + self.heartbeat_s
                self.beat()
        self.outbox.put(None)
        writer.join(LAST_WORDS_S)

    # What it is told

    def obey(self, command):
        cmd, params = command.get("cmd"), command.get("params", command.get("args"))
        params = params if isinstance(params, dict) else {}
        reply = {"id": command["id"]} if "id" in command else {}
        if cmd == "ack":
            self.heartbeat_s = positive(params.get("heartbeat_interval_s"), self.heartbeat_s)
            self.budget_percent = positive(params.get("cpu_budget_percent"), self.budget_percent)
        elif cmd == "reject":
            self.is_running = False
        elif cmd == "committed" and self.spool:
            self.spool.committed(params)
            self.send_due()
        elif cmd == "sequence":
            steps = command.get("sequence", params.get("sequence"))
            for step in steps if isinstance(steps, list) else ():
                if self.is_running and step != "sequence":
                    self.obey({"cmd": step, **reply})
        elif cmd == "status":
            self.say_status()
        elif cmd == "throttle":
            self.tick_s = TICK_S * max(1.0, positive(params.get("factor"), 1.0))
            tuned = {"factor": self.tick_s / TICK_S, "poll_interval_s": self.tick_s, "reason": "throttled"}
            self.say_status(tuned=tuned)
        elif cmd == "stop":
            self.look(FLUSH_SLICE_S, afresh=True)  # what was done until now still counts
            self.is_sampling = False
            self.say("ack", ack_command=cmd, **reply)
        elif cmd == "start":
            self.is_sampling = True
            self.say("ack", ack_command=cmd, **reply)
        elif cmd == "flush":
            self.summarize()
            self.say("ack", ack_command=cmd, **reply)
        elif cmd == "shutdown":
            self.look(FLUSH_SLICE_S, afresh=True)
            if self.watcher.first_seen is not None:
                self.summarize()
            self.say("ack", ack_command=cmd, **reply)
            self.is_running = False

    # What it sees

    def look(self, slice_s, afresh=False):
        if not self.is_sampling:
            return
        self.samples += 1
        self.watcher.look(slice_s, afresh)
        if self.watcher.is_full:
            self.say_once("log", level="warning", message="more than %d files: the rest is not watched" % MOST_FILES)

    def summarize(self):
        if self.spool and not self.spool.has_room:
            return  # the window goes on
        self.look(FLUSH_SLICE_S, afresh=True)
        watcher, end = self.watcher, time.monotonic()
        worked = watcher.first_seen is not None
        since = watcher.first_seen if worked else self.window_start
        total = sum(watcher.counts.values())
        reason = "%d files changed" % total if worked else "no file changed"
        data = {
            "counts": {**watcher.counts, "total": total},
            "folders": sorted(watcher.touched)[:20],
            "activity_signal": {"mode": "active", "keep_alive": worked, "reason": reason},
        }
        summary = to_line("summary", data=data, metrics={"samples": self.samples, "interval_s": round(end - since, 3)})
        watcher.begin_window()
        self.window_start, self.samples = end, 0
        if self.spool is None:
            self.outbox.put(summary)
            return
        self.spool.add(summary)
        self.spool.wanted()
        self.send_due()

    def send_due(self):
        for line in self.spool.due():
            self.outbox.put(line)
        if self.spool.fault:
            self.say_once("error", code="spool-failed", message="the spool takes nothing: %s" % self.spool.fault)

    # What it says

    def say(self, kind, **fields):
        self.outbox.put(to_line(kind, **fields))

    def say_once(self, kind, **fields):
        if fields["message"] not in self.said:
            self.said.add(fields["message"])
            self.say(kind, **fields)

    def say_status(self, **more):
        details = {"sampling": self.is_sampling, "files": self.watcher.files, "rounds": self.watcher.rounds}
        health = "degraded" if self.spool and self.spool.fault else "ok"
        self.say("status", health=health, uptime_s=round(time.monotonic() - self.started), details=details, **more)

    def beat(self):
        if not self.outbox.empty():
            return  # nobody reads; one more sign of life would only wait, too
        (then, used_then), (at, used) = self.cpu, (time.monotonic(), time.process_time())
        self.cpu = (at, used)
        percent = 100 * (used - used_then) / max(at - then, 0.001)
        pending = sum(self.watcher.counts.values())
        budget = {"cpu_budget_percent": self.budget_percent}
        self.say("heartbeat", metrics={"cpu_percent_recent": round(percent, 4), **budget, "pending": pending, "queue": 0})


def to_line(kind, **fields):
    seconds = time.time()
    timestamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + ".%03dZ" % (seconds * 1000 % 1000)
    return json.dumps({"type": kind, "timestamp": timestamp, **fields}, separators=(",", ":"))


def positive(value, otherwise):
    """The number that was sent, if it is one of use."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and 0 < value < 1e6 else otherwise


def open_spool():
    """None where there is no folder to write in, as at a terminal: then a line is gone once it is written."""
    folder = os.environ.get("MIMOLO_AGENT_DATA_DIR")
    try:
        return Spool(os.path.join(folder, "spool")) if folder else None
    except OSError as error:
        print("no spool: %s" % error, file=sys.stderr)
        return None


def read_commands(inbox, outbox):
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
            rest = b"x"  # no command is that long, and what is left of it is none either


def write_lines(outbox, inbox):
    for line in iter(outbox.get, None):
        left = line.encode() + b"\n"
        try:
            while left:
                left = left[os.write(PROTOCOL, left) :]
        except OSError:
            return inbox.put(SHUTDOWN)  # the collector has gone; there is nobody left to tell


if __name__ == "__main__":
    Agent().run()

#!/usr/bin/env python3
"""A folder watcher for MiMoLo. It knows nothing but the protocol page: JSON lines in, JSON lines out.

Settings (MIMOLO_CONFIG): watch_dirs, default the working directory; extensions such as ["py"], default all.
Manners: one heartbeat per 5 s, no thread or process besides, and never more than a slice of the tree at a time,
so that a large folder takes longer to see, not more of the machine.
"""

import json
import os
import queue
import signal
import sys
import threading
import time

HEARTBEAT_S = 5.0
TICK_S = 5.0
TICK_SLICE_S = 0.001  # CPU for looking at folders, per tick ...
FLUSH_SLICE_S = 0.005  # ... and once more when a summary is asked for
MOST_FILES = 20_000
BUDGET_PERCENT = 0.05
IGNORED = {"node_modules", "__pycache__", "dist", "target"}


def now():
    seconds = time.time()
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + ".%03dZ" % (seconds * 1000 % 1000)


class Watcher:
    """Compares folders with what they held before, one folder at a time, round and round."""

    def __init__(self, roots, extensions):
        self.roots = roots
        self.extensions = tuple("." + extension.lstrip(".") for extension in extensions)
        # The folder above the agents' own is the collector's: what it writes there is not the user's work.
        self.private = os.path.dirname(os.path.realpath(os.environ.get("MIMOLO_DATA_DIR", os.devnull)))
        self.folders = {}
        self.files = 0
        self.is_full = False
        self.rounds = 0
        self.is_underway = False
        self.walk = self.walk_rounds()
        self.begin_window()

    def begin_window(self):
        self.counts = {"created": 0, "modified": 0, "deleted": 0}
        self.touched = set()
        self.first_seen = None

    def look(self, slice_s, afresh=False):
        """Goes on walking until a round is done or the slice of CPU time is used up. Afresh: a round that begins now,
        since the one under way has passed folders by that changed after."""
        last, end = self.rounds + (2 if afresh and self.is_underway else 1), time.thread_time() + slice_s
        while self.rounds < last and time.thread_time() < end:
            next(self.walk)

    def walk_rounds(self):
        while True:
            seen, waiting, self.is_underway = set(), list(self.roots), True
            while waiting:
                folder = waiting.pop()
                seen.add(folder)
                waiting.extend(self.look_into(folder))
                yield
            for gone in set(self.folders) - seen:
                self.note(gone, "deleted", len(self.folders.pop(gone)))
            self.rounds, self.is_underway = self.rounds + 1, False
            yield

    def look_into(self, folder):
        """One folder: notes what changed in it, gives its subfolders."""
        before, after, below = self.folders.get(folder), {}, []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name in IGNORED:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        if os.path.realpath(entry.path) != self.private:
                            below.append(entry.path)
                    elif not self.extensions or entry.name.endswith(self.extensions):
                        state = entry.stat(follow_symlinks=False)
                        after[entry.name] = (state.st_mtime_ns, state.st_size)
        except OSError:
            return []
        if self.files + len(after) - len(before or ()) > MOST_FILES:
            self.is_full = True
            return []
        self.files += len(after) - len(before or ())
        self.folders[folder] = after
        if before is None:
            # In the first round everything is new to us, but not to the user.
            self.note(folder, "created", len(after) if self.rounds > 0 else 0)
            return below
        self.note(folder, "created", len(after.keys() - before.keys()))
        self.note(folder, "deleted", len(before.keys() - after.keys()))
        self.note(folder, "modified", sum(before.get(name, state) != state for name, state in after.items()))
        return below

    def note(self, folder, change, count):
        if count == 0:
            return
        self.counts[change] += count
        self.touched.add(folder)
        if self.first_seen is None:
            self.first_seen = time.monotonic()


class Agent:
    def __init__(self):
        config = json.loads(os.environ.get("MIMOLO_CONFIG") or "{}")
        roots = [os.path.abspath(root) for root in config.get("watch_dirs", ["."])]
        self.watcher = Watcher(roots, config.get("extensions", []))
        self.inbox = queue.SimpleQueue()
        self.heartbeat_s = HEARTBEAT_S
        self.started = self.window_start = time.monotonic()
        self.is_sampling = True
        self.is_running = True
        self.said_full = False
        self.samples = 0
        self.cpu = (time.monotonic(), time.process_time())

    def say(self, kind, **fields):
        line = json.dumps({"type": kind, "timestamp": now(), **fields}, separators=(",", ":"))
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def run(self):
        signal.signal(signal.SIGTERM, lambda *_: self.inbox.put({"cmd": "shutdown"}))
        signal.signal(signal.SIGINT, lambda *_: self.inbox.put({"cmd": "shutdown"}))
        self.say(
            "handshake",
            protocol_version="0.4",
            agent_version="1.0.0",
            capabilities=["summary", "heartbeat", "status", "error", "log"],
        )
        threading.Thread(target=read_commands, args=(self.inbox,), daemon=True).start()
        self.say_status()
        next_tick = next_beat = time.monotonic()
        while self.is_running:
            wait_s = max(0.0, min(next_tick, next_beat) - time.monotonic())
            try:
                self.obey(self.inbox.get(timeout=wait_s))
            except queue.Empty:
                pass
            if self.is_running and time.monotonic() >= next_tick:
                next_tick = time.monotonic() + TICK_S
                self.look(TICK_SLICE_S)
            if self.is_running and time.monotonic() >= next_beat:
                next_beat = time.monotonic() + self.heartbeat_s
                self.beat()

    def look(self, slice_s, afresh=False):
        if not self.is_sampling:
            return
        self.samples += 1
        self.watcher.look(slice_s, afresh)
        if self.watcher.is_full and not self.said_full:
            self.said_full = True
            self.say("log", level="warning", message="more than %d files: the rest is not watched" % MOST_FILES)

    def obey(self, command):
        name, reply = command.get("cmd"), {}
        if isinstance(command.get("id"), str):
            reply["id"] = command["id"]
        terms = {**command, **(command.get("args") or {}), **(command.get("params") or {})}
        if name == "ack":
            self.heartbeat_s = float(terms.get("heartbeat_interval_s", HEARTBEAT_S))
        elif name == "reject":
            sys.exit("rejected: %s" % terms.get("reason"))
        elif name == "sequence":
            for step in terms.get("sequence", []):
                if self.is_running:
                    self.obey({"cmd": step, **reply})
        elif name == "status":
            self.say_status()
        elif name in ("flush", "stop", "start", "shutdown"):
            if name == "flush" or (name == "shutdown" and any(self.watcher.counts.values())):
                self.summarize()
            elif name == "stop":
                self.look(FLUSH_SLICE_S, afresh=True)
                self.is_sampling = False
            elif name == "start":
                self.is_sampling = True
            self.say("ack", ack_command=name, **reply)
            self.is_running = name != "shutdown"

    def summarize(self):
        self.look(FLUSH_SLICE_S, afresh=True)
        watcher, end = self.watcher, time.monotonic()
        worked = watcher.first_seen is not None
        since = watcher.first_seen if worked else self.window_start
        total = sum(watcher.counts.values())
        self.say(
            "summary",
            data={
                "counts": {**watcher.counts, "total": total},
                "folders": sorted(watcher.touched)[:20],
                "activity_signal": {
                    "mode": "active",
                    "keep_alive": worked,
                    "reason": "%d files changed" % total if worked else "no file changed",
                },
            },
            metrics={"samples": self.samples, "interval_s": round(end - since, 3)},
        )
        watcher.begin_window()
        self.window_start, self.samples = end, 0

    def say_status(self):
        details = {"sampling": self.is_sampling, "files": self.watcher.files, "rounds": self.watcher.rounds}
        self.say("status", health="ok", uptime_s=round(time.monotonic() - self.started), details=details)

    def beat(self):
        (then, used_then), (at, used) = self.cpu, (time.monotonic(), time.process_time())
        percent = 100 * (used - used_then) / max(at - then, 0.001)
        self.cpu = (at, used)
        self.say(
            "heartbeat",
            metrics={
                "cpu_percent_recent": round(percent, 4),
                "cpu_budget_percent": BUDGET_PERCENT,
                "pending": sum(self.watcher.counts.values()),
                "queue": 0,
            },
        )


def read_commands(inbox):
    """Waits in its own thread, because Windows cannot wait for a pipe and a clock together."""
    rest = b""
    while True:
        chunk = os.read(0, 65536)
        if not chunk:
            inbox.put({"cmd": "shutdown"})
            return
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            try:
                command = json.loads(line)
            except ValueError:
                continue
            if isinstance(command, dict):
                inbox.put(command)


if __name__ == "__main__":
    try:
        Agent().run()
    except BrokenPipeError:
        # The collector has gone; there is nobody left to tell. Python would try once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

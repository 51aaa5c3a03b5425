#!/usr/bin/env python3
"""{{does}}. `poll` is yours; jlp.py speaks the protocol."""

import os
import sys

sys.dont_write_bytecode = True
import jlp  # noqa: E402

FOLDER = jlp.config.get("folder") or jlp.own_folder()
EVERY_S = 5


class Arrivals:
    """Says each time that files came."""

    def __init__(self, folder, event=jlp.event):
        self.folder = folder
        self.event = event
        self.known = None
        self.events = 0

    def poll(self):
        names = {entry.name for entry in os.scandir(self.folder) if entry.is_file() and not entry.name.startswith(".")}
        came = sorted(names - self.known) if self.known is not None else []
        self.known = names
        if came:
            self.events += 1
            self.event("arrived", {"files": came})

    def summarize(self):
        data, self.events = {"events": self.events}, 0
        return data, "passive"


if __name__ == "__main__":
    arrivals = Arrivals(FOLDER)
    monitor = {"label": "{{identifier}}", "data_header": "files", "resets_cooldown": True, "poll_interval_s": EVERY_S}
    jlp.run("{{version}}", look=arrivals.poll, every_s=EVERY_S, summarize=arrivals.summarize, monitor=monitor)

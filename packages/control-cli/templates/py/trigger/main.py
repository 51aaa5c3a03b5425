#!/usr/bin/env python3
"""{{does}}. `look` is yours; jlp.py speaks the protocol."""

import os
import sys

sys.dont_write_bytecode = True
import jlp  # noqa: E402

FOLDER = jlp.config.get("folder") or jlp.own_folder()


class Arrivals:
    """Fires `arrived` for each file that comes, while it is started."""

    def __init__(self, folder, fire=jlp.event):
        self.folder = folder
        self.fire = fire
        self.known = None

    def start(self, _params=None):
        self.known = self.names() if self.known is None else self.known

    def stop(self, _params=None):
        self.known = None

    def look(self):
        if self.known is None:
            return
        names = self.names()
        came, self.known = sorted(names - self.known), names
        for name in came:
            self.fire("arrived", {"name": name})

    def names(self):
        return {entry.name for entry in os.scandir(self.folder) if entry.is_file() and not entry.name.startswith(".")}


if __name__ == "__main__":
    arrivals = Arrivals(FOLDER)
    trigger = {"start": arrivals.start, "stop": arrivals.stop}
    jlp.run("{{version}}", look=arrivals.look, every_s=1, calls={"trigger": trigger})

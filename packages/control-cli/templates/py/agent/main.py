#!/usr/bin/env python3
"""{{does}}. `look` and `summarize` are yours; jlp.py speaks the protocol."""

import os
import sys

sys.dont_write_bytecode = True
import jlp  # noqa: E402

FOLDER = jlp.config.get("folder") or jlp.own_folder()


class Arrivals:
    """What came into a folder since it was last asked."""

    def __init__(self, folder):
        self.folder = folder
        self.known = None
        self.came = 0

    def look(self):
        names = {entry.name for entry in os.scandir(self.folder) if entry.is_file() and not entry.name.startswith(".")}
        self.came += 0 if self.known is None else len(names - self.known)
        self.known = names

    def summarize(self):
        data = {"came": self.came, "files": len(self.known or ())}
        self.came = 0
        return data, "worked" if data["came"] else "idle"


if __name__ == "__main__":
    arrivals = Arrivals(FOLDER)
    jlp.run("{{version}}", look=arrivals.look, every_s=5, summarize=arrivals.summarize)

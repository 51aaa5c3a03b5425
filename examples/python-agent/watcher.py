"""What the agent sees: which files of some folders were created, modified or deleted. Never more than a slice of the
tree at a time, so that a large folder takes longer to see, not more of the machine."""

import os
import time

MOST_FILES = 20_000
IGNORED = {"node_modules", "__pycache__", "dist", "target"}


class Watcher:
    """Compares folders with what they held before, one folder at a time, round and round."""

    def __init__(self, roots, extensions):
        """`extensions` such as ["py"]; none means all files."""
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

#!/usr/bin/env python3
"""How many files wait in a folder, and how old the oldest is, as JSON."""

import json
import os
import sys
import time

with os.scandir(sys.argv[1]) as entries:
    times = [entry.stat().st_mtime for entry in entries if entry.is_file()]
print(json.dumps({"waiting": len(times), "oldest_s": round(time.time() - min(times)) if times else None}))

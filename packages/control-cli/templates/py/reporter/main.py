#!/usr/bin/env python3
"""{{does}}. `collect` and `report` are yours; jlp.py speaks the protocol."""

import os
import sys

sys.dont_write_bytecode = True
import jlp  # noqa: E402

FOLDER = jlp.config.get("folder") or jlp.own_folder()
METRICS = [
    {"id": "files", "unit": "files", "description": "Files in the folder"},
    {"id": "bytes", "unit": "bytes", "description": "What they hold"},
]


def metrics(_params):
    return METRICS


def collect(params, folder=FOLDER):
    """{"metrics": ids, "time_range": {"from", "to"}} -> figures by id."""
    known = [metric["id"] for metric in METRICS]
    ids = params.get("metrics", known)
    if not isinstance(ids, list) or any(each not in known for each in ids):
        raise jlp.CallError("unknown-metric", "there is %s" % ", ".join(known))
    entries = [entry for entry in os.scandir(folder) if entry.is_file() and not entry.name.startswith(".")]
    sizes = [entry.stat().st_size for entry in entries]
    counted = {"files": len(sizes), "bytes": sum(sizes)}
    return {each: counted[each] for each in ids}


def report(params, folder=FOLDER):
    """{"metrics": ids or figures, "format": "text" or "json"} -> the report."""
    given = params.get("metrics")
    figures = given if isinstance(given, dict) else collect(params, folder)
    if params.get("format", "text") == "json":
        return figures
    return ", ".join("%s %s" % (value, each) for each, value in figures.items())


if __name__ == "__main__":
    jlp.run("{{version}}", calls={"analytics": {"metrics": metrics, "collect": collect, "report": report}})

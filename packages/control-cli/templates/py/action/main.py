#!/usr/bin/env python3
"""{{does}}. `execute` is yours; jlp.py speaks the protocol."""

import os
import sys

sys.dont_write_bytecode = True
import jlp  # noqa: E402

NOTES = os.path.join(jlp.own_folder(), "notes.txt")


def execute(params, notes=NOTES):
    text = params.get("text")
    if not isinstance(text, str) or text == "" or "\n" in text:
        raise jlp.CallError("invalid-params", "text is missing, or no line")
    with open(notes, "a", encoding="utf-8") as file:
        file.write(text + "\n")
    with open(notes, encoding="utf-8") as file:
        return {"lines": len(file.readlines())}


if __name__ == "__main__":
    jlp.run("{{version}}", calls={"action": {"execute": execute}})

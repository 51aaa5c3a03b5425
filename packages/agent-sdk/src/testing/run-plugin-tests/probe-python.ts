import { NOTES_FD } from "./probe.ts";

/** The same for what Python runs: `python3 THIS PROGRAM`. Python itself tells of what is done, whoever does it. */
export const PYTHON_PROBE = String.raw`
import json, os, runpy, sys

tell = os.write
def note(kind, what):
    try:
        tell(${NOTES_FD}, (json.dumps({"kind": kind, "what": os.fsdecode(what)}) + "\n").encode())
    except (OSError, TypeError, ValueError):
        pass

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {"os.mkdir": 0, "os.remove": 0, "os.rmdir": 0, "os.truncate": 0, "os.chmod": 0, "os.rename": 1, "os.link": 1, "os.symlink": 1}

def look(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple):
        note("network", "%s:%s" % args[1][:2])
    elif event in ("socket.sendto", "socket.bind") and isinstance(args[1], tuple):
        note("network", event)
    elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        note("subprocess", args[0])
    elif event == "open" and isinstance(args[0], (str, bytes)) and args[2] & WRITES:
        note("write", os.path.abspath(os.fsdecode(args[0])))
    elif event in CHANGES and isinstance(args[CHANGES[event]], (str, bytes)):
        note("write", os.path.abspath(os.fsdecode(args[CHANGES[event]])))

sys.dont_write_bytecode = True
sys.addaudithook(look)
sys.argv = sys.argv[1:]
sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
runpy.run_path(sys.argv[0], run_name="__main__")
`;

"""Before: a watcher for ActivityWatch. Needs aw-server."""

import json
import os
import socket
import time
import urllib.request

from last_input import seconds_since_last_input

SERVER = os.environ.get("AW_SERVER", "http://localhost:5600")
TERMINALS = os.environ.get("TERMINALS", "/dev/pts/[0-9]*")
POLL_S = float(os.environ.get("POLL_S", "5"))
TIMEOUT_S = float(os.environ.get("TIMEOUT_S", "180"))
BUCKET = "/api/0/buckets/aw-watcher-terminal_" + socket.gethostname()


def post(path, body):
    data, headers = json.dumps(body).encode(), {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(SERVER + path, data, headers)).close()


def beat(is_afk):
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    event = {"timestamp": now, "duration": 0, "data": {"status": "afk" if is_afk else "not-afk"}}
    post(f"{BUCKET}/heartbeat?pulsetime={TIMEOUT_S + POLL_S}", event)


post(BUCKET, {"client": "aw-watcher-terminal", "type": "afkstatus", "hostname": socket.gethostname()})
while os.getppid() != 1:
    beat(seconds_since_last_input(TERMINALS) >= TIMEOUT_S)
    time.sleep(POLL_S)

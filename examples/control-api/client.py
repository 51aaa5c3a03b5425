#!/usr/bin/env python3
"""A client of the control API over its socket, with nothing but the standard library. It asks over HTTP, listens over a
WebSocket, and goes on where it was when the collector comes back. `client.py DATA_DIR` tells what is kept."""

import base64
import http.client
import json
import os
import socket
import struct
import sys
import time

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Refused(Exception):
    """What the collector said no to; `problem["code"]` is for programs, `problem["hint"]` says what to do."""

    def __init__(self, problem):
        super().__init__(problem["code"] + ": " + problem["detail"])
        self.problem = problem


def door(data_dir):
    """A connection to the collector. Whoever may open the socket is its owner, so there is no token."""
    with open(os.path.join(data_dir, "control", "address.json"), encoding="utf-8") as file:
        path = json.load(file)["socket"]
    stream = socket.socket(socket.AF_UNIX)
    stream.settimeout(60)  # The collector says something at least every 20 s.
    stream.connect(path)
    return stream


def ask(data_dir, method, path, body=None):
    """One answer of the API; `path` begins after /api/v1. Raises Refused."""
    connection = http.client.HTTPConnection("localhost")
    connection.sock = door(data_dir)
    try:
        sent = {"body": json.dumps(body), "headers": {"Content-Type": "application/json"}} if body is not None else {}
        connection.request(method, "/api/v1" + path, **sent)
        response = connection.getresponse()
        answer = json.load(response)
    finally:
        connection.close()
    if response.status >= 400:
        raise Refused(answer)
    return answer


def pages(data_dir, path):
    """Every item of a list, page by page."""
    page = ask(data_dir, "GET", path)
    yield from page["items"]
    while page["next_cursor"] is not None:
        page = ask(data_dir, "GET", path + ("&" if "?" in path else "?") + "cursor=" + page["next_cursor"])
        yield from page["items"]


class WebSocket:
    """As much of RFC 6455 as a client needs: text both ways, pings answered, the reason of an end."""

    def __init__(self, stream, path):
        self.stream, self.reader = stream, stream.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        head = ["GET " + path + " HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade"]
        head += ["Sec-WebSocket-Key: " + key, "Sec-WebSocket-Version: 13", "", ""]
        stream.sendall("\r\n".join(head).encode())
        status = self.reader.readline().decode()
        http.client.parse_headers(self.reader)
        if " 101 " not in status:
            raise Refused(json.loads(self.reader.read()))

    def send(self, text, opcode=TEXT):
        payload = text if isinstance(text, bytes) else text.encode()
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
        size = bytes([128 | len(payload)]) if len(payload) < 126 else bytes([254]) + struct.pack(">H", len(payload))
        self.stream.sendall(bytes([128 | opcode]) + size + mask + masked)

    def __iter__(self):
        """Texts until the collector ends it."""
        text = b""
        while True:
            first, size = self._read(2)
            if size == 126:
                (size,) = struct.unpack(">H", self._read(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", self._read(8))
            payload, opcode = self._read(size), first & 15
            if opcode == PING:
                self.send(payload, PONG)
            elif opcode == CLOSE:
                return
            elif opcode != PONG:
                text += payload
                if first & 128:
                    yield text.decode()
                    text = b""

    def _read(self, size):
        payload = self.reader.read(size)
        if len(payload) < size:
            raise ConnectionError("the collector is gone")
        return payload


def follow(data_dir, subscribe, seen=None):
    """Events as they come, for ever: after a break it resumes where it was, so that no record is missed and none told twice."""
    told = seen or 0
    while True:
        is_caught_up = seen is None
        try:
            with door(data_dir) as stream:
                events = WebSocket(stream, "/api/v1/events")
                events.send(json.dumps({"subscribe": subscribe, **({} if seen is None else {"resume": seen})}))
                for text in events:
                    event = json.loads(text)
                    if event["type"] == "error":
                        raise Refused(event)
                    if event["type"] == "subscribed" and seen is None:
                        seen = event["through"]
                    # Records come before the segments: should that break off in between, it is to begin where it began.
                    if event["type"] == "resumed":
                        seen, is_caught_up = event["through"], True
                    if is_caught_up:
                        seen = max(seen, event.get("seq", 0))
                    if event["type"] == "evidence:committed":
                        if event["seq"] <= told:
                            continue
                        told = event["seq"]
                    if event["type"] not in ("subscribed", "resumed", "shed"):
                        yield event
        except (OSError, ValueError):
            pass  # Nobody is there yet, or no more: that passes. A refusal does not.
        time.sleep(0.5)


if __name__ == "__main__":
    (home,) = sys.argv[1:]
    status = ask(home, "GET", "/status")
    labels = ", ".join(agent["label"] for agent in status["agents"])
    print("MiMoLo " + status["collector"]["version"] + " watches with " + labels, flush=True)
    newest = 0
    for record in pages(home, "/evidence?limit=10"):
        newest = record["seq"]
    print("the newest record is", newest, flush=True)
    for event in follow(home, ["evidence:committed", "segment:*"], newest):
        if event["type"] == "evidence:committed":
            print(event["seq"], event["record"]["kind"], flush=True)
        elif event["type"] == "segment:opened":
            print("work began at", event["start"], flush=True)
        elif event["type"] == "segment:closed":
            print(event["duration_s"], "s of work from", event["start"], flush=True)

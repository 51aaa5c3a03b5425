"""Durable evidence for any MiMoLo agent in Python: take this file, it needs nothing but the standard library.

    spool = Spool(os.path.join(os.environ["MIMOLO_AGENT_DATA_DIR"], "spool"))
    say("handshake", capabilities=["summary", "durable_ack"], stream=spool.stream, ...)
    spool.add(json.dumps({"type": "summary", ...}))     # numbers it and writes it down, before anybody hears of it
    spool.wanted()                                      # at a flush: what waits may go, even before the collector's first word
    spool.committed(command["params"])                  # what the collector has for good leaves the disk
    for line in spool.due(): write(line + "\\n")         # after each of these three: what may be sent now

The folder holds one file per record, `<stream>.<number>.json`, under its last name only once it is whole. An empty one
is settled: the newest of these stays, as the memory of the next number. A record survives `kill -9` of either side;
nothing is synced, so a power cut may take what was not committed. One process at a time works in the folder.
"""

import os
import re
import secrets
import time

MOST_RECORDS_SENT = 1024
MOST_BYTES_SENT = 262_144
MOST_BYTES_KEPT = 67_108_864


class Spool:
    def __init__(self, folder):
        """Opens what an earlier run left in `folder`, or begins a stream. Raises OSError if it cannot be read."""
        self.folder = folder
        self.waiting = {}  # number -> bytes, in order: on disk, not sent by this run
        self.sent = {}  # number -> bytes: on their way, not settled
        self.unwritten = {}  # number -> text that the disk did not take
        self.last = 0
        self.memory = None  # name of the empty file
        self.is_answered = self.is_wanted = False
        self.fault = None  # the OSError while the disk takes nothing, else None
        self.stream = self.announced = self.open()
        self.first_new = self.last + 1
        if self.last == 0:
            self.empty(0)  # the stream is made with the spool, not with its first record

    @property
    def has_room(self):
        """Whether another record may be added. While not, count on: nothing is lost, the next summary covers more."""
        if self.fault is not None and len(self.unwritten) >= MOST_RECORDS_SENT:
            return False
        return sum(self.waiting.values()) + sum(self.sent.values()) < MOST_BYTES_KEPT

    def add(self, text):
        """Gives a JSON object (without `seq`, on one line) the next number. It is on disk when this returns, unless
        the disk failed: then `fault` says why, and it waits in memory."""
        self.last += 1
        self.waiting[self.last] = len(text.encode()) + 64  # with the number that it gets when it is sent
        self.unwritten[self.last] = text
        self.write_down()

    def wanted(self):
        """The collector asks for evidence, so it goes out though there was no `committed` yet."""
        self.is_wanted = True

    def committed(self, params):
        """The collector's word: all up to `through`, and the refused ones, are settled. Anything else is ignored."""
        through, refused = params.get("through"), params.get("refused")
        if params.get("stream") != self.stream or not isinstance(through, int):
            return
        if not self.is_answered and through > (self.last if self.sent else self.first_new - 1):
            self.begin_again()
        else:
            self.settle({number for number in (*self.waiting, *self.sent) if number <= through})
            if isinstance(refused, list):
                self.settle({each["seq"] for each in refused if isinstance(each, dict) and type(each.get("seq")) is int})
        self.is_answered = True

    def due(self):
        """Takes the lines that may be sent now, in order. At most 1,024 records or 256 KiB are under way; a larger
        record goes alone."""
        lines = []
        under_way = sum(self.sent.values())
        while self.waiting and (self.is_answered or self.is_wanted):
            number, size = next(iter(self.waiting.items()))
            if self.sent and (len(self.sent) >= MOST_RECORDS_SENT or under_way + size > MOST_BYTES_SENT):
                break
            try:
                text = self.read(number)
            except FileNotFoundError:
                text = ""  # somebody took it away; the collector notes the gap
            except OSError as error:
                self.fault = error
                break
            del self.waiting[number]
            if not text.startswith("{"):
                continue
            self.sent[number], under_way = size, under_way + size
            own = "" if self.stream == self.announced else ',"stream":"%s"' % self.stream
            lines.append('%s,"seq":%d%s}' % (text.rstrip()[:-1], number, own))
        return lines

    # The folder

    def open(self):
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        found = []
        for name in os.listdir(self.folder):
            match = re.fullmatch(r"([0-9a-z]+)\.([0-9]{1,15})\.json", name)
            if match:
                found.append((match[1], int(match[2]), name))
            elif name.endswith(".tmp"):
                self.remove(name)  # half written when its process was killed, and never sent
        if not found:
            return new_stream()
        newest = max(found)[0]
        for stream, number, name in sorted(found):
            size = os.path.getsize(os.path.join(self.folder, name))
            if stream != newest:
                self.remove(name)
                continue
            self.last = number
            if size > 0:
                self.waiting[number] = size + 64
            else:
                self.memory = name
        return newest

    def write_down(self):
        try:
            for number, text in list(self.unwritten.items()):
                half = self.path(number) + ".tmp"
                with open(half, "w", encoding="utf-8") as file:
                    file.write(text)
                os.replace(half, self.path(number))
                del self.unwritten[number]
                self.forget()
            self.fault = None
        except OSError as error:
            self.fault = error

    def settle(self, numbers):
        for number in numbers & (self.waiting.keys() | self.sent.keys()):
            self.waiting.pop(number, None)
            self.sent.pop(number, None)
            self.unwritten.pop(number, None)
            if number == self.last:
                self.empty(number)
            else:
                self.remove(os.path.basename(self.path(number)))

    def begin_again(self):
        """The collector has more of this stream than this folder ever gave: an old copy was put back. What this run
        added goes into a new stream, the rest has been received long ago."""
        texts = [text for number in (*self.sent, *self.waiting) if number >= self.first_new and (text := self.read(number))]
        old = self.stream
        self.stream, self.last = new_stream(), 0
        self.waiting, self.sent, self.unwritten = {}, {}, {}
        self.empty(0)
        for text in texts:
            self.add(text)
        for name in os.listdir(self.folder):
            if name.startswith(old + "."):
                self.remove(name)

    def path(self, number):
        return os.path.join(self.folder, "%s.%d.json" % (self.stream, number))

    def read(self, number):
        if number in self.unwritten:
            return self.unwritten[number]
        with open(self.path(number), encoding="utf-8", errors="replace") as file:
            return file.read()

    def empty(self, number):
        """Empties the file of the last number, as the memory of it."""
        self.forget()
        try:
            open(self.path(number), "w", encoding="utf-8").close()
            self.memory = os.path.basename(self.path(number))
        except OSError as error:
            self.fault = error

    def forget(self):
        if self.memory is not None:
            self.remove(self.memory)
            self.memory = None

    def remove(self, name):
        try:
            os.remove(os.path.join(self.folder, name))
        except OSError:
            pass  # sent once more after the next start, and known there


def new_stream():
    """Random, and later ones sort later."""
    return "%011x%s" % (time.time_ns() // 1_000_000, secrets.token_hex(8))

"""Keeps evidence until the collector has it for good, so that neither a crash nor a full disk loses any.

The file's first line is the stream and the last number given, each further one a number and its message. What is added
gets a line before anybody hears of it; what is settled is gone when the file is next written afresh.
"""

import os
import secrets
import sys

MOST_RECORDS_SENT = 1024
MOST_BYTES_SENT = 262_144
MOST_BYTES_KEPT = 4_194_304
BYTES_OF_NUMBER = 80  # what "seq" and "stream" add to a message


def open_spool(folder):
    """None where there is no folder to write in, as at a terminal: then a line is gone once it is written."""
    try:
        return Spool(os.path.join(folder, ".spool")) if folder else None
    except OSError as error:
        print("no spool: %s" % error, file=sys.stderr)
        return None


class Spool:
    def __init__(self, path):
        """Reads what an earlier run left. OSError: there is no place for the file."""
        self.path = path
        self.waiting, self.sent = {}, {}  # number -> message, in order
        self.bytes_kept = 0
        self.is_wanted = False  # once it was asked for, evidence goes out though there was no `committed` yet
        self.is_answered = self.is_torn = False
        self.stream, self.last = secrets.token_hex(16), 0
        if os.path.exists(path):
            self.read()
        self.announced = self.stream
        self.first_new = self.last + 1
        self.write_afresh()

    @property
    def is_full(self):
        return self.bytes_kept > MOST_BYTES_KEPT

    def add(self, message):
        """Numbers a message: a JSON object on one line, without `seq`. OSError: it is not on disk, but it is sent."""
        self.last += 1
        self.keep(self.last, message)
        if self.is_torn:
            return self.write_afresh()
        self.is_torn = True
        with open(self.path, "r+", encoding="utf-8", newline="\n") as file:
            file.seek(0, os.SEEK_END)
            file.write("%d %s\n" % (self.last, message))
        self.is_torn = False

    def due(self):
        """Takes the lines that may be sent now, in order: so much is under way at most; what is larger goes alone."""
        lines = []
        under_way = sum(map(size_of, self.sent.values()))
        while self.waiting and (self.is_answered or self.is_wanted):
            number, message = next(iter(self.waiting.items()))
            under_way += size_of(message)
            if self.sent and (len(self.sent) >= MOST_RECORDS_SENT or under_way > MOST_BYTES_SENT):
                break
            self.sent[number] = self.waiting.pop(number)
            stream = "" if self.stream == self.announced else ',"stream":"%s"' % self.stream
            lines.append('%s,"seq":%d%s}' % (message[:-1], number, stream))
        return lines

    def committed(self, params):
        """Lets go of what is committed or refused. OSError: the file keeps it, and it may be sent once more."""
        through, refused = params.get("through"), params.get("refused")
        if params.get("stream") != self.stream or not isinstance(through, int):
            return
        if not self.is_answered and through > (self.last if self.sent else self.first_new - 1):
            self.begin_again()
        else:
            for number in [number for number in (*self.sent, *self.waiting) if number <= through]:
                self.drop(number)
            for each in refused if isinstance(refused, list) else ():
                seq = each.get("seq") if isinstance(each, dict) else None
                if self.drop(seq):
                    print("the collector refused evidence number %d: %s" % (seq, each.get("code")), file=sys.stderr)
        self.is_answered = True
        self.write_afresh()

    def begin_again(self):
        """The collector has more than this file ever held, so an old copy was put back: its numbers are taken, and what
        it holds came long ago. What this run added goes into a new stream."""
        fresh = [message for number, message in {**self.sent, **self.waiting}.items() if number >= self.first_new]
        self.waiting, self.sent, self.bytes_kept = {}, {}, 0
        self.stream, self.last = secrets.token_hex(16), len(fresh)
        for number, message in enumerate(fresh, 1):
            self.keep(number, message)

    def keep(self, number, message):
        self.waiting[number] = message
        self.bytes_kept += size_of(message)

    def drop(self, number):
        """False: there is none of that number any more."""
        for records in (self.sent, self.waiting) if isinstance(number, int) else ():
            if number in records:
                self.bytes_kept -= size_of(records.pop(number))
                return True
        return False

    def read(self):
        with open(self.path, encoding="utf-8", errors="replace") as file:
            first, *lines = file.read().split("\n")
        stream, _, last = first.partition(" ")
        if not (stream.isalnum() and last.isdigit()):
            print("evidence that cannot be read is left out: %s" % self.path, file=sys.stderr)
            return
        self.stream, self.last = stream, int(last)
        for line in lines[:-1]:  # what has no end was never sent
            number, _, message = line.partition(" ")
            if number.isdigit() and message.startswith("{") and message.endswith("}"):
                self.keep(int(number), message)
                self.last = max(self.last, int(number))

    def write_afresh(self):
        kept = ["%s %d\n" % (self.stream, self.last)]
        kept += ["%d %s\n" % record for record in (*self.sent.items(), *self.waiting.items())]
        self.is_torn = True
        with open(self.path + ".new", "w", encoding="utf-8", newline="\n") as file:
            file.writelines(kept)
        os.replace(self.path + ".new", self.path)
        self.is_torn = False


def size_of(message):
    return len(message) + BYTES_OF_NUMBER  # json.dumps leaves nothing but ASCII

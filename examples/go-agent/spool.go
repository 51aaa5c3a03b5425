// Durable evidence for any MiMoLo agent in Go: take this file, it needs nothing but the standard library.
//
//	spool, err := OpenSpool(filepath.Join(os.Getenv("MIMOLO_AGENT_DATA_DIR"), "spool"))
//	// the handshake announces "durable_ack" and spool.Announced as its "stream"
//	spool.Add(summary)                        // numbers it and writes it down, before anybody hears of it
//	spool.Wanted()                            // at a flush: what waits may go, even before the collector's first word
//	spool.Committed(stream, through, refused) // what the collector has for good leaves the disk
//	for _, line := range spool.Due() { … }    // after each of these three: what may be sent now
//
// The folder holds one file per record, "<stream>.<number>.json", under its last name only once it is whole. An empty
// one is settled: the newest of these stays, as the memory of the next number. A record survives kill -9 of either
// side; nothing is synced, so a power cut may take what was not committed. One process at a time works in the folder.

package main

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	mostRecordsSent = 1024
	mostBytesSent   = 262_144
	mostBytesKept   = 67_108_864
	bytesOfNumber   = 64 // what "seq" and "stream" add to a line when it is sent
)

var recordName = regexp.MustCompile(`^([0-9a-z]+)\.([0-9]{1,15})\.json$`)

type record struct {
	number uint64
	size   int
}

// Spool keeps numbered records until they are settled. It is not safe for concurrent use.
type Spool struct {
	// Announced is the stream of the handshake.
	Announced string
	// Fault says why the disk takes nothing; nil while it does. What it did not take waits in memory.
	Fault error

	folder            string
	stream            string
	memory            string   // name of the empty file
	waiting           []record // in order: not sent by this run
	sent              []record // on their way, not settled
	unwritten         map[uint64][]byte
	last, firstNew    uint64
	answered, desired bool
}

// OpenSpool opens what an earlier run left in folder, or begins a stream.
func OpenSpool(folder string) (*Spool, error) {
	s := &Spool{folder: folder, unwritten: map[uint64][]byte{}}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if match := recordName.FindStringSubmatch(entry.Name()); match != nil {
			s.stream = max(s.stream, match[1])
		} else if strings.HasSuffix(entry.Name(), ".tmp") {
			s.remove(entry.Name()) // half written when its process was killed, and never sent
		}
	}
	for _, entry := range entries {
		match := recordName.FindStringSubmatch(entry.Name())
		if match == nil {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			return nil, err
		}
		number, _ := strconv.ParseUint(match[2], 10, 64)
		switch {
		case match[1] != s.stream: // moved to the newer one
			s.remove(entry.Name())
			continue
		case info.Size() > 0:
			s.waiting = append(s.waiting, record{number, int(info.Size()) + bytesOfNumber})
		default:
			s.memory = entry.Name()
		}
		s.last = max(s.last, number)
	}
	slices.SortFunc(s.waiting, func(a, b record) int { return cmp.Compare(a.number, b.number) })
	if s.stream == "" {
		s.stream = newStream()
		s.empty(0) // the stream is made with the spool, not with its first record
	}
	s.Announced, s.firstNew = s.stream, s.last+1
	return s, nil
}

// HasRoom says whether another record may be added. While not, count on: the next summary covers more.
func (s *Spool) HasRoom() bool {
	if s.Fault != nil && len(s.unwritten) >= mostRecordsSent {
		return false
	}
	return bytesOf(s.waiting)+bytesOf(s.sent) < mostBytesKept
}

// Add gives a JSON object (without "seq", on one line) the next number. It is on disk when this returns, unless there
// is a Fault.
func (s *Spool) Add(object []byte) {
	s.last++
	s.waiting = append(s.waiting, record{s.last, len(object) + bytesOfNumber})
	s.unwritten[s.last] = object
	s.Fault = s.writeDown()
}

// Wanted tells that the collector asks for evidence, so that it goes out though nothing was committed yet.
func (s *Spool) Wanted() { s.desired = true }

// Committed is the collector's word: all up to through, and the refused ones, are settled.
func (s *Spool) Committed(stream string, through uint64, refused []uint64) {
	if stream != s.stream {
		return
	}
	mostKnown := s.firstNew - 1
	if len(s.sent) > 0 {
		mostKnown = s.last
	}
	if !s.answered && through > mostKnown {
		s.beginAgain()
	} else {
		isSettled := func(r record) bool {
			settled := r.number <= through || slices.Contains(refused, r.number)
			if settled {
				s.settle(r.number)
			}
			return settled
		}
		s.sent = slices.DeleteFunc(s.sent, isSettled)
		s.waiting = slices.DeleteFunc(s.waiting, isSettled)
	}
	s.answered = true
}

// Due takes the lines that may be sent now, in order. At most 1,024 records or 256 KiB are under way; a larger record
// goes alone.
func (s *Spool) Due() (lines [][]byte) {
	underWay := bytesOf(s.sent)
	for len(s.waiting) > 0 && (s.answered || s.desired) {
		next := s.waiting[0]
		if len(s.sent) > 0 && (len(s.sent) >= mostRecordsSent || underWay+next.size > mostBytesSent) {
			break
		}
		object, err := s.read(next.number)
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // somebody took it away: the collector notes the gap
			s.Fault = err
			break
		}
		s.waiting = s.waiting[1:]
		if !bytes.HasPrefix(object, []byte("{")) {
			continue
		}
		s.sent, underWay = append(s.sent, next), underWay+next.size
		lines = append(lines, s.numbered(object, next.number))
	}
	return lines
}

func (s *Spool) numbered(object []byte, number uint64) []byte {
	object = bytes.TrimSpace(object)
	line := fmt.Appendf(nil, `%s,"seq":%d`, object[:len(object)-1], number)
	if s.stream != s.Announced {
		line = fmt.Appendf(line, `,"stream":"%s"`, s.stream)
	}
	return append(line, '}')
}

func (s *Spool) writeDown() error {
	for _, number := range slices.Sorted(maps.Keys(s.unwritten)) {
		half := s.path(number) + ".tmp"
		if err := os.WriteFile(half, s.unwritten[number], 0o600); err != nil {
			return err
		}
		if err := os.Rename(half, s.path(number)); err != nil {
			return err
		}
		delete(s.unwritten, number)
		s.forget()
	}
	return nil
}

func (s *Spool) settle(number uint64) {
	delete(s.unwritten, number)
	if number == s.last {
		s.empty(number)
	} else {
		s.remove(s.name(number))
	}
}

// beginAgain: the collector has more of this stream than this folder ever gave, so an old copy was put back. What this
// run added goes into a new stream; the rest has been received long ago.
func (s *Spool) beginAgain() {
	var objects [][]byte
	for _, r := range append(s.sent, s.waiting...) {
		if object, err := s.read(r.number); err == nil && r.number >= s.firstNew {
			objects = append(objects, object)
		}
	}
	old := s.stream + "."
	s.stream, s.last, s.memory = newStream(), 0, ""
	s.waiting, s.sent, s.unwritten = nil, nil, map[uint64][]byte{}
	s.empty(0)
	for _, object := range objects {
		s.Add(object)
	}
	entries, _ := os.ReadDir(s.folder)
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), old) {
			s.remove(entry.Name())
		}
	}
}

func (s *Spool) name(number uint64) string { return fmt.Sprintf("%s.%d.json", s.stream, number) }
func (s *Spool) path(number uint64) string { return filepath.Join(s.folder, s.name(number)) }

func (s *Spool) read(number uint64) ([]byte, error) {
	if object, ok := s.unwritten[number]; ok {
		return object, nil
	}
	return os.ReadFile(s.path(number))
}

// empty leaves the file of the last number empty, as the memory of it.
func (s *Spool) empty(number uint64) {
	s.forget()
	if s.Fault = os.WriteFile(s.path(number), nil, 0o600); s.Fault == nil {
		s.memory = s.name(number)
	}
}

func (s *Spool) forget() {
	if s.memory != "" {
		s.remove(s.memory)
		s.memory = ""
	}
}

// remove may fail: then a record is sent once more after the next start, and known there.
func (s *Spool) remove(name string) { _ = os.Remove(filepath.Join(s.folder, name)) }

func bytesOf(records []record) (sum int) {
	for _, r := range records {
		sum += r.size
	}
	return sum
}

// newStream is random, and later ones sort later.
func newStream() string {
	random := make([]byte, 8)
	_, _ = rand.Read(random)
	return fmt.Sprintf("%011x%s", time.Now().UnixMilli(), hex.EncodeToString(random))
}

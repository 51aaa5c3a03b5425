// Keeps evidence until the collector has it for good, so that neither a crash nor a full disk loses any.
//
// The file's first line is the stream and the last number given, each further one a number and its message. What is
// added gets a line before anybody hears of it; what is settled is gone when the file is next written afresh.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

const (
	mostRecordsSent = 1024
	mostBytesSent   = 262_144
	mostBytesKept   = 4_194_304
	bytesOfNumber   = 80 // what "seq" and "stream" add to a message
)

type record struct {
	number  int
	message []byte
}

// Spool keeps numbered records until they are settled. It is not safe for concurrent use.
type Spool struct {
	Announced string // the stream of the handshake
	Wanted    bool   // once it was asked for, evidence goes out though there was no "committed" yet

	path             string
	stream           string
	last, firstNew   int
	kept             []record // in order; the first sent of them are under way
	sent             int
	isAnswered, torn bool
}

// OpenSpool reads what an earlier run left in folder. It gives nil where there is none to write in, as at a terminal:
// then a line is gone once it is written.
func OpenSpool(folder string) *Spool {
	if folder == "" {
		return nil
	}
	s := &Spool{path: filepath.Join(folder, ".spool"), stream: newStream()}
	text, err := os.ReadFile(s.path)
	if err == nil {
		err = s.read(text)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "evidence that cannot be read is left out:", err)
	}
	s.Announced, s.firstNew = s.stream, s.last+1
	if err := s.writeAfresh(); err != nil {
		fmt.Fprintln(os.Stderr, "no spool:", err)
		return nil
	}
	return s
}

// IsFull says that more waits than is kept.
func (s *Spool) IsFull() bool { return bytesOf(s.kept) > mostBytesKept }

// Add numbers a message, a JSON object on one line, without "seq". After an error it is not on disk, but sent all the same.
func (s *Spool) Add(message []byte) error {
	s.last++
	s.kept = append(s.kept, record{s.last, message})
	if s.torn {
		return s.writeAfresh()
	}
	s.torn = true
	file, err := os.OpenFile(s.path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(file, "%d %s\n", s.last, message)
	err = errors.Join(err, file.Close())
	s.torn = err != nil
	return err
}

// Due takes the lines that may be sent now, in order: so much is under way at most; what is larger goes alone.
func (s *Spool) Due() (lines [][]byte) {
	underWay := bytesOf(s.kept[:s.sent])
	for s.sent < len(s.kept) && (s.isAnswered || s.Wanted) {
		next := s.kept[s.sent]
		underWay += bytesOf([]record{next})
		if s.sent > 0 && (s.sent >= mostRecordsSent || underWay > mostBytesSent) {
			break
		}
		s.sent++
		line := fmt.Appendf(nil, `%s,"seq":%d`, next.message[:len(next.message)-1], next.number)
		if s.stream != s.Announced {
			line = fmt.Appendf(line, `,"stream":"%s"`, s.stream)
		}
		lines = append(lines, append(line, '}'))
	}
	return lines
}

// Committed lets go of what is committed or refused. After an error the file keeps it, and it may be sent once more.
func (s *Spool) Committed(params Object) error {
	through, isNumber := params["through"].(float64)
	if params["stream"] != s.stream || !isNumber {
		return nil
	}
	mostKnown := s.firstNew - 1
	if s.sent > 0 {
		mostKnown = s.last
	}
	if !s.isAnswered && int(through) > mostKnown {
		s.beginAgain()
	} else {
		refused, _ := params["refused"].([]any)
		s.letGo(func(r record) bool { return r.number <= int(through) || isRefused(refused, r.number) })
	}
	s.isAnswered = true
	return s.writeAfresh()
}

func (s *Spool) letGo(isSettled func(record) bool) {
	waiting := slices.DeleteFunc(slices.Clone(s.kept[s.sent:]), isSettled)
	sent := slices.DeleteFunc(s.kept[:s.sent], isSettled)
	s.kept, s.sent = append(sent, waiting...), len(sent)
}

// beginAgain: the collector has more than this file ever held, so an old copy was put back. Its numbers are taken, and
// what it holds came long ago; what this run added goes into a new stream.
func (s *Spool) beginAgain() {
	fresh := slices.DeleteFunc(s.kept, func(r record) bool { return r.number < s.firstNew })
	for index := range fresh {
		fresh[index].number = index + 1
	}
	s.stream, s.last, s.kept, s.sent = newStream(), len(fresh), fresh, 0
}

func isRefused(refused []any, number int) bool {
	for _, each := range refused {
		if one, _ := each.(map[string]any); one["seq"] == float64(number) {
			fmt.Fprintf(os.Stderr, "the collector refused evidence number %d: %v\n", number, one["code"])
			return true
		}
	}
	return false
}

func (s *Spool) read(text []byte) error {
	lines := bytes.Split(text, []byte("\n"))
	stream, last, _ := bytes.Cut(lines[0], []byte(" "))
	number, err := strconv.Atoi(string(last))
	if err != nil || len(stream) == 0 {
		return fmt.Errorf("%s is no spool", s.path)
	}
	s.stream, s.last = string(stream), number
	for _, line := range lines[1:max(1, len(lines)-1)] { // what has no end was never sent
		first, message, _ := bytes.Cut(line, []byte(" "))
		number, err := strconv.Atoi(string(first))
		if err == nil && bytes.HasPrefix(message, []byte("{")) && bytes.HasSuffix(message, []byte("}")) {
			s.kept = append(s.kept, record{number, message})
			s.last = max(s.last, number)
		}
	}
	return nil
}

func (s *Spool) writeAfresh() error {
	text := fmt.Appendf(nil, "%s %d\n", s.stream, s.last)
	for _, r := range s.kept {
		text = fmt.Appendf(text, "%d %s\n", r.number, r.message)
	}
	s.torn = true
	if err := os.WriteFile(s.path+".new", text, 0o600); err != nil {
		return err
	}
	err := os.Rename(s.path+".new", s.path)
	s.torn = err != nil
	return err
}

func bytesOf(records []record) (sum int) {
	for _, r := range records {
		sum += len(r.message) + bytesOfNumber
	}
	return sum
}

func newStream() string {
	random := make([]byte, 16)
	_, _ = rand.Read(random)
	return hex.EncodeToString(random)
}

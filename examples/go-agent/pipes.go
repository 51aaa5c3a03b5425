package main

import (
	"bufio"
	"encoding/json"
	"io"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	longestCommand = 4 << 20
	mostUnanswered = 32
)

// command is one line of the collector. Go's own decoding into structs would take "CMD" for "cmd".
type command map[string]json.RawMessage

var hangUp = command{"cmd": json.RawMessage(`"shutdown"`)}

// decode reads a field, and says whether it was there and of that kind.
func decode[T any](c command, name string) (value T, ok bool) {
	raw, ok := c[name]
	return value, ok && json.Unmarshal(raw, &value) == nil && string(raw) != "null"
}

// params may be called args.
func (c command) params() command {
	for _, name := range []string{"params", "args"} {
		if params, ok := decode[command](c, name); ok {
			return params
		}
	}
	return nil
}

// readCommands gives what can be read, and hangUp at the end. What is no JSON object is passed over. While nobody reads the answers it
// waits: to obey further would only fill the memory.
func readCommands(from io.Reader, inbox chan<- command, answers *Outbox) {
	reader := bufio.NewReaderSize(from, 64<<10)
	var line []byte
	for {
		for answers.Waiting() > mostUnanswered {
			time.Sleep(20 * time.Millisecond)
		}
		part, isPrefix, err := reader.ReadLine()
		if err != nil {
			inbox <- hangUp
			return
		}
		if len(line) <= longestCommand {
			line = append(line, part...)
		}
		if isPrefix {
			continue
		}
		var c command
		if len(line) <= longestCommand && utf8.Valid(line) && json.Unmarshal(line, &c) == nil && c != nil {
			inbox <- c
		}
		line = line[:0]
	}
}

// Outbox writes lines in a goroutine of its own: a collector that does not read holds up nothing but lines.
type Outbox struct {
	mutex   sync.Mutex
	changed *sync.Cond
	lines   [][]byte
	isOver  bool
	ended   chan struct{}
}

// NewOutbox begins to write; broken is called once when nobody is there to read any more.
func NewOutbox(to io.Writer, broken func()) *Outbox {
	o := &Outbox{ended: make(chan struct{})}
	o.changed = sync.NewCond(&o.mutex)
	go o.write(to, broken)
	return o
}

func (o *Outbox) write(to io.Writer, broken func()) {
	defer close(o.ended)
	for {
		o.mutex.Lock()
		for len(o.lines) == 0 && !o.isOver {
			o.changed.Wait()
		}
		if len(o.lines) == 0 {
			o.mutex.Unlock()
			return
		}
		line := o.lines[0]
		o.mutex.Unlock()
		if _, err := to.Write(line); err != nil {
			broken()
			return
		}
		o.mutex.Lock()
		o.lines = o.lines[1:]
		o.mutex.Unlock()
	}
}

// Put appends a line, without its line end.
func (o *Outbox) Put(line []byte) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.lines = append(o.lines, append(line, '\n'))
	o.changed.Signal()
}

// Waiting says how many lines nobody has taken.
func (o *Outbox) Waiting() int {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return len(o.lines)
}

// IsEmpty says whether all has been written.
func (o *Outbox) IsEmpty() bool { return o.Waiting() == 0 }

// Close waits until all is written, but no longer than patience.
func (o *Outbox) Close(patience time.Duration) {
	o.mutex.Lock()
	o.isOver = true
	o.changed.Signal()
	o.mutex.Unlock()
	select {
	case <-o.ended:
	case <-time.After(patience):
	}
}

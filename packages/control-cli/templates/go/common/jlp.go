// Speaks MiMoLo's protocol (JSON lines on stdin and stdout) for a plugin.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unicode/utf8"
)

// Object is a JSON object.
type Object map[string]any

// Call carries out one method of an interface.
type Call func(params Object) (any, error)

// Plugin is what Run runs. Look is called every Every; Summarize gives data and "worked", "idle" or "passive".
type Plugin struct {
	Version   string
	Every     time.Duration
	Look      func() error
	Summarize func() (Object, string)
	Calls     map[string]map[string]Call // interface → method
	Monitor   Object
}

// CallError is the answer to a call that cannot be carried out: a short code, and a sentence.
type CallError struct{ Code, Message string }

func (e *CallError) Error() string { return e.Message }

const (
	longestCommand = 4 << 20
	mostUnread     = 4096
	mostUnanswered = 32
)

var (
	outbox  = make(chan []byte, 2*mostUnread) // room for all evidence that may be under way
	waiting atomic.Int64
	inbox   = make(chan Object, mostUnanswered)
	hangUp  = Object{"cmd": "shutdown"}

	// Only messages go to stdout: what is printed, here or by a program that is run with it, is shown beside them.
	protocol = takeStdout()

	spool             *Spool
	spooling          sync.Mutex
	eventsAreEvidence bool // those of a monitor are
)

func takeStdout() *os.File {
	taken := os.Stdout
	os.Stdout = os.Stderr
	return taken
}

// Setting is a text among the plugin's settings, or otherwise.
func Setting(name, otherwise string) string {
	var config Object
	_ = json.Unmarshal([]byte(os.Getenv("MIMOLO_CONFIG")), &config)
	if text, ok := config[name].(string); ok {
		return text
	}
	return otherwise
}

// OwnFolder is the only place a plugin may write in.
func OwnFolder() string {
	if folder := os.Getenv("MIMOLO_AGENT_DATA_DIR"); folder != "" {
		return folder
	}
	return "."
}

// Say sends a message. While nobody reads, what no longer fits is dropped rather than waited for.
func Say(kind string, message Object) {
	if line := toLine(kind, message); line != nil && waiting.Load() < mostUnread {
		send(line)
	}
}

// Event says that something happened.
func Event(name string, payload Object) {
	say := Say
	if eventsAreEvidence {
		say = SayEvidence
	}
	say("event", Object{"data": Object{"event": name, "payload": payload}})
}

// SayEvidence sends what must not be lost: it is written down first, and kept until the collector has it for good.
func SayEvidence(kind string, message Object) {
	if spool == nil {
		Say(kind, message)
		return
	}
	if line := toLine(kind, message); line != nil {
		keep(func() error {
			if spool.IsFull() {
				return errors.New("too much waits for the collector; the newest is left out")
			}
			return spool.Add(line)
		})
	}
}

// keep changes what the spool holds, and sends what may go then.
func keep(change func() error) {
	spooling.Lock()
	defer spooling.Unlock()
	if err := change(); err != nil {
		Say("error", Object{"message": "the spool: " + err.Error(), "code": "spool-failed"})
	}
	for _, line := range spool.Due() {
		send(line)
	}
}

func send(line []byte) {
	waiting.Add(1)
	outbox <- append(line, '\n')
}

// toLine gives nil for what is no JSON.
func toLine(kind string, message Object) []byte {
	message["type"] = kind
	message["timestamp"] = time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	line, err := json.Marshal(message)
	if err != nil {
		fmt.Fprintln(os.Stderr, "a message that is no JSON:", err)
	}
	return line
}

// Run runs until the collector has had enough.
func Run(p Plugin) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	signal.Ignore(syscall.SIGPIPE)
	var written sync.WaitGroup
	written.Add(1)
	go writeLines(&written)
	spool, eventsAreEvidence = OpenSpool(os.Getenv("MIMOLO_AGENT_DATA_DIR")), p.Monitor != nil
	p.introduce()
	go readCommands()
	isSampling, isRunning, isPending, isBlind := true, true, false, false
	beats := time.NewTicker(5 * time.Second)
	looks := time.NewTicker(max(p.Every, 10*time.Millisecond))
	if p.Look == nil {
		looks.Stop()
	}
	sample := func() {
		if p.Look != nil && isSampling {
			isPending = true
			err := p.Look()
			isBlind = err != nil
			if isBlind { // what fails now may work next time
				Say("error", Object{"message": err.Error(), "code": "sample-failed"})
			}
		}
	}
	var obey func(name any, command Object)
	obey = func(name any, command Object) {
		params := paramsOf(command)
		switch name {
		case "ack":
			if interval, ok := params["heartbeat_interval_s"].(float64); ok && interval > 0.001 && interval < 1e6 {
				beats.Reset(time.Duration(interval * float64(time.Second)))
			}
		case "committed":
			if spool != nil {
				keep(func() error { return spool.Committed(params) })
			}
		case "status":
			Say("status", Object{"health": "ok", "details": Object{"sampling": isSampling}})
		case "invoke":
			if p.Calls != nil {
				isPending = true
				Say("result", withID(p.answer(params), command))
			}
		case "sequence":
			steps, ok := command["sequence"].([]any)
			if !ok {
				steps, _ = params["sequence"].([]any)
			}
			for _, step := range steps {
				if isRunning && step != "sequence" {
					obey(step, withID(Object{}, command))
				}
			}
		case "flush", "stop", "start", "shutdown":
			if name != "start" {
				sample() // what was done until now still counts
			}
			if name == "flush" || (name == "shutdown" && isPending) {
				isPending = !p.report(isBlind)
			}
			isSampling = name == "start" || (isSampling && name == "flush")
			Say("ack", withID(Object{"ack_command": name}, command))
			isRunning = name != "shutdown"
		case "reject":
			isRunning = false
		}
	}
	sample()
	for isRunning {
		select {
		case command := <-inbox:
			obey(command["cmd"], command)
		case <-signals:
			obey("shutdown", Object{})
		case <-looks.C:
			sample()
		case <-beats.C:
			if waiting.Load() == 0 { // else nobody reads; one more sign of life would only wait, too
				Say("heartbeat", Object{"metrics": Object{"queue": 0}})
			}
		}
	}
	close(outbox)
	ended := make(chan struct{})
	go func() { written.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(1500 * time.Millisecond):
	}
}

func (p Plugin) introduce() {
	capabilities, metadata := []string{"summary", "heartbeat", "status", "error"}, Object{}
	if p.Calls != nil {
		capabilities = append(capabilities, "invoke")
		names := []string{}
		for name := range p.Calls {
			names = append(names, name)
		}
		metadata["interfaces"] = names
	}
	if p.Monitor != nil {
		metadata["monitor"] = p.Monitor
	}
	handshake := Object{"protocol_version": "0.4", "agent_version": p.Version}
	if spool != nil {
		capabilities = append(capabilities, "durable_ack")
		handshake["stream"] = spool.Announced
	}
	handshake["capabilities"] = capabilities
	Say("handshake", handshake)
	if len(metadata) > 0 {
		Say("metadata", Object{"data": metadata})
	}
	Say("status", Object{"health": "ok"})
	Say("heartbeat", Object{"metrics": Object{"queue": 0}})
}

// report says whether there was room for a summary; else the next one tells what it saw. What could not be seen is not idle.
func (p Plugin) report(isBlind bool) bool {
	if spool != nil {
		isFull := false
		keep(func() error {
			spool.Wanted, isFull = true, spool.IsFull()
			return nil
		})
		if isFull {
			return false
		}
	}
	data, activity := Object{}, "passive"
	if p.Summarize != nil {
		data, activity = p.Summarize()
	}
	data["activity_signal"] = Object{"mode": "active", "keep_alive": activity == "worked"}
	if activity == "passive" || (activity == "idle" && isBlind) {
		data["activity_signal"] = Object{"mode": "passive", "keep_alive": nil}
	}
	SayEvidence("summary", Object{"data": data})
	return true
}

func (p Plugin) answer(params Object) (reply Object) {
	refuse := func(code, message string) Object {
		return Object{"ok": false, "error": Object{"code": code, "message": message}}
	}
	defer func() {
		if fault := recover(); fault != nil {
			reply = refuse("failed", fmt.Sprint(fault))
		}
	}()
	of, _ := params["interface"].(string)
	method, _ := params["method"].(string)
	call := p.Calls[of][method]
	if call == nil {
		return refuse("not-offered", of+"."+method+" is not offered")
	}
	given, _ := params["params"].(map[string]any)
	result, err := call(given)
	var known *CallError
	if errors.As(err, &known) {
		return refuse(known.Code, known.Message)
	} else if err != nil {
		return refuse("failed", err.Error())
	}
	return Object{"ok": true, "data": result}
}

func paramsOf(command Object) Object {
	for _, name := range []string{"params", "args"} {
		if params, ok := command[name].(map[string]any); ok {
			return params
		}
	}
	return nil
}

func withID(reply, command Object) Object {
	if id, ok := command["id"]; ok {
		reply["id"] = id
	}
	return reply
}

func readCommands() {
	reader := bufio.NewReaderSize(os.Stdin, 64<<10)
	var line []byte
	for {
		for waiting.Load() > mostUnanswered {
			time.Sleep(20 * time.Millisecond) // nobody reads the answers: to obey further would only fill the memory
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
		var command Object
		if len(line) <= longestCommand && utf8.Valid(line) && json.Unmarshal(line, &command) == nil && command != nil {
			inbox <- command
		}
		line = line[:0]
	}
}

func writeLines(written *sync.WaitGroup) {
	defer written.Done()
	for line := range outbox {
		if _, err := protocol.Write(line); err != nil {
			inbox <- hangUp // there is nobody left to tell
			return
		}
		waiting.Add(-1)
	}
}

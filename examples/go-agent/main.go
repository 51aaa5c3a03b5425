// Which of my services answer? Tries to connect to each target now and then, and says how long that took.
// It knows nothing but the protocol page: JSON lines in, JSON lines out.
//
// Settings (MIMOLO_CONFIG): targets such as ["localhost:5432"]; poll_interval_s, default 30.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

const lastWords = 1500 * time.Millisecond // a collector that does not read kills 2 s after SIGTERM; evidence stays in the spool

// fields are what a message has besides its type and timestamp.
type fields map[string]any

type agent struct {
	reach       *Reach
	spool       *Spool // nil where there is no folder to write in, as at a terminal
	outbox      *Outbox
	beats       *time.Ticker
	looks       *time.Ticker
	every       time.Duration
	factor      float64
	began       time.Time
	windowBegan time.Time
	isSampling  bool
	isRunning   bool
	saidFault   string
}

func main() {
	var config struct {
		Targets       []string `json:"targets"`
		PollIntervalS float64  `json:"poll_interval_s"`
	}
	if err := json.Unmarshal([]byte(os.Getenv("MIMOLO_CONFIG")), &config); err != nil && os.Getenv("MIMOLO_CONFIG") != "" {
		fmt.Fprintln(os.Stderr, "settings that cannot be read:", err)
	}
	every := 30 * time.Second
	if config.PollIntervalS > 0 {
		every = seconds(config.PollIntervalS)
	}
	inbox := make(chan command, 64)
	a := &agent{
		reach:       NewReach(config.Targets),
		spool:       openSpool(),
		outbox:      NewOutbox(os.Stdout, func() { inbox <- hangUp }),
		beats:       time.NewTicker(5 * time.Second),
		looks:       time.NewTicker(every),
		every:       every,
		factor:      1,
		began:       time.Now(),
		windowBegan: time.Now(),
		isSampling:  true,
		isRunning:   true,
	}
	a.run(inbox)
	a.outbox.Close(lastWords)
}

func (a *agent) run(inbox chan command) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	signal.Ignore(syscall.SIGPIPE)
	handshake := fields{"protocol_version": "0.4", "agent_version": "1.0.0"}
	features := []string{"summary", "heartbeat", "status", "error", "throttle"}
	if a.spool != nil {
		features = append(features, "durable_ack")
		handshake["stream"] = a.spool.Announced
	}
	handshake["capabilities"] = features
	a.say("handshake", handshake)
	go readCommands(os.Stdin, inbox, a.outbox)
	a.sayStatus(nil)
	a.look()
	a.beat()
	for a.isRunning {
		select {
		case c := <-inbox:
			a.obey(c)
		case <-signals:
			a.obey(hangUp)
		case result := <-a.reach.Results:
			if a.isSampling {
				a.reach.Note(result)
			} else {
				a.reach.Drop(result)
			}
		case <-a.looks.C:
			a.look()
		case <-a.beats.C:
			a.beat()
		}
	}
}

func (a *agent) obey(c command) {
	cmd, _ := decode[string](c, "cmd")
	params := c.params()
	switch cmd {
	case "ack":
		if interval, ok := decode[float64](params, "heartbeat_interval_s"); ok && interval > 0 {
			a.beats.Reset(seconds(interval))
		}
	case "reject":
		a.isRunning = false
	case "sequence":
		steps, ok := decode[[]any](c, "sequence")
		if !ok {
			steps, _ = decode[[]any](params, "sequence")
		}
		for _, step := range steps {
			if name, _ := json.Marshal(step); a.isRunning && step != "sequence" {
				a.obey(command{"cmd": name, "id": c["id"]})
			}
		}
	case "committed":
		a.committed(params)
	case "status":
		a.sayStatus(nil)
	case "throttle":
		factor, _ := decode[float64](params, "factor")
		a.factor = max(1, factor)
		interval := a.every.Seconds() * a.factor
		a.looks.Reset(seconds(interval))
		a.sayStatus(fields{"factor": a.factor, "poll_interval_s": interval, "reason": "throttled"})
	case "stop", "start":
		a.isSampling = cmd == "start"
		a.ack(cmd, c)
	case "flush":
		a.summarize()
		a.ack(cmd, c)
	case "shutdown":
		if a.reach.Pending() > 0 {
			a.summarize()
		}
		a.ack(cmd, c)
		a.isRunning = false
	}
}

func (a *agent) ack(cmd string, c command) {
	reply := fields{"ack_command": cmd}
	if id := c["id"]; id != nil {
		reply["id"] = id
	}
	a.say("ack", reply)
}

func (a *agent) look() {
	if a.isSampling {
		a.reach.Look()
	}
}

func (a *agent) summarize() {
	if a.spool != nil && !a.spool.HasRoom() {
		return // the window goes on
	}
	checks := a.reach.Pending()
	targets, changes := a.reach.Report()
	now := time.Now()
	summary := toLine("summary", fields{
		"data": fields{
			"targets": targets,
			"changes": changes,
			// Whether a service answers says nothing about anybody's work.
			"activity_signal": fields{"mode": "passive", "keep_alive": nil},
		},
		"metrics": fields{"samples": checks, "interval_s": now.Sub(a.windowBegan).Seconds()},
	})
	a.windowBegan = now
	if a.spool == nil {
		a.outbox.Put(summary)
		return
	}
	a.spool.Add(summary)
	a.spool.Wanted()
	a.sendDue()
}

func (a *agent) committed(params command) {
	if a.spool == nil {
		return
	}
	stream, _ := decode[string](params, "stream")
	through, _ := decode[uint64](params, "through")
	list, _ := decode[[]struct{ Seq uint64 }](params, "refused")
	refused := make([]uint64, len(list))
	for index, each := range list {
		refused[index] = each.Seq
	}
	a.spool.Committed(stream, through, refused)
	a.sendDue()
}

func (a *agent) sendDue() {
	for _, line := range a.spool.Due() {
		a.outbox.Put(line)
	}
	if fault := a.spool.Fault; fault != nil && fault.Error() != a.saidFault {
		a.saidFault = fault.Error()
		a.say("error", fields{"code": "spool-failed", "message": "the spool takes nothing: " + a.saidFault})
	}
}

func (a *agent) beat() {
	if a.outbox.IsEmpty() { // else nobody reads; one more sign of life would only wait, too
		a.say("heartbeat", fields{"metrics": fields{"pending": 0, "queue": 0, "samples": a.reach.Pending()}})
	}
}

func (a *agent) sayStatus(tuned fields) {
	status := fields{
		"health":   "ok",
		"uptime_s": int(time.Since(a.began).Seconds()),
		"details":  fields{"sampling": a.isSampling, "targets": len(a.reach.targets)},
	}
	if a.spool != nil && a.spool.Fault != nil {
		status["health"] = "degraded"
	}
	if tuned != nil {
		status["tuned"] = tuned
	}
	a.say("status", status)
}

func (a *agent) say(kind string, message fields) { a.outbox.Put(toLine(kind, message)) }

func toLine(kind string, message fields) []byte {
	message["type"] = kind
	message["timestamp"] = time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	line, err := json.Marshal(message)
	if err != nil {
		panic(err) // only what this file puts there
	}
	return line
}

func seconds(s float64) time.Duration {
	return max(time.Millisecond, time.Duration(min(s, 1e6)*float64(time.Second)))
}

func openSpool() *Spool {
	folder := os.Getenv("MIMOLO_AGENT_DATA_DIR")
	if folder == "" {
		return nil
	}
	spool, err := OpenSpool(filepath.Join(folder, "spool"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "no spool:", err)
		return nil
	}
	return spool
}

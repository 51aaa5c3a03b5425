package main

import (
	"cmp"
	"context"
	"net"
	"slices"
	"time"
)

const (
	dialTimeout = 2 * time.Second
	mostTargets = 32
)

// check is what came of one attempt to connect.
type check struct {
	target  string
	isUp    bool
	latency time.Duration
}

// service is what is known of one target in this window.
type service struct {
	isChecked, isUp, isUnderWay bool
	checks, failures, changes   int
	latencies                   []time.Duration
}

// Reach asks every target now and then whether somebody answers there.
type Reach struct {
	// Results are to be handed to Note.
	Results  chan check
	targets  []string
	services map[string]*service
}

// NewReach knows targets such as "localhost:5432"; of more than 32 it leaves the rest alone.
func NewReach(targets []string) *Reach {
	r := &Reach{Results: make(chan check, mostTargets), services: map[string]*service{}}
	for _, target := range targets {
		if r.services[target] == nil && len(r.targets) < mostTargets {
			r.targets = append(r.targets, target)
			r.services[target] = &service{}
		}
	}
	return r
}

// Look begins a check of every target that is not being checked.
func (r *Reach) Look() {
	for _, target := range r.targets {
		if s := r.services[target]; !s.isUnderWay {
			s.isUnderWay = true
			go func() { r.Results <- dial(target) }()
		}
	}
}

func dial(target string) check {
	ctx, cancel := context.WithTimeout(context.Background(), dialTimeout)
	defer cancel()
	began := time.Now()
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", target)
	if err != nil {
		return check{target: target}
	}
	_ = connection.Close()
	return check{target, true, time.Since(began)}
}

// Note counts a result. The first word about a target is no change: it is news to us only.
func (r *Reach) Note(c check) {
	s := r.services[c.target]
	if s.isChecked && s.isUp != c.isUp {
		s.changes++
	}
	s.isChecked, s.isUp, s.isUnderWay = true, c.isUp, false
	s.checks++
	if c.isUp {
		s.latencies = append(s.latencies, c.latency)
	} else {
		s.failures++
	}
}

// Pending is how many checks no summary told of yet.
func (r *Reach) Pending() (checks int) {
	for _, s := range r.services {
		checks += s.checks
	}
	return checks
}

// TargetReport is one target in a summary; a latency is left out where nobody answered.
type TargetReport struct {
	Target    string   `json:"target"`
	IsUp      bool     `json:"is_up"`
	Checks    int      `json:"checks"`
	Failures  int      `json:"failures"`
	Changes   int      `json:"changes"`
	LatencyMs *float64 `json:"median_latency_ms,omitempty"`
}

// Report tells of the window, and begins the next. A target nobody has checked yet is left out.
func (r *Reach) Report() (reports []TargetReport, changes int) {
	reports = []TargetReport{}
	for _, target := range r.targets {
		s := r.services[target]
		if !s.isChecked {
			continue
		}
		report := TargetReport{target, s.isUp, s.checks, s.failures, s.changes, nil}
		if len(s.latencies) > 0 {
			slices.SortFunc(s.latencies, cmp.Compare)
			milliseconds := float64(s.latencies[len(s.latencies)/2].Microseconds()) / 1000
			report.LatencyMs = &milliseconds
		}
		reports, changes = append(reports, report), changes+s.changes
		s.checks, s.failures, s.changes, s.latencies = 0, 0, 0, s.latencies[:0]
	}
	return reports, changes
}

// Drop forgets a result that came after sampling was turned off.
func (r *Reach) Drop(c check) { r.services[c.target].isUnderWay = false }

// {{does}}. poll is yours; jlp.go speaks the protocol.
package main

import (
	"os"
	"sort"
	"strings"
	"time"
)

// Arrivals says each time that files came.
type Arrivals struct {
	folder string
	event  func(name string, payload Object)
	known  map[string]bool
	events int
}

func (a *Arrivals) poll() error {
	names, err := namesIn(a.folder)
	if err != nil {
		return err
	}
	if came := newIn(names, a.known); len(came) > 0 {
		a.events++
		a.event("arrived", Object{"files": came})
	}
	a.known = names
	return nil
}

func (a *Arrivals) summarize() (Object, string) {
	data := Object{"events": a.events}
	a.events = 0
	return data, "passive"
}

func main() {
	arrivals := &Arrivals{folder: Setting("folder", OwnFolder()), event: Event}
	Run(Plugin{
		Version:   "{{version}}",
		Every:     5 * time.Second,
		Look:      arrivals.poll,
		Summarize: arrivals.summarize,
		Monitor:   Object{"label": "{{identifier}}", "data_header": "files", "resets_cooldown": true, "poll_interval_s": 5},
	})
}

// namesIn are the files of a folder, but for hidden ones.
func namesIn(folder string) (map[string]bool, error) {
	entries, err := os.ReadDir(folder)
	names := map[string]bool{}
	for _, entry := range entries {
		if entry.Type().IsRegular() && !strings.HasPrefix(entry.Name(), ".") {
			names[entry.Name()] = true
		}
	}
	return names, err
}

// newIn are those of names that are not among known, in order.
func newIn(names, known map[string]bool) []string {
	came := []string{}
	for name := range names {
		if known != nil && !known[name] {
			came = append(came, name)
		}
	}
	sort.Strings(came)
	return came
}

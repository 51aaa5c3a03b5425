// {{does}}. look and summarize are yours; jlp.go speaks the protocol.
package main

import (
	"os"
	"sort"
	"strings"
	"time"
)

// Arrivals is what came into a folder since it was last asked.
type Arrivals struct {
	folder string
	known  map[string]bool
	came   int
}

func (a *Arrivals) look() error {
	names, err := namesIn(a.folder)
	if err != nil {
		return err
	}
	a.came += len(newIn(names, a.known))
	a.known = names
	return nil
}

func (a *Arrivals) summarize() (Object, string) {
	data, activity := Object{"came": a.came, "files": len(a.known)}, "idle"
	if a.came > 0 {
		activity = "worked"
	}
	a.came = 0
	return data, activity
}

func main() {
	arrivals := &Arrivals{folder: Setting("folder", OwnFolder())}
	Run(Plugin{
		Version:   "{{version}}",
		Every:     5 * time.Second,
		Look:      arrivals.look,
		Summarize: arrivals.summarize,
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

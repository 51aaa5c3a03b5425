// {{does}}. look is yours; jlp.go speaks the protocol.
package main

import (
	"os"
	"sort"
	"strings"
	"time"
)

// Arrivals fires "arrived" for each file that comes, while it is started.
type Arrivals struct {
	folder string
	fire   func(name string, payload Object)
	known  map[string]bool
}

func (a *Arrivals) start(Object) (any, error) {
	if a.known != nil {
		return nil, nil
	}
	names, err := namesIn(a.folder)
	if err == nil {
		a.known = names
	}
	return nil, err
}

func (a *Arrivals) stop(Object) (any, error) {
	a.known = nil
	return nil, nil
}

func (a *Arrivals) look() error {
	if a.known == nil {
		return nil
	}
	names, err := namesIn(a.folder)
	if err != nil {
		return err
	}
	for _, name := range newIn(names, a.known) {
		a.fire("arrived", Object{"name": name})
	}
	a.known = names
	return nil
}

func main() {
	arrivals := &Arrivals{folder: Setting("folder", OwnFolder()), fire: Event}
	Run(Plugin{
		Version: "{{version}}",
		Every:   time.Second,
		Look:    arrivals.look,
		Calls:   map[string]map[string]Call{"trigger": {"start": arrivals.start, "stop": arrivals.stop}},
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

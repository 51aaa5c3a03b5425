package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCountsWhatCameSinceItWasAsked(t *testing.T) {
	arrivals := &Arrivals{folder: t.TempDir()}
	for round, wanted := range []struct {
		came     int
		activity string
	}{{0, "idle"}, {1, "worked"}, {0, "idle"}} {
		if round == 1 {
			if err := os.WriteFile(filepath.Join(arrivals.folder, "letter.txt"), []byte("Dear Ada"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(arrivals.folder, "drafts"), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := arrivals.look(); err != nil {
			t.Fatal(err)
		}
		data, activity := arrivals.summarize()
		if data["came"] != wanted.came || activity != wanted.activity {
			t.Errorf("round %d: %v, %s", round, data, activity)
		}
	}
}

func TestWhatCannotBeSeenIsNotIdle(t *testing.T) {
	arrivals := &Arrivals{folder: filepath.Join(t.TempDir(), "gone")}
	isBlind := arrivals.look() != nil
	Plugin{Summarize: arrivals.summarize}.report(isBlind)
	if line := string(<-outbox); !strings.Contains(line, `"keep_alive":null`) {
		t.Errorf("it says %s", line)
	}
}

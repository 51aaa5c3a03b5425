package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestFiresWhileItIsStarted(t *testing.T) {
	fired := []string{}
	arrivals := &Arrivals{folder: t.TempDir(), fire: func(name string, payload Object) {
		fired = append(fired, fmt.Sprint(name, " ", payload["name"]))
	}}
	for _, step := range []func(){
		func() { _, _ = arrivals.start(nil) },
		func() { _ = os.WriteFile(filepath.Join(arrivals.folder, "letter.txt"), nil, 0o600) },
		func() { _ = os.Mkdir(filepath.Join(arrivals.folder, "drafts"), 0o700) },
		func() { _ = arrivals.look() },
		func() { _, _ = arrivals.stop(nil) },
		func() { _ = os.WriteFile(filepath.Join(arrivals.folder, "late.txt"), nil, 0o600) },
		func() { _ = arrivals.look() },
	} {
		step()
	}
	if fmt.Sprint(fired) != "[arrived letter.txt]" {
		t.Error(fired)
	}
}

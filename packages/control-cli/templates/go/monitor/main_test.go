package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestSaysWhatCame(t *testing.T) {
	heard := []string{}
	arrivals := &Arrivals{folder: t.TempDir(), event: func(name string, payload Object) {
		heard = append(heard, fmt.Sprint(name, payload["files"]))
	}}
	if err := arrivals.poll(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(arrivals.folder, "letter.txt"), []byte("Dear Ada"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(arrivals.folder, "drafts"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := arrivals.poll(); err != nil || fmt.Sprint(heard) != "[arrived[letter.txt]]" {
		t.Errorf("%v, %v", heard, err)
	}
}

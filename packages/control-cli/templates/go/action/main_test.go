package main

import (
	"fmt"
	"path/filepath"
	"testing"
)

func TestWritesALine(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "notes.txt")
	for index, text := range []string{"one", "two"} {
		answer, err := execute(notes, Object{"text": text})
		if wanted := fmt.Sprint(Object{"lines": index + 1}); err != nil || fmt.Sprint(answer) != wanted {
			t.Errorf("%v, %v", answer, err)
		}
	}
}

func TestRefusesWhatIsNoLine(t *testing.T) {
	for _, params := range []Object{nil, {"text": 7}, {"text": "one\ntwo"}} {
		if _, err := execute(filepath.Join(t.TempDir(), "notes.txt"), params); err == nil {
			t.Errorf("%v was taken", params)
		}
	}
}

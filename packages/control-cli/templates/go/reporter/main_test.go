package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMeasuresAFolder(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"letter.txt", ".hidden"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("Dear Ada"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	figures, err := collect(folder, Object{"metrics": []any{"bytes"}})
	if err != nil || figures["bytes"] != int64(8) || len(figures) != 1 {
		t.Errorf("%v, %v", figures, err)
	}
	if text, err := report(folder, Object{"format": "text"}); err != nil || text != "1 files, 8 bytes" {
		t.Errorf("%v, %v", text, err)
	}
	if _, err := collect(folder, Object{"metrics": []any{"love"}}); err == nil {
		t.Error("it measured love")
	}
}

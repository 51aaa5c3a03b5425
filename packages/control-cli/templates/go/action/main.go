// {{does}}. execute is yours; jlp.go speaks the protocol.
package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
)

func execute(notes string, params Object) (any, error) {
	text, ok := params["text"].(string)
	if !ok || text == "" || strings.Contains(text, "\n") {
		return nil, &CallError{"invalid-params", "text is missing, or no line"}
	}
	file, err := os.OpenFile(notes, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if _, err := file.WriteString(text + "\n"); err != nil {
		return nil, err
	}
	all, err := os.ReadFile(notes)
	return Object{"lines": bytes.Count(all, []byte("\n"))}, err
}

func main() {
	notes := filepath.Join(OwnFolder(), "notes.txt")
	Run(Plugin{
		Version: "{{version}}",
		Calls: map[string]map[string]Call{
			"action": {"execute": func(params Object) (any, error) { return execute(notes, params) }},
		},
	})
}

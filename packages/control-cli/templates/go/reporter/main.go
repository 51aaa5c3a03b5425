// {{does}}. collect and report are yours; jlp.go speaks the protocol.
package main

import (
	"fmt"
	"os"
	"strings"
)

var metrics = []Object{
	{"id": "files", "unit": "files", "description": "Files in the folder"},
	{"id": "bytes", "unit": "bytes", "description": "What they hold"},
}

// collect takes {"metrics": ids, "time_range": {"from", "to"}} and gives figures by id.
func collect(folder string, params Object) (Object, error) {
	ids, isList := params["metrics"].([]any)
	if !isList {
		ids = []any{"files", "bytes"}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	counted := map[any]any{"files": int64(0), "bytes": int64(0)}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			counted["files"] = counted["files"].(int64) + 1
			counted["bytes"] = counted["bytes"].(int64) + info.Size()
		}
	}
	figures := Object{}
	for _, id := range ids {
		name, _ := id.(string)
		value, ok := counted[name]
		if !ok {
			return nil, &CallError{"unknown-metric", "there is files, bytes"}
		}
		figures[name] = value
	}
	return figures, nil
}

// report takes {"metrics": ids or figures, "format": "text" or "json"}.
func report(folder string, params Object) (any, error) {
	figures, isCollected := params["metrics"].(map[string]any)
	if !isCollected {
		var err error
		if figures, err = collect(folder, params); err != nil {
			return nil, err
		}
	}
	if params["format"] == "json" {
		return figures, nil
	}
	parts := []string{}
	for _, metric := range metrics {
		if value, ok := figures[metric["id"].(string)]; ok {
			parts = append(parts, fmt.Sprint(value, " ", metric["id"]))
		}
	}
	return strings.Join(parts, ", "), nil
}

func main() {
	folder := Setting("folder", OwnFolder())
	Run(Plugin{
		Version: "{{version}}",
		Calls: map[string]map[string]Call{"analytics": {
			"metrics": func(Object) (any, error) { return metrics, nil },
			"collect": func(params Object) (any, error) { return collect(folder, params) },
			"report":  func(params Object) (any, error) { return report(folder, params) },
		}},
	})
}

// Notices which song is played. Every event is kept; what a segment says of them is what `filter` makes of its songs: how often
// each was played.
import { readFile } from "node:fs/promises";
import { defineMonitor } from "@mimolo/agent-sdk";

let last;

await defineMonitor({
  id: "example.songs",
  version: "1.0.0",
  label: "example_songs",
  dataHeader: "songs",
  // Music says nothing about work: it opens no segment and keeps none open.
  resetsCooldown: false,
  pollEverySeconds: 1,
  emitEvent: async ({ config }) => {
    const song = (await readFile(config.now_playing ?? "now-playing.txt", "utf8").catch(() => "")).trim();
    if (song === "" || song === last) return null;
    last = song;
    return { event: "song_started", payload: { songs: song } };
  },
  filter: (songs) => {
    const played = new Map();
    for (const song of songs) played.set(song, (played.get(song) ?? 0) + 1);
    return [...played].map(([song, times]) => ({ song, times })).toSorted((a, b) => b.times - a.times);
  },
}).run();

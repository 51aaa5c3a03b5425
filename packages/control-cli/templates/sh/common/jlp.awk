# Reads one command, a line on stdin, and prints what a shell can use of it, a line each: its cmd, its id as JSON (or nothing), the
# seconds between two heartbeats (or nothing), the steps of a sequence. A line that is no JSON object gives nothing at all.
# Whoever writes an agent in shell may take this file; it needs no more than POSIX awk. Start it with LC_ALL=C.

BEGIN {
  SPACE = "[ \t\r]*"
  HEX = "[0-9A-Fa-f]"
  STRING = "\"([^\"\\\\]|\\\\[^u]|\\\\u" HEX HEX HEX HEX ")*\""
  NUMBER = "-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?"
}

{
  text = $0
  at = 1
  if (length(text) > 1048576) exit
  take(SPACE)
  if (substr(text, at, 1) != "{" || !value("", 1) || at <= length(text)) exit
  print plain(".cmd")
  print raw[".id"]
  seconds = said("heartbeat_interval_s")
  if (seconds !~ /^[0-9]+([.][0-9]+)?$/ || seconds + 0 == 0) seconds = ""
  print seconds
  steps = (".sequence" in raw) ? raw[".sequence"] : said("sequence")
  gsub(/[^a-z_]+/, " ", steps)
  print steps
}

# A field of params, which may be called args.
function said(name) { return (".params" in raw) ? raw[".params." name] : raw[".args." name] }

function plain(path) { return raw[path] ~ /^"[a-z_]+"$/ ? substr(raw[path], 2, length(raw[path]) - 2) : "" }

# Goes past what matches, and the space behind it. Nearly all is short; looking at all that is left each time would take for ever.
function take(pattern, many) {
  many = match(substr(text, at, 256), "^(" pattern ")") ? RLENGTH : 0
  if (many == 0 || many > 250) many = match(substr(text, at), "^(" pattern ")") ? RLENGTH : 0
  token = substr(text, at, many)
  at += many
  while (substr(text, at, 1) ~ /^[ \t\r]$/) at++
  return many > 0
}

# Goes past a value, and keeps how it was written.
function value(path, depth, from, isTaken, c) {
  from = at
  c = substr(text, at, 1)
  if (depth > 64) isTaken = 0
  else if (c == "{") isTaken = members(path, depth, "}")
  else if (c == "[") isTaken = members(path, depth, "]")
  else if (c == "\"") isTaken = take(STRING)
  else isTaken = take("true|false|null|" NUMBER)
  raw[path] = substr(text, from, at - from)
  sub(/[ \t\r]+$/, "", raw[path])
  return isTaken
}

function members(path, depth, end, name) {
  take("[[{]")
  if (take("[]}]")) return token == end
  do {
    name = "[]"
    if (end == "}") {
      if (!take(STRING)) return 0
      name = substr(token, 2, length(token) - 2)
      if (!take(":")) return 0
    }
    if (!value(path "." name, depth + 1)) return 0
  } while (take(","))
  return take("[]}]") && token == end
}

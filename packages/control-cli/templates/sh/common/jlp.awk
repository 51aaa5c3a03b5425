# What a shell cannot do with JSON. No more than POSIX awk; nothing it prints is meant to be evaluated. Start it with LC_ALL=C.
#   awk -f jlp.awk                          a command on stdin → four lines: its cmd, its id as JSON, words, its params as JSON
#   awk -v type=T -v name=N -f jlp.awk      an object on stdin → its member N, if that is a T (as `take` in jlp.sh says); else exit 1
#   awk -f jlp.awk -- quote TEXT …          → the texts as JSON, with commas between them
# A line that is no JSON object gives nothing at all.

BEGIN {
  HEX = "[0-9A-Fa-f]"
  STRING = "\"([^\"\\\\\001-\037]|\\\\[\"\\\\/bfnrt]|\\\\u" HEX HEX HEX HEX ")*\""
  NUMBER = "-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?"
  TAIL = "[\200-\277]"
  UTF8 = "[\302-\337]" TAIL "|\340[\240-\277]" TAIL "|[\341-\354\356\357]" TAIL TAIL "|\355[\200-\237]" TAIL \
    "|\360[\220-\277]" TAIL TAIL "|[\361-\363]" TAIL TAIL TAIL "|\364[\200-\217]" TAIL TAIL
  SHORT["b"] = "\b"
  SHORT["f"] = "\f"
  SHORT["n"] = "\n"
  SHORT["r"] = "\r"
  SHORT["t"] = "\t"
  for (code = 1; code < 128; code++) codes[sprintf("%c", code)] = code
  if (ARGV[1] == "quote") {
    for (each = 2; each < ARGC; each++) printf "%s%s", (each > 2 ? "," : ""), quoted(ARGV[each])
    isThere = 1
    exit
  }
}

{
  text = $0
  at = 1
  if (length(text) > 1048576) exit
  take("[ \t\r]*")
  if (substr(text, at, 1) != "{" || !value("", 1) || at <= length(text)) exit
  isThere = (name == "") ? command() : member("\n" name)
  exit
}

END { exit !isThere }

function command(cmd) {
  cmd = plain("\ncmd")
  params = ("\nparams" in raw) ? "\nparams" : "\nargs"
  print cmd
  print raw["\nid"]
  print words(cmd)
  print (raw[params] ~ /^{/ ? (cmd == "invoke" ? raw[params "\nparams"] : raw[params]) : "")
  return 1
}

# What is to be known of a command: words of letters, digits and a few signs.
function words(cmd, said, each) {
  if (cmd == "ack") {
    said = raw[params "\nheartbeat_interval_s"]
    return (said ~ /^[0-9.]+$/ && said + 0 > 0 && said + 0 < 1000000) ? int(said) + (said > int(said)) : ""
  }
  if (cmd == "sequence") {
    params = ("\nsequence" in raw) ? "\nsequence" : params "\nsequence"
    for (each = 1; each <= size[params]; each++) said = said " " plain(params "\n" each)
    return said
  }
  if (cmd == "invoke") return plain(params "\ninterface") "." plain(params "\nmethod")
  if (cmd != "committed") return ""
  said = plain(params "\nstream") " " number(params "\nthrough")
  params = params "\nrefused"
  for (each = 1; each <= size[params]; each++)
    said = said " " number(params "\n" each "\nseq") ":" plain(params "\n" each "\ncode")
  return said
}

function plain(path) { return raw[path] ~ /^"[A-Za-z0-9_.-]+"$/ ? substr(raw[path], 2, length(raw[path]) - 2) : "-" }
function number(path) { return raw[path] ~ /^(0|[1-9][0-9]*)$/ && length(raw[path]) < 16 ? raw[path] : "-" }

function member(path, first, each, end, out) {
  if (!(path in raw)) return 0
  first = substr(raw[path], 1, 1)
  if (type == "words") {
    if (first != "[" && first != "{") return 0
    for (each = 1; each <= size[path]; each++) {
      end = path "\n" (first == "{" ? key[path, each] : each)
      if (first == "{" && (raw[end] !~ /^[-0-9]/ || key[path, each] !~ /^[A-Za-z0-9_.-]+$/)) return 0
      if (first == "[" && plain(end) == "-") return 0
      out = out (each > 1 ? " " : "") (first == "{" ? key[path, each] "=" raw[end] : plain(end))
    }
    printf "%s", out
    return 1
  }
  if (type == "json") printf "%s", raw[path]
  else if (type == "string" && first == "\"") printf "%s", unquoted(substr(raw[path], 2, length(raw[path]) - 2))
  else if (type == "number" && first ~ /[-0-9]/) printf "%s", raw[path]
  else return 0
  return 1
}

# Goes past what matches, and the space behind it. Nearly all is short; looking at all that is left each time would take for ever.
function take(pattern, many) {
  many = match(substr(text, at, 256), "^(" pattern ")") ? RLENGTH : 0
  if (many == 0 || many > 250) many = match(substr(text, at), "^(" pattern ")") ? RLENGTH : 0
  token = substr(text, at, many)
  at += many
  while (substr(text, at, 1) ~ /^[ \t\r]$/) at++
  return many > 0
}

# Goes past a value, and keeps how it was written. In a path a line break stands before each name: no name holds one.
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

function members(path, depth, end, called) {
  take("[[{]")
  size[path] = 0
  if (take("[]}]")) return token == end
  do {
    called = ++size[path]
    if (end == "}") {
      if (!take(STRING)) return 0
      called = substr(token, 2, length(token) - 2)
      key[path, size[path]] = called
      if (!take(":")) return 0
    }
    if (!value(path "\n" called, depth + 1)) return 0
  } while (take(","))
  return take("[]}]") && token == end
}

# What is no UTF-8 becomes U+FFFD, on the way out and on the way in.
function quoted(rest, out, c) {
  while (rest != "") {
    c = substr(rest, 1, 1)
    if (match(rest, /^[] !#-[^-~]+/) || match(rest, "^(" UTF8 ")+")) out = out substr(rest, 1, RLENGTH)
    else {
      RLENGTH = 1
      out = out ((c == "\"" || c == "\\") ? "\\" c : c in codes ? sprintf("\\u%04x", codes[c]) : "\\ufffd")
    }
    rest = substr(rest, RLENGTH + 1)
  }
  return "\"" out "\""
}

function unquoted(rest, out, c, code, low) {
  while (match(rest, /\\/)) {
    out = out substr(rest, 1, RSTART - 1)
    c = substr(rest, RSTART + 1, 1)
    rest = substr(rest, RSTART + 2)
    if (c != "u") {
      out = out (c in SHORT ? SHORT[c] : c)
      continue
    }
    code = hex(substr(rest, 1, 4))
    rest = substr(rest, 5)
    if (code >= 55296 && code < 56320 && rest ~ /^\\u[Dd][C-Fc-f]/) {
      low = hex(substr(rest, 3, 4))
      code = 65536 + (code - 55296) * 1024 + low - 56320
      rest = substr(rest, 7)
    }
    out = out utf8(code)
  }
  return out rest
}

function utf8(code) {
  if (code == 0 || (code >= 55296 && code < 57344)) code = 65533
  if (code < 128) return sprintf("%c", code)
  if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
  if (code < 65536) return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
  return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64, 128 + int(code / 64) % 64, 128 + code % 64)
}

function hex(digits, sum, each) {
  for (each = 1; each <= 4; each++) sum = sum * 16 + index("0123456789abcdef", tolower(substr(digits, each, 1))) - 1
  return sum
}

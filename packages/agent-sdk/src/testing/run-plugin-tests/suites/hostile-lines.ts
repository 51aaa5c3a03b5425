// Lines on a plugin's stdin that break every rule there is; none of them may end it.

const DEEP = 5000;
const LONG = 2_000_000;

export function hostileLines(): (string | Uint8Array)[] {
  const lines: (string | Uint8Array)[] = [
    "",
    "{",
    "null",
    "42",
    '"flush"',
    "[]",
    '[{"cmd":"flush"}]',
    "{}",
    '{"cmd":42}',
    '{"cmd":null,"id":[]}',
    '{"cmd":"flush","id":{"a":1}}',
    '{"cmd":"sequence"}',
    '{"cmd":"sequence","sequence":"shutdown"}',
    '{"cmd":"sequence","params":{"sequence":[[],{},null]}}',
    '{"cmd":"throttle","params":{"factor":-1}}',
    '{"cmd":"lifecycle","params":{"phase":"hover"}}',
    '{"cmd":"committed","params":{"stream":7,"through":"all"}}',
    '{"cmd":"invoke","id":"h1"}',
    '{"cmd":"invoke","id":"h2","params":{"interface":[],"method":{}}}',
    '{"cmd":"response","id":"nobody asked","params":{"ok":true}}',
    '{"cmd":"event","params":{"topic":null}}',
    '{"cmd":"__proto__"}',
    '{"__proto__":{"cmd":"shutdown"}}',
    '{"cmd":"constructor","params":{"__proto__":{"polluted":true}}}',
    `{"cmd":"flush","params":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`,
    `{"cmd":"no_such_command","filler":"${"x".repeat(LONG)}"}`,
    Uint8Array.of(0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a),
    "\0\0\0",
    "\r",
  ];
  return lines.map((line) => (typeof line === "string" ? `${line}\n` : line));
}

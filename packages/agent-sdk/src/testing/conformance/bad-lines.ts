// Lines on an agent's stdin that it has to live with, by kind.

export interface BadLines {
  /** Of the step in the scenario. */
  readonly name: string;
  /** Texts without line ends; bytes with theirs. */
  readonly lines: readonly (string | Uint8Array)[];
}

const DEEP = 5000;
/** A collector's own lines may be long: an `ack` holds the agent's settings. */
const LONG = 262_144;

/** The kinds that an agent may well stumble over come last: what follows them is not seen then. */
export const badLines: readonly BadLines[] = [
  { name: "no-json", lines: ["", "{", "hello", '{"cmd":"flu', "\0\0\0", " ", "\r"] },
  { name: "no-object", lines: ["null", "42", '"flush"', "[]", '[{"cmd":"flush"}]', "true"] },
  { name: "no-command", lines: ["{}", '{"cmd":42}', '{"cmd":null,"id":[]}', '{"cmd":["flush"]}', '{"id":"x1"}'] },
  {
    name: "unknown-commands",
    lines: [
      '{"cmd":"no_such_command","id":"x2","params":{"a":1}}',
      '{"cmd":"__proto__"}',
      '{"cmd":"constructor","params":{"__proto__":{"polluted":true}}}',
      '{"cmd":"shutdown_later"}',
    ],
  },
  {
    name: "invalid-utf8",
    lines: [Uint8Array.of(0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a), Buffer.from('{"cmd":"caf\xe9"}\n', "latin1")],
  },
  { name: "long-line", lines: [`{"cmd":"no_such_command","id":"x3","params":{"filler":"${"x".repeat(LONG)}"}}`] },
  {
    name: "deep-nesting",
    lines: [`{"cmd":"no_such_command","params":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}}`, "[".repeat(DEEP)],
  },
  {
    name: "bad-fields",
    lines: [
      '{"cmd":"status","id":{"a":1}}',
      '{"cmd":"sequence"}',
      '{"cmd":"sequence","params":{"sequence":[[],{},null]}}',
      '{"cmd":"status","params":null,"args":7}',
      '{"cmd":"ack","params":{"heartbeat_interval_s":"often"}}',
    ],
  },
];

// What each kind of plugin is, for its plugin.toml and its README.

export const KINDS = ["agent", "monitor", "action", "trigger", "reporter"] as const;
export type Kind = (typeof KINDS)[number];

/** What a command line is made of: the plugin's label or id, and how `mimolo` is called. */
export interface Called {
  readonly label: string;
  readonly mimolo: string;
}

export interface KindFacts {
  /** One sentence that ends in no full stop; `description` in plugin.toml. */
  readonly does: string;
  /** Where its own part begins, for people. */
  readonly change: string;
  readonly interfaces: readonly string[];
  /** Whether it looks into a folder. */
  readonly looks: boolean;
  /** Lines that show that it works, while a collector runs it, once a letter came. */
  readonly see: (called: Called) => readonly string[];
  /** What is in the folder beside what its language has: name and purpose. */
  readonly files?: readonly (readonly [name: string, purpose: string])[];
}

const FOLDER = "`folder` in its settings says which (this one in `mimolo.toml`; without it, its own data folder)";
const evidence = ({ mimolo, label }: Called) => `${mimolo} evidence -f --agent ${label}`;
/** By its label: tried in its folder, nobody has looked at its id yet. */
const invoke = ({ mimolo, label }: Called, asked: string) => `${mimolo} plugin invoke ${label} ${asked}`;

export const kindFacts: Readonly<Record<Kind, KindFacts>> = {
  agent: {
    does: "Counts the files that appear in a folder",
    change: `It looks into a folder every five seconds and says, when asked, how many files came; ${FOLDER}. \`look\` and \`summarize\` are yours to change: look at something else, and say whether that was work.`,
    interfaces: [],
    looks: true,
    see: (called) => [evidence(called)],
  },
  monitor: {
    does: "Says which files appear in a folder",
    change: `It looks into a folder every five seconds, and each time that files came is an event; ${FOLDER}. \`poll\` is yours to change. An event keeps a work segment going (\`resets_cooldown\`).`,
    interfaces: [],
    looks: true,
    see: (called) => [evidence(called)],
  },
  action: {
    does: "Writes a line into a notebook",
    change:
      "It does something when a rule, a person or another plugin asks: here it writes `text` into `notes.txt` in its own folder. `execute` is yours to change; what it returns is the answer.",
    interfaces: ["action"],
    looks: false,
    see: (called) => [invoke(called, `action execute --params '{"text":"hello"}'`)],
  },
  trigger: {
    does: "Fires when a file appears in a folder",
    change: `Started, it looks into a folder every second and fires \`arrived\` for each file that came; ${FOLDER}. What it fires is no evidence: rules act on it, such as the one in \`mimolo.toml\`, and the list of them counts how often. Installed, it needs a rule, too: copy that one into the \`mimolo.toml\` there, with a plugin that acts. \`look\` is yours to change.`,
    interfaces: ["trigger"],
    looks: true,
    see: ({ mimolo }) => [`${mimolo} rules list`],
    files: [[".try/say.mjs", "what the rule in `mimolo.toml` has done: it says a line; no package holds it"]],
  },
  reporter: {
    does: "Tells how many files a folder holds, and how large they are",
    change: `It measures when it is asked: \`files\` and \`bytes\` of a folder; ${FOLDER}. \`collect\` is yours to change, and \`report\`, which puts the figures into words.`,
    interfaces: ["analytics"],
    looks: true,
    see: (called) => [invoke(called, `analytics report --params '{"format":"text"}'`)],
  },
};

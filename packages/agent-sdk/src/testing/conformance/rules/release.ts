// 95x: what a published plugin owes beside what every agent owes.
import { PLUGIN_FOLDER } from "../look-at-plugin.ts";
import { features, marks, messages, shown } from "../reading/lines.ts";
import type { Mark, Recording } from "../recording.ts";
import { broken, type Finding, holds, notApplicable, type Rule } from "../rule.ts";

type Look = Extract<Mark, { what: "plugin-folder" }>;
interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly entry: string;
  readonly interfaces: readonly string[];
  readonly [key: string]: unknown;
}

const PLUGIN_TOML = "The design of packages: plugin.toml, from which the signed manifest is made.";

export const releaseRules: readonly Rule[] = [
  {
    id: "JLP951",
    area: "features",
    title: "Its plugin.toml says what it must",
    required: true,
    release: true,
    says: PLUGIN_TOML,
    why: "Without it there is no package, and nobody can install it.",
    fix: "Correct what is named above; an editor with the schema spec/plugin.schema.json shows it while you type.",
    needs: [PLUGIN_FOLDER],
    judge: withLook(({ faults, manifest }) =>
      faults.length === 0 ? holds(String(manifest?.["id"])) : broken(faults.join("; ")),
    ),
  },
  {
    id: "JLP952",
    area: "features",
    title: "It says the version that its plugin.toml says",
    required: true,
    release: true,
    says: "handshake: agent_version, semver of the agent itself.",
    why: "The evidence names the version that the agent says; it must be the one that was signed.",
    fix: "Keep the version in one place, or change both at each release.",
    needs: [PLUGIN_FOLDER, "first-contact"],
    judge: withManifest((manifest, first) => {
      const [handshake] = messages(first, "handshake");
      if (handshake === undefined) return broken("it sends no valid handshake, and so says no version");
      const said = handshake.message.agent_version;
      if (said === manifest.version) return holds(said);
      return broken(`plugin.toml says ${manifest.version}: ${shown(handshake.line)}`);
    }),
  },
  {
    id: "JLP953",
    area: "features",
    title: "It says what it is, who made it and under which licence",
    required: true,
    release: true,
    says: PLUGIN_TOML,
    why: "People read this before they let it run.",
    fix: "Give [plugin] a description, an author and a license.",
    needs: [PLUGIN_FOLDER],
    judge: withManifest((manifest) => {
      const lacking = ["description", "author", "license"].filter((field) => manifest[field] === undefined);
      return lacking.length === 0 ? holds("all three") : broken(`[plugin] has no ${lacking.join(", no ")}`);
    }),
  },
  {
    id: "JLP954",
    area: "features",
    title: "The program that its plugin.toml names is there",
    required: true,
    release: true,
    says: PLUGIN_TOML,
    why: "The package would install, and never start.",
    fix: "Build it first, and name the built file in entry (or binary).",
    needs: [PLUGIN_FOLDER],
    judge: withManifest((manifest, _first, { files }) => {
      const entry = entryOf(manifest);
      return files.includes(entry) ? holds(entry) : broken(`there is no file ${entry}`);
    }),
  },
  {
    id: "JLP955",
    area: "features",
    title: "It offers the interfaces that its plugin.toml names",
    required: true,
    release: true,
    says: "metadata: data.provides[]; invoke only to agents that announced it.",
    why: "The collector calls it by what plugin.toml says.",
    fix: 'Announce "invoke" in capabilities when interfaces are named, and name each interface you answer.',
    needs: [PLUGIN_FOLDER, "first-contact"],
    judge: withManifest((manifest, first) => {
      if (manifest.interfaces.length === 0) return notApplicable("it names none");
      if (!features(first).includes("invoke")) return broken("its handshake does not announce invoke");
      const told = messages(first, "metadata")[0]?.message.data.interfaces;
      if (!Array.isArray(told)) return holds("it announces invoke");
      const missing = manifest.interfaces.filter((name) => !told.includes(name));
      return missing.length === 0 ? holds(told.join(", ")) : broken(`its metadata do not name ${missing.join(", ")}`);
    }),
  },
  {
    id: "JLP956",
    area: "features",
    title: "Its evidence survives a crash",
    required: false,
    release: true,
    says: "Durable acks: a record is written to the spool before it is sent, and kept until committed names it.",
    why: "Without it what was sent while the collector fell over is lost.",
    fix: 'Keep a spool and announce "durable_ack"; the SDK does it by itself, for Python and Go there are examples to take from.',
    needs: [PLUGIN_FOLDER, "first-contact"],
    judge: withManifest((_manifest, first) => {
      if (messages(first, "summary").length === 0) return notApplicable("it sends no summaries");
      return features(first).includes("durable_ack")
        ? holds("durable_ack")
        : broken("it does not announce durable_ack");
    }),
  },
  {
    id: "JLP957",
    area: "features",
    title: "It comes with a README",
    required: false,
    release: true,
    says: PLUGIN_TOML,
    why: "Whoever wonders what it observes looks there first.",
    fix: "Write a README.md: what it observes, what it never does, its settings.",
    needs: [PLUGIN_FOLDER],
    judge: withLook(({ files }) =>
      files.some((name) => /^readme(?:\.[a-z]+)?$/i.test(name)) ? holds("README") : broken("there is none"),
    ),
  },
  {
    id: "JLP958",
    area: "features",
    title: "It comes with tests of its own",
    required: false,
    release: true,
    says: PLUGIN_TOML,
    why: "They tell you before your users do.",
    fix: "Put one into test/; runPluginTests and the kit do most of it.",
    needs: [PLUGIN_FOLDER],
    judge: withLook(({ files }) => {
      const test = files.find((name) => /(?:^|\/)(?:tests?\/|test[_-]|tests?\.[a-z]+$|[^/]*[._-]test\.)/i.test(name));
      return test === undefined ? broken("there are none") : holds(test);
    }),
  },
  {
    id: "JLP959",
    area: "features",
    title: "Its defaults are settings that its own schema allows",
    required: true,
    release: true,
    says: PLUGIN_TOML,
    why: "The settings are judged by this schema: with such defaults the plugin is refused before the user has set anything.",
    fix: "Correct [plugin.defaults] or the schema that config_schema names; what the user has to set himself may be missing.",
    needs: [PLUGIN_FOLDER],
    judge: withLook(({ unfit_defaults: unfit }) => {
      if (unfit === undefined) return notApplicable("it has no config_schema");
      return unfit.length === 0 ? holds("its defaults fit") : broken(unfit.join("; "));
    }),
  },
  {
    id: "JLP960",
    area: "features",
    title: "Its folder gives the same package before it has run and after",
    required: true,
    release: true,
    says: "The same files give the same bytes; what is signed is the digest of every file.",
    why: "Nobody can build again what you signed if the folder changes by itself; and what the agent writes beside its program is packed along.",
    fix: "Correct what packing complains of; let the agent write into MIMOLO_AGENT_DATA_DIR only.",
    needs: [PLUGIN_FOLDER, "first-contact"],
    judge: withLook(({ packs, faults, manifest, files }) => {
      if (packs === undefined) return notApplicable("nobody packed it");
      if (faults.length > 0 || manifest === null) return notApplicable("there is nothing to pack: see JLP951");
      if (!files.includes(entryOf(manifest))) return notApplicable("there is no program to pack: see JLP954");
      const complaints = packs.flatMap((pack) => ("fault" in pack ? [pack.fault] : []));
      if (complaints[0] !== undefined) return broken(complaints[0]);
      const digests = packs.flatMap((pack) => ("sha256" in pack ? [pack.sha256.slice(0, 16)] : []));
      return new Set(digests).size === 1 ? holds(`${digests[0]}…`) : broken(`${digests.join("…, then ")}…`);
    }),
  },
];

function entryOf({ entry }: Readonly<Record<string, unknown>>): string {
  return String(entry).replace(/^\.\//, "");
}

function withLook(judge: (look: Look) => Finding): (recordings: readonly Recording[]) => Finding {
  return (recordings) => {
    const look = recordings.flatMap((recording) => marks(recording, "plugin-folder"))[0];
    return look === undefined ? notApplicable("nobody looked at its folder") : judge(look);
  };
}

function withManifest(
  judge: (manifest: Manifest, first: Recording, look: Look) => Finding,
): (recordings: readonly Recording[]) => Finding {
  return (recordings) => {
    const first = recordings.find(({ scenario }) => scenario === "first-contact");
    return withLook((look) => {
      if (look.manifest === null) return notApplicable("its plugin.toml cannot be read: see JLP951");
      if (first === undefined) return notApplicable("the scenario first-contact was not run");
      return judge(look.manifest as unknown as Manifest, first, look);
    })(recordings);
  };
}

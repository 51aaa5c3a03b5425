import { isDeepStrictEqual } from "node:util";
import type { WantedNews } from "../agents/news.ts";
import type { RuleConfig } from "../config/index.ts";
import { fitsSource, type Rule, ruleOf } from "./rule.ts";
import type { Source } from "./happening.ts";

const NO_RULES: readonly Rule[] = [];
/** One object for all who are of no interest. */
const NOTHING: WantedNews = { summaries: false, events: false };

/** The rules that hold, found by what they wait for. */
export class RuleBook {
  readonly rules: readonly Rule[];
  readonly #bySource = new Map<Source, readonly Rule[]>();
  readonly #wanted = new Map<string, WantedNews>();

  constructor(configs: readonly RuleConfig[]) {
    this.rules = configs.map(ruleOf);
  }

  named(name: string): Rule | undefined {
    return this.rules.find((rule) => rule.name === name);
  }

  /** Those that wait for something of this kind, in the order of the configuration. */
  waitingFor(source: Source): readonly Rule[] {
    if (this.rules.length === 0) return NO_RULES;
    let rules = this.#bySource.get(source);
    if (rules === undefined) {
      rules = this.rules.filter(({ config }) => fitsSource(config.when.source, source));
      this.#bySource.set(source, rules);
    }
    return rules;
  }

  /** Which messages of an agent some rule has to see. */
  wants(label: string): WantedNews {
    if (this.rules.length === 0) return NOTHING;
    let wanted = this.#wanted.get(label);
    if (wanted === undefined) this.#wanted.set(label, (wanted = this.#wants(label)));
    return wanted;
  }

  /** The names of rules that stand there under the same name and are others. */
  changedFrom(before: RuleBook): ReadonlySet<string> {
    const changed = this.rules.filter(({ name, config }) => {
      const was = before.named(name);
      return was !== undefined && !isDeepStrictEqual(was.config, config);
    });
    return new Set(changed.map(({ name }) => name));
  }

  #wants(label: string): WantedNews {
    const isWanted = (source: Source) =>
      this.waitingFor(source).some(({ config, fitsAgent }) => {
        const { agent } = config.when;
        return agent === undefined || agent.includes(".") || fitsAgent(label);
      });
    const summaries = isWanted("summary");
    const events = isWanted("event") || isWanted("trigger");
    return summaries || events ? { summaries, events } : NOTHING;
  }
}

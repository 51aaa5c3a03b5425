import type { RulesReport, RulesTestReport } from "@mimolo/protocol";
import type { AgentChange } from "@mimolo/supervisor";
import type { CollectedAgent } from "../agents/agent.ts";
import type { WantedNews } from "../agents/news.ts";
import type { PlatformAround } from "../platform/platform-around.ts";
import { AgentChanges, type ChangedAgent } from "./agent-changes.ts";
import type { Happening } from "./happening.ts";
import { RuleBook } from "./rule-book.ts";
import { rulesReport } from "./rules-report.ts";
import { RuleRunner } from "./runs/runner.ts";
import { troubleOf } from "./trouble.ts";
import { tryRules } from "./try-rules.ts";

/** The rules of a collector that runs. */
export interface Rules {
  /** What of this agent's evidence some rule looks into. */
  wants(label: string): WantedNews;
  /** Returns at once; nothing is run in the caller's turn. */
  happened(happening: Happening): void;
  /** The same, of an agent that is in another state or health. */
  changed(agent: ChangedAgent, change: AgentChange): void;
  report(): RulesReport;
  /** What each rule would do; does nothing. Throws `CollectorError` `invalid-parameter` for what is no event. */
  test(event: unknown): RulesTestReport;
  /** Goes by the configuration as it is now. */
  configured(): void;
  /** Resolves when what was begun is over, or had its time. */
  close(): Promise<void>;
}

const ON_THE_WAY_UP: ReadonlySet<string> = new Set(["planned", "starting", "handshaking"]);

/** Makes the rules of the configuration work. */
export function openRules({ parts, opened, agents, clock, calls, causes, audit, say }: PlatformAround): Rules {
  const runner = new RuleRunner({
    clock,
    calls,
    causes,
    audit,
    clean: (text) => opened.clean(text),
    say,
    isComing: (plugin) =>
      agents.all().some((agent) => isNamed(agent, plugin) && ON_THE_WAY_UP.has(agent.snapshot.state)),
    pluginOf: (label) => agents.find(label)?.plan.pluginId,
  });
  const said = new Map<string, string>();
  const sayTrouble = () => {
    const { config, plans } = parts;
    for (const rule of config.rules) {
      const trouble = troubleOf(rule, plans, config);
      if (trouble === null) said.delete(rule.name);
      else if (said.get(rule.name) !== trouble) {
        said.set(rule.name, trouble);
        const message = `rule "${rule.name}" cannot run: ${trouble}`;
        say({ type: "collector", level: "warning", code: "rule-trouble", message });
      }
    }
  };
  const configured = () => {
    runner.adopt(new RuleBook(parts.config.rules));
    sayTrouble();
  };
  configured();
  const changes = new AgentChanges();
  const plansNow = () => agents.all().map(({ plan }) => plan);
  return {
    wants: (label) => runner.book.wants(label),
    happened: (happening) => runner.happened(happening),
    changed: (agent, change) => {
      for (const happening of changes.happenings(agent, change, clock.wallMs())) runner.happened(happening);
    },
    report: () => rulesReport(parts.config, plansNow(), (name) => runner.runsOf(name)),
    test: (event) =>
      tryRules(runner.book.rules, event, { config: parts.config, plans: plansNow(), nowMs: clock.wallMs() }),
    configured,
    close: () => runner.close(),
  };
}

function isNamed({ label, plan }: CollectedAgent, plugin: string): boolean {
  return label === plugin || plan.pluginId === plugin;
}

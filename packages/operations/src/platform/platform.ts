// The business of plugins with each other and with whoever looks at them: calls, requests, rules, widgets and what it all costs.
import { grantCommand } from "../allow-command.ts";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { Artifacts } from "../artifacts/artifacts.ts";
import { openArtifacts, type OpenedArtifacts } from "../artifacts/open-artifacts.ts";
import type { CallAnswer } from "../calls/plugin-call.ts";
import { PluginCalls } from "../calls/plugin-calls.ts";
import { Causes } from "../causes/causes.ts";
import { Cuts } from "../causes/cuts.ts";
import { everyStep } from "../every-step.ts";
import type { Opened } from "../opened.ts";
import type { RunParts } from "../run-parts.ts";
import type { PluginControl, RunningPlugins } from "../plugins/switch/plugin-control.ts";
import type { Archive } from "../reading/archive.ts";
import { openRequests, type Requests } from "../requests/open-requests.ts";
import { openRules, type Rules } from "../rules/open-rules.ts";
import { openTelemetry, type Telemetry } from "../telemetry/open-telemetry.ts";
import { Widgets } from "../widgets/widgets.ts";
import { NewsDesk } from "./news-desk.ts";
import type { PlatformAround } from "./platform-around.ts";
import { SettingsJudges } from "./settings-judges.ts";
import { runningPlugins } from "./running-plugins.ts";
import { Triggers } from "./triggers.ts";

export interface PlatformOptions {
  readonly parts: RunParts;
  readonly opened: Opened;
  readonly archive: Archive;
  readonly control: PluginControl;
}

export class Platform {
  readonly calls: PluginCalls;
  readonly requests: Requests;
  readonly rules: Rules;
  readonly telemetry: Telemetry;
  readonly widgets: Widgets;
  readonly artifacts: Artifacts;
  /** As embedders and the control API ask them. */
  readonly plugins: RunningPlugins;
  readonly #opened: Opened;
  readonly #artifacts: OpenedArtifacts;
  readonly #desk: NewsDesk;
  readonly #settings: SettingsJudges;

  constructor({ parts, opened, archive, control }: PlatformOptions) {
    const { clock, directory, events } = parts;
    const { agents, journal, say, audit } = opened;
    this.#opened = opened;
    this.widgets = new Widgets({
      clock,
      agent: (label) => agents.get(label),
      commit: () => journal.commit(),
      through: () => journal.ledger.committedSeq,
    });
    const cuts = new Cuts({ clock, say, audit });
    const causes = new Causes({ clock, cut: (chain) => cuts.note(chain) });
    this.calls = new PluginCalls({
      agents,
      causes,
      clock,
      known: (asked) => parts.effect.known(parts.current.written, [asked]).map(({ id }) => id),
      grantCommand: (id, missing) => grantCommand(id, missing, parts.planner.ground.place),
      commanded: (report) => events.emit("plugin:command", report),
    });
    this.#settings = new SettingsJudges({ agents, calls: this.calls, env: parts.options.env ?? process.env });
    const base = {
      parts,
      opened,
      agents,
      clock,
      directory,
      events,
      say,
      audit,
      causes,
      archive,
      control: () => control,
    };
    const upon = { ...base, calls: this.calls };
    this.telemetry = openTelemetry(upon);
    this.#artifacts = openArtifacts(upon);
    this.artifacts = this.#artifacts.artifacts;
    const around: PlatformAround = { ...upon, telemetry: this.telemetry, artifacts: this.artifacts };
    this.requests = openRequests(around);
    this.rules = openRules(around);
    this.calls.onFinished((call) => this.telemetry.called(call));
    this.plugins = runningPlugins(control, this);
    this.#desk = new NewsDesk({
      clock,
      events,
      causes,
      calls: this.calls,
      requests: this.requests,
      rules: this.rules,
      triggers: new Triggers({ calls: this.calls, say }),
    });
  }

  /** Listens to what agents say. */
  begin(): void {
    this.#opened.listeners.news = this.#desk;
    this.#desk.begin();
  }

  /** What the agent that runs makes of the settings of this plan; `null` when nobody is there to ask. */
  judged(plan: AgentPlan): Promise<CallAnswer> | null {
    return this.#settings.judged(plan);
  }

  /** Ends what plugins do for each other; what the agents that still run ask is answered. */
  async close(): Promise<void> {
    this.#opened.listeners.news = this.#desk.parting();
    this.#desk.close();
    await this.rules.close();
  }

  /** After the last agent. */
  async closeLast(): Promise<void> {
    await everyStep([() => this.#artifacts.close(), () => this.requests.close(), () => this.telemetry.close()]);
  }
}

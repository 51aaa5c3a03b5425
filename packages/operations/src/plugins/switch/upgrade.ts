// Another version of an installed plugin, from the registries.
import type { BuiltinPlugin, InstallReport, UpgradeReport } from "@mimolo/protocol";
import { readSources } from "@mimolo/trust/registry";
import { CollectorError } from "../../error.ts";
import type { TrustDesk } from "../../trust/trust-desk.ts";
import type { FoundPlugin } from "../found-plugin.ts";
import { knownHere } from "../registry/known-here.ts";
import { planInstall } from "../registry/plan-install.ts";
import { upgradesFor } from "../registry/upgrades.ts";
import type { UpgradeRequest } from "./plugin-control.ts";

export interface UpgradeParts {
  readonly desk: Pick<TrustDesk, "install">;
  readonly root: string;
  readonly builtins: readonly BuiltinPlugin[];
  /** Plugins that lie about: they may be what it needs. */
  found(): readonly FoundPlugin[];
  /** `[registry] sources`. */
  sources(): readonly string[];
  nowMs(): number;
}

/** Brings in the newest version offered, or the one asked for, and what it needs before it. Throws `CollectorError`:
 *  `not-installed`, `not-offered`, `dependency`, and whatever the desk refuses. */
export async function upgraded(id: string, request: UpgradeRequest, parts: UpgradeParts): Promise<UpgradeReport> {
  const { desk, root, builtins, found, sources, nowMs } = parts;
  const { offers, problems } = readSources(sources());
  const { installed, known, fixed } = knownHere(root, builtins, found());
  const here = installed.find((plugin) => plugin.id === id);
  if (here === undefined) {
    const hint = fixed.includes(id) ? "it is upgraded with MiMoLo itself" : `mimolo plugin install ${id}`;
    throw new CollectorError("not-installed", `${id} is not installed`, hint);
  }
  const others = known.filter((one) => !installed.includes(one));
  const [offered] = upgradesFor([here], offers, [...installed.filter((one) => one !== here), ...others]);
  const range = request.version ?? offered?.offer?.version;
  if (range === undefined) {
    const why = offered?.held?.fault.message;
    if (why === undefined) return { upgrades: [], problems: [...problems] };
    throw new CollectorError("dependency", why, "upgrade what needs it first: mimolo plugin upgrade", {
      reason: "conflict",
    });
  }
  const plan = await planInstall(offers, { id, range, known, fixed });
  if (!plan.ok) {
    const reason = plan.faults[0]?.code;
    const hint = `mimolo plugin info ${id} shows what is offered`;
    throw new CollectorError(plan.code, plan.message, hint, reason === undefined ? {} : { reason });
  }
  const alongside = plan.packages.map(({ offer }) => offer.pluginId);
  const reports: InstallReport[] = [];
  for (const { offer, path } of plan.packages) {
    const own = offer.pluginId === id;
    const { grants, acceptDowngrade, by } = request;
    reports.push(
      await desk.install({
        pluginId: offer.pluginId,
        path,
        grants,
        mayWait: grants === undefined,
        acceptDowngrade: own ? acceptDowngrade : undefined,
        alongside,
        by,
      }),
    );
  }
  const at = new Date(nowMs()).toISOString();
  const upgrades = reports
    .filter(({ changed }) => changed)
    .map(({ plugin_id, replaced, version }) => {
      const message = `${plugin_id} ${replaced ?? ""} is ${version} now`.replace("  ", " ");
      return { plugin_id, from: replaced ?? "", to: version, outcome: "upgraded" as const, message, at };
    });
  return { upgrades, problems: [...problems] };
}

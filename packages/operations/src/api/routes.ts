import type { Api } from "./route.ts";
import { agentRoutes } from "./routes/agents.ts";
import { amendingRoutes } from "./routes/amending.ts";
import { auditRoutes } from "./routes/audit.ts";
import { collectorRoutes } from "./routes/collector.ts";
import { configurationRoutes } from "./routes/configuration.ts";
import { evidenceRoutes } from "./routes/evidence.ts";
import { grantRoutes } from "./routes/grants.ts";
import { invokeRoutes } from "./routes/invoke.ts";
import { keyRoutes } from "./routes/keys.ts";
import { messageRoutes } from "./routes/messages.ts";
import { pluginLifeRoutes } from "./routes/plugin-life.ts";
import { pluginRoutes } from "./routes/plugins.ts";
import { ruleRoutes } from "./routes/rules.ts";
import { telemetryRoutes } from "./routes/telemetry.ts";
import type { CollectorView } from "./view.ts";

/** Every path there is, below `/api/v1`. */
export function routes(api: Api, view: CollectorView): void {
  collectorRoutes(api, view);
  agentRoutes(api, view);
  configurationRoutes(api, view);
  evidenceRoutes(api, view);
  amendingRoutes(api, view);
  keyRoutes(api, view);
  grantRoutes(api, view);
  pluginRoutes(api, view);
  pluginLifeRoutes(api, view);
  messageRoutes(api, view);
  invokeRoutes(api, view);
  auditRoutes(api, view);
  ruleRoutes(api, view);
  telemetryRoutes(api, view);
}

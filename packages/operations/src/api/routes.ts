import type { AccessDesk } from "./access-desk.ts";
import { loginRoutes } from "./login/login-routes.ts";
import type { Api } from "./route.ts";
import { agentRoutes } from "./routes/agents.ts";
import { amendingRoutes } from "./routes/amending.ts";
import { artifactRoutes } from "./routes/artifacts.ts";
import { auditRoutes } from "./routes/audit.ts";
import { collectorRoutes } from "./routes/collector.ts";
import { configurationRoutes } from "./routes/configuration.ts";
import { evidenceRoutes } from "./routes/evidence.ts";
import { grantRoutes } from "./routes/grants.ts";
import { installRoutes } from "./routes/install.ts";
import { invokeRoutes } from "./routes/invoke.ts";
import { keyRoutes } from "./routes/keys.ts";
import { messageRoutes } from "./routes/messages.ts";
import { pluginLifeRoutes } from "./routes/plugin-life.ts";
import { pluginRoutes } from "./routes/plugins.ts";
import { reportRoutes } from "./routes/reports.ts";
import { ruleRoutes } from "./routes/rules.ts";
import { telemetryRoutes } from "./routes/telemetry.ts";
import { widgetRoutes } from "./routes/widgets.ts";
import type { CollectorView } from "./view.ts";

/** Every path there is, below `/api/v1`. */
export function routes(api: Api, view: CollectorView, { login, confirmations }: AccessDesk): void {
  collectorRoutes(api, view);
  agentRoutes(api, view);
  configurationRoutes(api, view);
  evidenceRoutes(api, view);
  amendingRoutes(api, view);
  keyRoutes(api, view);
  grantRoutes(api, view, confirmations);
  pluginRoutes(api, view);
  installRoutes(api, view);
  pluginLifeRoutes(api, view);
  messageRoutes(api, view);
  invokeRoutes(api, view);
  auditRoutes(api, view);
  ruleRoutes(api, view);
  telemetryRoutes(api, view);
  loginRoutes(api, login);
  reportRoutes(api, view);
  widgetRoutes(api, view);
  artifactRoutes(api);
}

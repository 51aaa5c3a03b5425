import type { AccessDesk } from "./login/access-desk.ts";
import { loginRoutes } from "./login/login-routes.ts";
import { documentRoute } from "./document/document-route.ts";
import { metricsRoute } from "./metrics/metrics-route.ts";
import type { ApiFigures } from "./metrics/seen.ts";
import type { Api } from "./route.ts";
import { agentRoutes } from "./routes/agents.ts";
import { amendingRoutes } from "./routes/amending.ts";
import { artifactRoutes } from "./routes/artifacts.ts";
import { auditRoutes } from "./routes/audit.ts";
import { collectorRoutes } from "./routes/collector.ts";
import { configurationRoutes } from "./routes/configuration.ts";
import { eventsRoute } from "./routes/events.ts";
import { evidenceRoutes } from "./routes/evidence.ts";
import { grantRoutes } from "./routes/grants.ts";
import { installRoutes } from "./routes/install.ts";
import { invokeRoutes } from "./routes/invoke.ts";
import { keyRoutes } from "./routes/keys.ts";
import { messageRoutes } from "./routes/messages.ts";
import { pluginLifeRoutes } from "./routes/plugin-life.ts";
import { pluginRoutes } from "./routes/plugins.ts";
import { privacyRoutes } from "./routes/privacy.ts";
import { reportRoutes } from "./routes/reports.ts";
import { ruleRoutes } from "./routes/rules.ts";
import { telemetryRoutes } from "./routes/telemetry.ts";
import { timelineRoutes } from "./routes/timeline.ts";
import { widgetRoutes } from "./routes/widgets.ts";
import type { CollectorView } from "./view.ts";

/** What routes are made of. */
export interface RouteParts {
  readonly view: CollectorView;
  readonly desk: AccessDesk;
  /** What the API itself counts. */
  readonly figures: () => ApiFigures;
  /** These routes, as OpenAPI has them. */
  readonly document: () => Promise<object>;
}

/** Every path there is, below `/api/v1`. */
export function routes(api: Api, { view, desk, figures, document }: RouteParts): void {
  collectorRoutes(api, view);
  timelineRoutes(api, view);
  agentRoutes(api, view);
  configurationRoutes(api, view, desk.confirmations);
  evidenceRoutes(api, view);
  amendingRoutes(api, view);
  privacyRoutes(api, view);
  keyRoutes(api, view);
  grantRoutes(api, view, desk.confirmations);
  pluginRoutes(api, view);
  installRoutes(api, view);
  pluginLifeRoutes(api, view);
  messageRoutes(api, view);
  invokeRoutes(api, view);
  auditRoutes(api, view);
  ruleRoutes(api, view);
  telemetryRoutes(api, view);
  loginRoutes(api, desk.login);
  reportRoutes(api, view);
  widgetRoutes(api, view);
  artifactRoutes(api, view);
  eventsRoute(api);
  metricsRoute(api, view, figures);
  documentRoute(api, document);
}

// 9xx below 950: what it announced in its handshake, it has to do.
import type { Rule } from "../../rule.ts";
import { callRules } from "./calls.ts";
import { deliveryRules } from "./deliveries.ts";
import { monitorRules } from "./monitors.ts";
import { phaseRules } from "./phases.ts";
import { throttleRules } from "./throttles.ts";
import { widgetRules } from "./widgets.ts";

export const featureRules: readonly Rule[] = [
  phaseRules,
  throttleRules,
  widgetRules,
  callRules,
  deliveryRules,
  monitorRules,
].flat();

import { Agent } from "./base.mjs";

new Agent().with("durable_ack", "lifecycle", "widget_frame", "invoke", "events", "segment").run();

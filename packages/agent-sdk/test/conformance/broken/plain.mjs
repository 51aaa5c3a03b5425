import { Agent } from "./base.mjs";

new Agent().run();

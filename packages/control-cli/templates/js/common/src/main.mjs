import { plugin } from "./plugin.mjs";

// One CommonJS file starts fastest: no await out here.
void plugin().run();

import { plugin } from "./plugin.ts";

// One CommonJS file starts fastest: no await out here.
void plugin().run();

import { defineAction } from "@mimolo/agent-sdk";

// An action that does nothing, bundled with all it needs, as plugins are shipped: what a call to it takes is the call's own.
void defineAction({ id: "bench.action", version: "1.0.0", execute: () => null }).run();

import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_sequence(command, params) {
    const steps = command.sequence ?? params.sequence;
    if (Array.isArray(steps)) super.on_sequence({ ...command, sequence: steps.toReversed() }, params);
  }
}

new Broken().run();

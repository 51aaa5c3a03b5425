// The executable.
import { midiAction } from "./action.ts";

void midiAction().run();

// Which window is in front, and what it says of itself.
import {
  ATOM,
  getInputFocus,
  getProperty,
  type Property,
  PROPERTY_CHANGE,
  propertyIn,
  queryTree,
  selectEvents,
} from "../x11/requests.ts";
import type { Screen } from "../x11/screen.ts";

/** A window as it is told of. */
export interface SeenWindow {
  /** Of the program, such as `Firefox`; `null` where the window does not say. */
  readonly class: string | null;
  /** `null` unless titles are wanted. */
  readonly title: string | null;
}

const DEEPEST = 16;
const LONGEST_TITLE = 200;
const NONE = 0;
const WHEREVER_THE_POINTER_IS = 1;

/** Looks at one screen. */
export class Focus {
  readonly #screen: Screen;
  #window = NONE;

  /** `changed` is called when another window may be in front, or the one in front may have another title. */
  constructor(screen: Screen, changed: () => void) {
    this.#screen = screen;
    const PROPERTY_NOTIFY = 28;
    screen.client.onEvent = (event) => {
      // The highest bit says that another program sent it.
      if (((event[0] ?? 0) & 0x7f) === PROPERTY_NOTIFY)
        void this.#judge(event.readUInt32LE(8)).then((is) => is && changed());
    };
    screen.client.tell(selectEvents(screen.root, PROPERTY_CHANGE));
  }

  /** The window in front; `null` when none is. Rejects when the screen is gone. */
  async look({ titles }: { readonly titles: boolean }): Promise<SeenWindow | null> {
    const window = await this.#inFront();
    this.#watch(window, titles);
    const given = window === NONE ? null : await this.#screen.client.ask(getProperty(window, ATOM.WM_CLASS));
    // Named in front and refused: it was closed, and nobody has said what took its place.
    if (given === null) return null;
    return { class: classIn(propertyIn(given)), title: titles ? await this.#title(window) : null };
  }

  /** Whether a property that changed can matter. */
  async #judge(atom: number): Promise<boolean> {
    try {
      const names = ["_NET_ACTIVE_WINDOW", "_NET_WM_NAME"].map((name) => this.#screen.atom(name));
      return atom === ATOM.WM_NAME || (await Promise.all(names)).includes(atom);
    } catch {
      // The screen is gone; whoever looks next is told.
      return false;
    }
  }

  /** What the window manager says, else whoever gets what is typed. */
  async #inFront(): Promise<number> {
    const active = await this.#property(this.#screen.root, await this.#screen.atom("_NET_ACTIVE_WINDOW"));
    if (active !== null && active.value.length >= 4) return active.value.readUInt32LE(0);
    const focused = (await this.#screen.client.ask(getInputFocus()))?.readUInt32LE(8) ?? NONE;
    if (focused === WHEREVER_THE_POINTER_IS || focused === this.#screen.root) return NONE;
    return this.#ownerOf(focused);
  }

  /** The window around a part of it that says whose it is. */
  async #ownerOf(part: number): Promise<number> {
    let window = part;
    for (let depth = 0; depth < DEEPEST && window !== NONE && window !== this.#screen.root; depth += 1) {
      if ((await this.#property(window, ATOM.WM_CLASS)) !== null) return window;
      window = (await this.#screen.client.ask(queryTree(window)))?.readUInt32LE(12) ?? NONE;
    }
    return part;
  }

  /** Hears of new titles of the window in front only. */
  #watch(window: number, titles: boolean): void {
    const wanted = titles ? window : NONE;
    if (wanted === this.#window) return;
    if (this.#window !== NONE) this.#screen.client.tell(selectEvents(this.#window, 0));
    if (wanted !== NONE) this.#screen.client.tell(selectEvents(wanted, PROPERTY_CHANGE));
    this.#window = wanted;
  }

  async #title(window: number): Promise<string | null> {
    const modern = await this.#property(window, await this.#screen.atom("_NET_WM_NAME"));
    const found = modern ?? (await this.#property(window, ATOM.WM_NAME));
    if (found === null) return null;
    const text = found.value.toString(found.type === ATOM.STRING ? "latin1" : "utf8");
    return text
      .replaceAll(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, LONGEST_TITLE);
  }

  async #property(window: number, atom: number): Promise<Property | null> {
    const reply = await this.#screen.client.ask(getProperty(window, atom));
    return reply === null ? null : propertyIn(reply);
  }
}

/** Two names stand in it, each with a zero behind: that of this copy of the program, and that of the program. */
function classIn(property: Property | null): string | null {
  const [instance = "", program = ""] = property?.value.toString("latin1").split("\0") ?? [];
  const name = program === "" ? instance : program;
  return name === "" ? null : name;
}

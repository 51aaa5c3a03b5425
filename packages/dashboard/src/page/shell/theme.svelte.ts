export const THEMES = ["device", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "mimolo.theme";

/** Dark or light, by the device unless the reader says so; reactive, kept in this browser. */
export class ThemeChoice {
  #chosen = $state<Theme>(THEMES.find((each) => each === localStorage.getItem(KEY)) ?? "device");
  readonly #prefersDark = matchMedia("(prefers-color-scheme: dark)");
  #deviceIsDark = $state(this.#prefersDark.matches);

  constructor() {
    this.#prefersDark.addEventListener("change", ({ matches }) => (this.#deviceIsDark = matches));
    this.#show();
  }

  get chosen(): Theme {
    return this.#chosen;
  }

  /** What is shown now; for canvases and frames, which have no `light-dark()`. */
  get shown(): "light" | "dark" {
    if (this.#chosen !== "device") return this.#chosen;
    return this.#deviceIsDark ? "dark" : "light";
  }

  choose(theme: Theme): void {
    this.#chosen = theme;
    localStorage.setItem(KEY, theme);
    this.#show();
  }

  /** The next of the three. */
  turn(): void {
    this.choose(THEMES[(THEMES.indexOf(this.#chosen) + 1) % THEMES.length] ?? "device");
  }

  #show(): void {
    const { dataset } = document.documentElement;
    if (this.#chosen === "device") delete dataset["theme"];
    else dataset["theme"] = this.#chosen;
  }
}

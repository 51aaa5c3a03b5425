// The one writer of both forms. It only writes what a parser reads back as the very same tree: no element closes, moves
// or adds another, so what was checked here is what a browser shows, wherever it parses it.
import type { WidgetTag } from "@mimolo/protocol";
import { artifactToken } from "./artifact-address.ts";
import { allowedValue } from "./attributes.ts";
import { checkBytes, checkDepth, NodeCount } from "./caps.ts";
import { escapeHtml, plainText } from "./escape.ts";
import type { FragmentElement, FragmentNode } from "./fragment.ts";
import { listItems } from "./list-items.ts";
import type { WidgetPolicy } from "./policy.ts";
import { tableRows } from "./table-rows.ts";

/** What was written. `artifacts` are the tokens of its pictures, each once. */
export interface WrittenWidget {
  readonly html: string;
  readonly artifacts: readonly string[];
  readonly nodes: number;
}

/** Writes the nodes. Throws a `WidgetRefusal` when the result is above the caps. */
export function writeFragment(nodes: readonly FragmentNode[], policy: WidgetPolicy): WrittenWidget {
  const writer = new FragmentWriter(policy);
  writer.write(nodes, { holds: "anything", isInLink: false, depth: 1 });
  return writer.written();
}

/** Where nodes stand. In a paragraph or heading there are only texts, spans, links and pictures. */
interface Place {
  readonly holds: "anything" | "text";
  readonly isInLink: boolean;
  readonly depth: number;
}

class FragmentWriter {
  readonly #policy: WidgetPolicy;
  readonly #count = new NodeCount();
  readonly #artifacts = new Set<string>();
  #html = "";
  #endsInText = false;

  constructor(policy: WidgetPolicy) {
    this.#policy = policy;
  }

  written(): WrittenWidget {
    checkBytes(this.#html);
    return { html: this.#html, artifacts: [...this.#artifacts], nodes: this.#count.nodes };
  }

  write(nodes: readonly FragmentNode[], place: Place): void {
    for (const node of nodes) {
      if (typeof node === "string") this.#text(node);
      else this.#element(node, place);
    }
  }

  #text(text: string): void {
    const plain = plainText(text);
    if (plain === "") return;
    if (!this.#endsInText) this.#count.add();
    this.#html += escapeHtml(plain);
    this.#endsInText = true;
  }

  /** An element that cannot stand in this place leaves only what is in it. */
  #element(element: FragmentElement, place: Place): void {
    const { tag, attributes, children } = element;
    const inside = at(place, 1);
    switch (tag) {
      case "img":
        return this.#open(tag, attributes, place.depth);
      case "span":
        return this.#wrap(element, place, () => this.write(children, inside));
      case "a":
        if (place.isInLink) return this.write(children, place);
        return this.#wrap(element, place, () =>
          this.write(children, { holds: place.holds, isInLink: true, depth: inside.depth }),
        );
      case "p":
      case "h1":
      case "h2":
      case "h3":
        return this.#block(element, place, () =>
          this.write(children, { holds: "text", isInLink: place.isInLink, depth: inside.depth }),
        );
      case "ul":
      case "ol":
        return this.#block(element, place, () => {
          for (const item of listItems(element)) this.#item(item, inside);
        });
      case "table":
        return place.holds === "text" ? this.write(children, place) : this.#table(element, place);
      case "li":
      case "thead":
      case "tbody":
      case "tr":
      case "th":
      case "td":
        return this.write(children, place);
      default:
        return this.#block(element, place, () => this.write(children, inside));
    }
  }

  #block(element: FragmentElement, place: Place, content: () => void): void {
    if (place.holds === "text") this.write(element.children, place);
    else this.#wrap(element, place, content);
  }

  #table(table: FragmentElement, place: Place): void {
    const { groups, strays } = tableRows(table);
    this.write(strays, place);
    this.#wrap(table, place, () => {
      for (const group of groups) {
        this.#wrap(group, at(place, 1), () => {
          for (const row of group.rows) {
            this.#wrap({ tag: "tr", attributes: row.attributes }, at(place, 2), () => {
              for (const cell of row.cells) this.#item(cell, at(place, 3));
            });
          }
        });
      }
    });
  }

  /** An item of a list or a cell of a table, in the one place it may stand. */
  #item(item: FragmentElement, place: Place): void {
    this.#wrap(item, place, () => this.write(item.children, at(place, 1)));
  }

  #wrap({ tag, attributes }: Omit<FragmentElement, "children">, place: Place, content: () => void): void {
    this.#open(tag, attributes, place.depth);
    content();
    this.#html += `</${tag}>`;
    this.#endsInText = false;
  }

  #open(tag: WidgetTag, attributes: FragmentElement["attributes"], depth: number): void {
    checkDepth(depth);
    this.#count.add();
    this.#html += `<${tag}`;
    for (const [name, given] of attributes) {
      const value = allowedValue(tag, name, given, this.#policy);
      if (value === null) continue;
      this.#html += ` ${name}="${escapeHtml(value)}"`;
      const token = name === "src" ? artifactToken(value) : null;
      if (token !== null) this.#artifacts.add(token);
    }
    this.#html += ">";
    this.#endsInText = false;
  }
}

/** Spelt out, since this is asked for every element and a spread costs more than the rest of it. */
function at({ holds, isInLink, depth }: Place, levels: number): Place {
  return { holds, isInLink, depth: depth + levels };
}

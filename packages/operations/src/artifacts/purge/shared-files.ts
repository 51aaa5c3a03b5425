import type { Detail } from "../details.ts";
import type { RowState } from "../index/columns.ts";
import { type ArtifactRegister, placeOf } from "../register.ts";

/** These have no file that could be taken from them. */
const WITHOUT_FILE: ReadonlySet<RowState> = new Set(["archived", "purged", "gone"]);

/** An artifact that is to stay, as messages name it. */
export interface Needing {
  readonly artifactId: string;
  readonly label: string;
}

/** Which of `details` cannot be deleted without taking the file of an artifact that is not among them, by their rows: agents may name
 *  a file by several ids. A file with the bytes of one that is to go is not needed by those whose bytes it has no more; a file with the
 *  bytes of none is needed by all. */
export async function neededByOthers(
  { inventory, details: reader, folders }: ArtifactRegister,
  details: readonly Detail[],
): Promise<ReadonlyMap<number, Needing>> {
  const { columns } = inventory;
  const byRow = new Map(details.map((detail) => [detail.row, detail]));
  const blockers = new Map<number, number>();
  const sizes = new Map<number, number | null>();
  function sizeAt(row: number): number | null {
    const detail = byRow.get(row);
    if (!sizes.has(row)) sizes.set(row, detail === undefined ? null : folders.sizeOf(placeOf(detail)));
    return sizes.get(row) ?? null;
  }
  const isWhole = (row: number, size: number) => columns.bytes[row] === size && columns.stateOf(row) !== "altered";

  for (const { other, rows } of inventory.sharing([...byRow.keys()])) {
    if (WITHOUT_FILE.has(columns.stateOf(other))) continue;
    for (const row of rows) {
      const size = blockers.has(row) ? null : sizeAt(row);
      if (size !== null && (isWhole(other, size) || !isWhole(row, size))) blockers.set(row, other);
    }
  }
  return await named(reader, blockers);
}

/** One whose record says nothing any more is nobody's. */
async function named(reader: ArtifactRegister["details"], blockers: ReadonlyMap<number, number>) {
  const others = new Map<number, Needing>();
  const rows = [...new Set(blockers.values())].toSorted((one, two) => one - two);
  for await (const { row, reference, label } of reader.of(rows)) {
    others.set(row, { artifactId: reference.artifact_id, label });
  }
  return new Map(
    [...blockers].flatMap(([row, other]) => {
      const needing = others.get(other);
      return needing === undefined ? [] : [[row, needing] as const];
    }),
  );
}

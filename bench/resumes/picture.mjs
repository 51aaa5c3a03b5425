// The segments as somebody knows them who has only ever heard of them by events.

/** @typedef {{id: string, start: string, end: string}} Segment */

export function beginPicture() {
  const segments = /** @type {Map<string, Segment>} */ (new Map());
  let anew = /** @type {Map<string, Segment> | null} */ (null);
  /** The last segment that was told to be open; "" when it closed. */
  let open = "";

  return {
    segments,
    isOpen: () => open !== "",
    /** What comes until `resumed` comes anew. */
    resuming() {
      anew = new Map();
      open = "";
    },
    /** @param {string | null} from the segments that end then or later are those that came anew, and no others */
    resumed(from) {
      for (const [id, { end }] of segments) if (from !== null && end >= from) segments.delete(id);
      for (const [id, segment] of anew ?? []) segments.set(id, segment);
      anew = null;
    },
    /** @param {{type: string, at: string, seq: number, replaces?: string[]} & Segment} event */
    heard({ type, at: _at, seq: _seq, replaces = [], ...segment }) {
      const into = anew ?? segments;
      for (const id of replaces) into.delete(id);
      into.set(segment.id, segment);
      if (type === "segment:closed") open = open === segment.id ? "" : open;
      else if (type !== "segment:revised" || replaces.includes(open)) open = segment.id;
    },
  };
}

/** @typedef {ReturnType<typeof beginPicture>} Picture */

// How a widget looks: every class there is, and the elements as they are without one. Widgets bring no style of their own.

const TOKENS = `
:root{color-scheme:light;--ink:#1b1f24;--soft:#515a64;--line:#dfe3e8;--ground:#fff;--raised:#f6f7f9;--accent:#3b5bdb;--ok:#1d6f35;--warn:#8a4b00;--bad:#b3202a}
:root[data-theme=dark]{color-scheme:dark;--ink:#e9ecef;--soft:#a7b0ba;--line:#2b323b;--ground:#181c22;--raised:#1f242b;--accent:#91a7ff;--ok:#69db7c;--warn:#ffd43b;--bad:#ff9b9b}
`;

const ELEMENTS = `
*{box-sizing:border-box;margin:0;padding:0}
html{background:var(--ground);color:var(--ink);font:14px/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
body{padding:12px 16px}
h1{font-size:18px;font-weight:600;line-height:1.3}
h2{font-size:16px;font-weight:600;line-height:1.3}
h3{font-size:14px;font-weight:600}
body>*+*{margin-top:8px}
ul,ol{padding-left:1.2em}
a{color:var(--accent)}
img{align-self:start;max-width:100%;max-height:calc(100vh - 24px);vertical-align:middle}figure:has(figcaption) img{max-height:calc(100vh - 78px)}
table{border-collapse:collapse;width:100%}
th,td{padding:4px 8px 4px 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
th{font-weight:500;color:var(--soft)}
tbody tr:last-child td{border-bottom:0}
figcaption{color:var(--soft);font-size:12px;margin-top:4px}
`;

const LAYOUT = `
.mml-card{padding:12px;border:1px solid var(--line);border-radius:8px;background:var(--raised)}
.mml-stack{display:flex;flex-direction:column;gap:8px}
.mml-row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.mml-spread{justify-content:space-between}
tr.mml-row{display:table-row}td.mml-row,th.mml-row{display:table-cell}
.mml-grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(112px,1fr));gap:12px}
.mml-fill{flex:1 1 0;min-width:0}
.mml-right{text-align:right;margin-left:auto}
.mml-center{text-align:center;justify-content:center}
`;

const TEXT = `
.mml-title{font-size:16px;font-weight:600;line-height:1.3}
.mml-subtitle{font-size:14px;font-weight:500;color:var(--soft)}
.mml-text{font-size:14px}
.mml-muted{color:var(--soft)}
.mml-small{font-size:12px}
.mml-strong{font-weight:600}
.mml-mono{font-family:ui-monospace,monospace;font-size:.93em}
.mml-truncate{display:block;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
td.mml-truncate,th.mml-truncate{display:table-cell;max-width:0;width:100%}
.mml-number{font-size:26px;font-weight:600;line-height:1.15;letter-spacing:-.01em}
.mml-unit{font-size:12px;font-weight:400;color:var(--soft);margin-left:2px}
.mml-label{font-size:12px;color:var(--soft)}
.mml-value{font-weight:600}
.mml-caption{font-size:12px;color:var(--soft)}
`;

const TONES = `
.mml-ok{color:var(--ok)}
.mml-warn{color:var(--warn)}
.mml-bad{color:var(--bad)}
.mml-accent{color:var(--accent)}
`;

const PARTS = `
.mml-badge{display:inline-block;padding:1px 8px;border:1px solid currentColor;border-radius:99px;font-size:12px;font-weight:500;white-space:nowrap}
.mml-list{list-style:none;padding:0}
.mml-list>*{padding:6px 0;border-bottom:1px solid var(--line)}
.mml-list>:last-child{border-bottom:0}
.mml-list>li.mml-row{display:flex}
.mml-table{font-size:13px}
.mml-image{display:block;border-radius:6px;border:1px solid var(--line)}
.mml-meter{display:block;height:8px;border-radius:99px;background:var(--line);overflow:hidden}
.mml-bar{display:block;height:100%;min-height:8px;border-radius:99px;background:var(--accent)}
.mml-sparkline{display:flex;align-items:flex-end;gap:2px;height:40px}
.mml-sparkline>*{flex:1 1 0;min-width:2px;max-width:16px;border-radius:2px 2px 0 0;background:var(--accent)}
.mml-bar.mml-ok,.mml-sparkline>.mml-ok{background:var(--ok)}
.mml-bar.mml-warn,.mml-sparkline>.mml-warn{background:var(--warn)}
.mml-bar.mml-bad,.mml-sparkline>.mml-bad{background:var(--bad)}
`;

const BARS = Array.from({ length: 21 }, (_, step) => `.mml-bar-${step}{width:${step * 5}%}`).join("");
const COLUMNS = Array.from(
  { length: 11 },
  (_, step) => `.mml-sparkline-${step}{height:${Math.max(2, step * 10)}%}`,
).join("");

/** The frame's one stylesheet. The page is served with its SHA-256 as a style that may stand in it: a byte more would be another. */
export const FRAME_STYLESHEET = [TOKENS, ELEMENTS, LAYOUT, TEXT, TONES, PARTS, BARS, COLUMNS]
  .join("")
  .replaceAll("\n", "");

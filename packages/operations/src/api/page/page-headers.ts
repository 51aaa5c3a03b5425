const policy = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
  // Text of agents never becomes markup by accident.
  "require-trusted-types-for": "'script'",
};

/** A page that holds a token runs what came with it and nothing else, talks to nobody but us, and stands in nobody's frame. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; "),
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
};

#!/bin/sh
# A grandchild holds 200 MB; this process and its child hold nothing.
exec sh -c "\"$1\" -e 'const held = Buffer.alloc(200 * 1024 * 1024, 1); setInterval(() => held, 1e6); console.log(held.length)'; :"

#!/bin/sh
# A script of cron: what it did, a line each; problems on stderr.
for file in inbox/*; do
  echo "kept $file"
done

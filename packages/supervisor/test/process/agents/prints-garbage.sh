#!/bin/sh
# Never heard of JSON.
i=0
while [ $i -lt 200 ]; do
  echo "Loading module $i ... [ok] }{"
  i=$((i + 1))
done
exec sleep 60

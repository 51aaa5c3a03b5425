#!/bin/sh
# Hundreds of children that each burn a little and are gone before anybody looks.
echo begun
i=0
while [ $i -lt 300 ]; do
  sh -c 'j=0; while [ $j -lt 2000 ]; do j=$((j+1)); done' &
  i=$((i+1))
  [ $((i % 20)) -eq 0 ] && wait
done
wait
echo done
read -r _

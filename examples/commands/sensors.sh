#!/bin/sh
# Readings in InfluxDB's line protocol, as many an existing script prints them.
printf 'room,floor=2 celsius=21.5,open=f\n'
printf 'room,floor=3 celsius=19.0,open=t,note="a window, in the north"\n'

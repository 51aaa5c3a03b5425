#!/bin/sh
# Prints a banner before it speaks JLP.
i=0
while [ $i -lt 20 ]; do
  echo "*** welcome to line $i ***"
  i=$((i + 1))
done
echo '{"type":"handshake","protocol_version":"0.3","agent_version":"1.0.0","timestamp":"2026-01-01T00:00:00Z"}'
cat > /dev/null

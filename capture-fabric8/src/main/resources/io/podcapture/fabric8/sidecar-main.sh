# The main process of a sidecar: does nothing for as long as the pod lives, since its end would make the pod unready.
# As the container's first process it takes leave of what the captures leave behind. POSIX sh.
nap=
trap 'kill $nap 2>/dev/null; exit 0' TERM INT
while :; do
  sleep 3600 &
  nap=$!
  wait $nap
done

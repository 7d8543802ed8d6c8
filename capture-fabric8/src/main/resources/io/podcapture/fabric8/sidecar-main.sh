# The main process of a sidecar: does nothing for as long as the pod lives, since its end would make the pod unready. When the
# pod is to end, it stays while captures run beside it or their files are fetched, and a little longer: the kubelet waits for
# it, up to the pod's grace period. As the container's first process it takes leave of what the captures leave behind. POSIX sh.
#
# Captures and fetches are known by their arguments. This text holds only the beginning of them, so that this process never
# takes itself for one.
mark=podcapture-
nap= ending= more=0
trap 'ending=1; kill $nap 2>/dev/null' TERM INT

# A process may end while its arguments are read; bash then leaves the variable as it was, so it is emptied before.
busy() {
  for dir in /proc/[0-9]*; do
    while line= && IFS= read -r line || [ -n "$line" ]; do
      case $line in *"${mark}wrapper-"* | *"${mark}spool"*) return 0 ;; esac
    done 2>/dev/null <"$dir/cmdline"
  done
  return 1
}

while :; do
  rest=3600
  if [ -n "$ending" ]; then
    if busy; then more=2; else more=$((more - 1)); fi
    [ "$more" -ge 0 ] || exit 0
    rest=1
  fi
  sleep "$rest" &
  nap=$!
  # A signal that came before the line above found no nap to end.
  [ -z "$ending" ] || [ "$rest" -eq 1 ] || kill "$nap" 2>/dev/null
  wait $nap
done

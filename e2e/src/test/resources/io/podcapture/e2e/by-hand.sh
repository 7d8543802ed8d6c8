# What people type today to capture in a pod: bash, with the packets on standard output until TERM comes.
# Arguments: way, kubectl, namespace, pod, a name for what the way makes.
way=$1 kubectl=("$2" -n "$3") pod=$4 name=$5
dump=(tcpdump -i any -U -w - udp port 9)

case $way in
exec)
  exec "${kubectl[@]}" exec "$pod" -c tools -- "${dump[@]}"
  ;;
debug)
  "${kubectl[@]}" debug "$pod" -c "$name" --image=localhost/tools:1 --image-pull-policy=IfNotPresent \
    --profile=netadmin -- sleep 60 >&2
  running="jsonpath={.status.ephemeralContainerStatuses[?(@.name=='$name')].state.running.startedAt}"
  until [ -n "$("${kubectl[@]}" get pod "$pod" -o "$running")" ]; do :; done
  exec "${kubectl[@]}" exec "$pod" -c "$name" -- "${dump[@]}"
  ;;
nodepod)
  reader=
  trap '[ -z "$reader" ] || kill "$reader"; "${kubectl[@]}" delete pod "$name" >&2; exit' TERM
  place=$("${kubectl[@]}" get pod "$pod" -o 'jsonpath={.spec.nodeName} {.status.containerStatuses[0].containerID}')
  "${kubectl[@]}" create -f - >&2 <<POD
apiVersion: v1
kind: Pod
metadata: {name: $name}
spec:
  nodeName: ${place% *}
  hostPID: true
  restartPolicy: Never
  tolerations: [{operator: Exists}]
  containers:
  - name: tools
    image: "localhost/tools:1"
    imagePullPolicy: IfNotPresent
    securityContext: {privileged: true}
    command: [sleep, "60"]
POD
  "${kubectl[@]}" wait --for=condition=Ready "pod/$name" --timeout=60s >&2
  "${kubectl[@]}" exec "$name" -- sh -c '
    pid=$(grep -ls "$1" /proc/[0-9]*/cgroup | head -n 1 | cut -d / -f 3)
    shift
    exec nsenter -t "$pid" -n "$@"' nodepod "${place##*/}" "${dump[@]}" &
  reader=$!
  wait "$reader"
  ;;
esac

# Runs a command in the network namespace of a pod's process, in a pod that sees all processes. POSIX sh.
# Arguments: the process's number, the ids of the pod's containers with line ends between, the command.
#
# The number may be another process's by now. So the namespace is opened first: if the process belongs to the pod then,
# the namespace does.
# For a block: where that fails for exec itself, the shell ends with a status of its own.
{
  if ! grep -qsF -e "$2" "/proc/$1/cgroup"; then
    printf 'podcapture: process %s of the node is no longer one of the pod\n' "$1" >&2
    exit 69
  fi
  shift 2
  exec nsenter --net=/proc/self/fd/3 -- "$@"
} 3<"/proc/$1/ns/net"
exit 69

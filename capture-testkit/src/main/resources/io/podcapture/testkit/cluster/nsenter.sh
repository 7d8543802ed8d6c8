# Stands in for nsenter: in the network namespace of a pod, tcpdump is that pod's. POSIX sh.
# Arguments: --net= and a file with the directory of the pod, --, the command.
IFS= read -r place <"${1#--net=}" || exit 1
shift 2
PATH=$place/bin:$PATH
exec "$@"

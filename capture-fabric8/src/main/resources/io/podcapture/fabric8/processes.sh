# Finds the processes of containers on a node, in a pod that sees all processes. POSIX sh.
# Arguments: ids of containers. Prints for each process that may belong to one of them its number, its state, in how many
# namespaces it has a number and the one in the innermost, then its groups.
#
# One grep looks at all processes: a node may have thousands. The rest are reads of the shell's own.
for id in "$@"; do
  set -- "$@" -e "$id"
  shift
done
for file in $(grep -ls "$@" /proc/[0-9]*/cgroup); do
  dir=${file%/cgroup} state=gone depth=0 inner=0
  while read -r key value rest; do
    case $key in
      State:) state=$value ;;
      NSpid:)
        for inner in $value $rest; do depth=$((depth + 1)); done
        break ;;
    esac
  done 2>/dev/null <"$dir/status"
  printf 'process %s %s %s %s\n' "${dir#/proc/}" "$state" "$depth" "$inner"
  while IFS= read -r line; do printf '%s\n' "$line"; done 2>/dev/null <"$file"
done
exit 0

# Sends one file of a capture, its size in a line before it, and waits until it has arrived. POSIX sh.
# Arguments: directory; how many files come before it. Ends with 66 if it does not exist.
cd "$1" || exit 66
before=$2
set -- packets.pcap*
[ "$#" -gt "$before" ] && shift "$before" && [ -e "$1" ] || exit 66
printf '%d\n' "$(wc -c <"$1")"
cat "$1"
IFS= read -r line
exit 0

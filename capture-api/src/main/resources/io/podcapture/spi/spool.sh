# Lets a capture tool write files of a fixed size into a directory, and ends it when there is no more room. POSIX sh.
# Arguments: directory; how many files may be full; how many files there may be in all directories beside this one; the tool and
# its arguments. No text of a user is part of this script.
#
# The tool takes this shell's place, so that signals for it need no way through here; the watch beside it ends with it.
# It looks twice a second which files are there, which costs no process. What it prints is read by the session.
dir=$1 files=$2 all=$3 me=$$
shift 3
umask 077
mkdir -p "$dir" || exit 1
(
  while kill -0 "$me" 2>/dev/null; do
    set -- "$dir"/packets.pcap*
    own=$#
    set -- "$dir"/../*/packets.pcap*
    if [ "$own" -gt "$files" ] || [ "$#" -gt "$all" ]; then
      echo podcapture-spool full >&2
      kill -INT "$me"
      exit
    fi
    sleep 0.5 2>/dev/null || sleep 1
  done
) >/dev/null &
exec "$@"

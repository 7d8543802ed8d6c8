# Runs a program whose file is gone before it runs: nothing is left of it, whatever is killed. POSIX sh.
# Arguments: the file, the word by which others call the program, and the program's arguments.
exec 9<"$1" || exit 126
rm -f "$1"
shift 2
exec /proc/self/fd/9 "$@"

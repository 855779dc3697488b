#!/usr/bin/env bash
# Builds a self-contained daemon: a Java runtime of only the modules it needs, its jars, voices and pages.
# usage: image.sh OUT CLASS_PATH [PRESETS [COCKPIT [PORTAL]]]
#   OUT         folder to create; must not exist
#   CLASS_PATH  jars and class folders, separated by colons; the first entry wins
#   PRESETS, COCKPIT, PORTAL  folders that are copied, where they exist
# JLINK_COMPRESS (zip-0 to zip-9, default zip-6) trades the runtime's size for time. JAVA_HOME must be a JDK 25 or newer. The result runs with OUT/bin/cantora-daemon.
set -euo pipefail
out=$1
class_path=$2
modules=java.base,java.desktop,java.naming,java.net.http,java.sql,jdk.crypto.ec,jdk.incubator.vector,jdk.management,jdk.unsupported,jdk.zipfs

mkdir -p "$out/lib" "$out/bin"
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress "${JLINK_COMPRESS:-zip-6}" \
  --output "$out/runtime"

number=100
IFS=: read -ra entries <<< "$class_path"
for entry in "${entries[@]}"; do
  [ -n "$entry" ] || continue
  number=$((number + 1))
  if [ -d "$entry" ]; then
    "$JAVA_HOME/bin/jar" --create --date=2026-01-01T00:00:00Z --file "$out/lib/$number-classes.jar" -C "$entry" .
  else
    cp "$entry" "$out/lib/$number-$(basename "$entry")"
  fi
done

copy() {
  if [ -n "${2:-}" ] && [ -d "$2" ]; then cp -R "$2" "$out/$1"; fi
}
copy presets "${3:-}"
copy cockpit "${4:-}"
copy docs "${5:-}"

cat > "$out/bin/cantora-daemon" <<'LAUNCHER'
#!/bin/sh
# The kernel is to be compiled early, as by ./cantora. Everything else is set by environment variables; see the handbook's page on configuration.
home=$(cd "$(dirname "$0")/.." && pwd)
export PRESET_DIR="${PRESET_DIR:-$home/presets}"
if [ -d "$home/cockpit" ]; then export CANTORA_COCKPIT_DIR="${CANTORA_COCKPIT_DIR:-$home/cockpit}"; fi
if [ -d "$home/docs" ]; then export CANTORA_DOCS_DIR="${CANTORA_DOCS_DIR:-$home/docs}"; fi
exec "$home/runtime/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError -XX:CompileCommand=quiet \
  "-XX:CompileCommand=CompileThresholdScaling,dev.cantora.engine.synthesis.vectorization.*::*,0.05" ${JAVA_OPTS:-} \
  -cp "$home/lib/*" dev.cantora.daemon.Main
LAUNCHER
chmod +x "$out/bin/cantora-daemon"

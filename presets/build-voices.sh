#!/usr/bin/env bash
# Rebuilds every voice in this folder, byte for byte, from the speech of Debian's flite 2.2 (apt-get install flite sox):
#   presets/build-voices.sh [WORKDIR]
# WORKDIR keeps the speech, about 180 MB; without one it is thrown away. Speaking takes some minutes, analysis about one
# minute of one core for each voice. That kal16 lacks the pair er-ng is said by flite and heard by nobody.
set -euo pipefail
script=$(readlink -f "${BASH_SOURCE[0]}")
here=${script%/*}
fail() { printf 'build-voices: %s\n' "$*" >&2; exit 1; }

missing=()
for tool in flite sox awk; do
  command -v "$tool" > /dev/null || missing+=("$tool")
done
[ ${#missing[@]} -eq 0 ] || fail "needs ${missing[*]} (Debian: apt-get install flite sox)"
[[ "$(flite --version 2>&1 || true)" == *flite-2.2* ]] || echo "build-voices: this is not flite 2.2, voices may differ" >&2
# now, not after minutes of speech, if it does not build
"$here/../cantora" build-preset --help > /dev/null || fail "./cantora build-preset does not run (see above)"

if [ $# -gt 0 ]; then
  mkdir -p "$1"
  work=$(cd "$1" && pwd)
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
awk -f "$here/corpus/words.awk" > "$work/words.txt"
sed 's/ / : /' "$work/words.txt" > "$work/words.lex"

# speak VOICE PITCH_HZ STRETCH: every word as WAV with its labels, on one pitch so that harmonics can be read exactly (rms
# falls from 119 to 68 Hz all the same)
speak() {
  mkdir -p "$work/$1"
  find "$work/$1" -maxdepth 1 \( -name '*.wav' -o -name '*.lab' -o -name '*.dat' \) -delete # of an older list of words
  cut -d' ' -f1 "$work/words.txt" | xargs -P "$(nproc)" -I{} sh -c \
    'flite -voice "$2" -add_lex "$1/words.lex" --setf int_f0_target_mean="$3" --setf int_f0_target_stddev=1 \
       --setf duration_stretch="$4" -t "$5" -psdur -o "$1/$2/$5.wav" > "$1/$2/$5.lab"' speak "$work" "$1" "$2" "$3" {}
}

# unwrap VOICE: undoes the overflows in a voice's recordings
unwrap() {
  cut -d' ' -f1 "$work/words.txt" | LC_ALL=C xargs -P "$(nproc)" -I{} sh -c \
    'sox "$2/$3.wav" -t dat - | awk -f "$1" > "$2/$3.dat" && sox -D "$2/$3.dat" -b 16 "$2/$3.wav" && rm "$2/$3.dat"' \
    unwrap "$here/corpus/unwrap.awk" "$work/$1" {}
}

# hash VOICE: what its manifest says of its assets
hash() { sed -n 's/.*"assetsHash" : "\(.*\)".*/\1/p' "$here/$1/voicepreset.json" 2> /dev/null || true; }

# build SPEAKER VOICE OPTIONS...
build() {
  local speaker=$1 voice=$2 range=() before
  shift 2
  [[ " $* " == *" --pitch-min "* ]] || range+=(--pitch-min 80)
  [[ " $* " == *" --pitch-max "* ]] || range+=(--pitch-max 140)
  before=$(hash "$voice")
  "$here/../cantora" build-preset --out "$here/$voice" ${range[@]+"${range[@]}"} "$@" "$work/$speaker"
  [ "$(hash "$voice")" = "$before" ] && echo "$voice: as it was" || echo "$voice: not as it was, $before before"
}

speak kal16 100 1.3
speak slt 110 1.2
speak rms 100 1.1
speak awb 100 1.1
unwrap awb

build kal16 default-voice --nominal 110 --noise-gain 2 --breathiness 0.08
build slt alto --pitch-max 160 --formant-top 5500 --nominal 200 --noise-gain 5
build rms baritone --pitch-min 66 --nominal 110 --noise-gain 5 --breathiness 0.08
build awb tenor --nominal 150 --noise-gain 5
build slt soprano --pitch-max 160 --formant-top 5500 --nominal 260 --formant-scale 1.04 --tilt 1 --noise-gain 5 --breathiness 0.12
build kal16 light-tenor --nominal 150 --formant-scale 1.08 --tilt 0.5 --noise-gain 5 --hnr 22 --breathiness 0.12
build slt treble --pitch-max 160 --formant-top 5500 --nominal 280 --formant-scale 1.1 --tilt 0.5 --noise-gain 5 --hnr 22 --breathiness 0.14

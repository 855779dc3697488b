#!/usr/bin/env bash
# Rebuilds every voice in this folder, byte for byte, from the speech of Debian's flite 2.2 (apt-get install flite sox):
#   presets/build-voices.sh [WORKDIR]
# Speaking takes some minutes, analysis about one minute of one core for each voice.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work"
awk -f "$here/corpus/words.awk" > "$work/words.txt"
sed 's/ / : /' "$work/words.txt" > "$work/words.lex"

# speak VOICE PITCH_HZ STRETCH: every word as WAV with its labels, on one pitch so that harmonics can be read exactly
speak() {
  mkdir -p "$work/$1"
  cut -d' ' -f1 "$work/words.txt" | xargs -P "$(nproc)" -I{} sh -c \
    "flite -voice $1 -add_lex '$work/words.lex' --setf int_f0_target_mean=$2 --setf int_f0_target_stddev=1 \
       --setf duration_stretch=$3 -t {} -psdur -o '$work/$1/{}.wav' > '$work/$1/{}.lab'"
}

# unwrap VOICE: undoes the overflows in a voice's recordings
unwrap() {
  ls "$work/$1" | sed -n 's/\.wav$//p' | xargs -P "$(nproc)" -I{} sh -c \
    "sox '$work/$1/{}.wav' -t dat - | awk -f '$here/corpus/unwrap.awk' > '$work/$1/{}.dat' \
       && sox -D '$work/$1/{}.dat' -b 16 '$work/$1/{}.wav' && rm '$work/$1/{}.dat'"
}

# build SPEAKER VOICE OPTIONS...
build() {
  local speaker=$1 voice=$2 range=(--pitch-min 80)
  shift 2
  [[ " $* " == *" --pitch-max "* ]] || range+=(--pitch-max 140)
  "$here/../cantora" build-preset --out "$here/$voice" "${range[@]}" "$@" "$work/$speaker"
}

speak kal16 100 1.3
speak slt 110 1.2
speak rms 100 1.1
speak awb 100 1.1
unwrap awb

build kal16 default-voice --nominal 110 --noise-gain 2 --breathiness 0.08
build slt alto --pitch-max 160 --formant-top 5500 --nominal 200 --noise-gain 5
build rms baritone --nominal 110 --noise-gain 5 --breathiness 0.08
build awb tenor --nominal 150 --noise-gain 5
build slt soprano --pitch-max 160 --formant-top 5500 --nominal 260 --formant-scale 1.07 --tilt 1 --noise-gain 5 --breathiness 0.12
build kal16 light-tenor --nominal 150 --formant-scale 1.08 --tilt 0.5 --noise-gain 5 --hnr 22 --breathiness 0.12
build slt treble --pitch-max 160 --formant-top 5500 --nominal 280 --formant-scale 1.17 --tilt 0.5 --noise-gain 5 --hnr 22 --breathiness 0.14

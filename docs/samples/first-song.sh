#!/bin/sh
# Renders four notes with words and saves the WAV.
set -e
base=${CANTORA_URL:-http://localhost:4321}

curl --fail-with-body -s "$base/api/v1/render" -H 'Content-Type: application/json' -d '{
  "score": {
    "bpm": 90,
    "lyrics": {"text": "amazing grace", "language": "en"},
    "notes": [
      {"id": "1", "startSec": 0.0, "durationSec": 0.6, "midi": 55},
      {"id": "2", "startSec": 0.6, "durationSec": 1.2, "midi": 60},
      {"id": "3", "startSec": 1.8, "durationSec": 0.6, "midi": 64},
      {"id": "4", "startSec": 2.4, "durationSec": 1.4, "midi": 60}
    ]
  },
  "config": {"presetId": "default-voice"}
}'

curl --fail-with-body -s "$base/api/v1/renders/last/audio.wav" -o amazing-grace.wav

import { expect, it } from 'vitest';
import { afterMessage, jamOf, levelOf } from '../../src/jam/jam-state.ts';
import type { Participant, Snapshot, Track } from '../../src/wire/types.ts';

const person = (participantId: string, role: Participant['role'] = 'guest'): Participant =>
  ({ participantId, displayName: participantId, joinedAt: 0, role });
const track = (trackId: string, more: Partial<Track> = {}): Track => ({
  trackId, name: trackId, presetId: 'v', defaultTimbre: 'AH', polyphonyLimit: 4, gain: 1, pan: 0, mute: false, solo: false,
  inputMode: 'live', ownerId: 'ada', ...more,
});
const snapshot: Snapshot = {
  sessionId: 's', createdAt: 0, hostId: 'ada', sampleRateHz: 48_000, blockSize: 512, seed: 1,
  transport: { playing: false, bpm: 120, timeSig: { num: 4, den: 4 }, currentSample: 96_000, loopEnabled: false, loopStartSec: 0, loopEndSec: 0 },
  tracks: [track('t1'), track('t2')], participants: [person('ada', 'host')],
};

it('starts where the session is', () => {
  expect(jamOf(snapshot).position.currentSec).toBe(2);
});

it('follows people in and out, each once', () => {
  let jam = jamOf(snapshot);
  jam = afterMessage(jam, { type: 'participant_joined', participant: person('bob') });
  jam = afterMessage(jam, { type: 'participant_joined', participant: person('bob') });
  expect(jam.participants.map((p) => p.participantId)).toEqual(['ada', 'bob']);
  expect(afterMessage(jam, { type: 'participant_left', participantId: 'ada' }).participants).toHaveLength(1);
});

it('keeps tracks in their place when they change', () => {
  let jam = jamOf(snapshot);
  jam = afterMessage(jam, { type: 'track_updated', track: track('t1', { gain: 0.5 }) });
  jam = afterMessage(jam, { type: 'track_added', track: track('t3') });
  expect(jam.tracks.map((t) => [t.trackId, t.gain])).toEqual([['t1', 0.5], ['t2', 1], ['t3', 1]]);
  expect(afterMessage(jam, { type: 'track_removed', trackId: 't2' }).tracks).toHaveLength(2);
});

it('follows transport, levels and recording', () => {
  let jam = jamOf(snapshot);
  jam = afterMessage(jam, { type: 'transport_tick', currentSec: 3, currentBeat: 1.5, currentMeasure: 4, playing: true });
  expect(jam.transport.playing).toBe(true);
  jam = afterMessage(jam, { type: 'jam_telemetry', tracks: [{ trackId: 't1', voicesActive: 1, peakDbfs: -6 }], masterPeakDbfs: -6, participantCount: 1, uptimeSec: 1 });
  expect([levelOf(jam, 't1'), levelOf(jam, 't2')]).toEqual([-6, undefined]);
  jam = afterMessage(jam, { type: 'record_status', recording: true, durationSec: 1, eventCount: 3 });
  expect(jam).toMatchObject({ recording: true, recordedEvents: 3 });
});

it('is the same object after messages that do not concern it', () => {
  const jam = jamOf(snapshot);
  expect(afterMessage(jam, { type: 'jam_pong', clientTimestamp: 1, serverTimestamp: 2 })).toBe(jam);
});

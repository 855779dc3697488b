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

it('takes name, grid, metronome and recording from the snapshot', () => {
  const late = jamOf({ ...snapshot, name: 'Cellar', quantizeGrid: '1/8', metronomeEnabled: true, recording: true });
  expect(late).toMatchObject({ name: 'Cellar', grid: '1/8', metronome: true, recording: true });
  expect(jamOf(snapshot)).toMatchObject({ name: 'Jam s', grid: 'none', recording: false });
});

it('follows the host, and who is away or one loop apart', () => {
  let jam = jamOf({ ...snapshot, participants: [person('ada', 'host'), person('bob'), person('cy', 'spectator')] });
  jam = afterMessage(jam, { type: 'host_changed', hostId: 'bob' });
  expect(jam.hostId).toBe('bob');
  expect(jam.participants.map((p) => p.role)).toEqual(['guest', 'host', 'spectator']);
  jam = afterMessage(jam, { type: 'participant_updated', participant: { ...person('ada'), connected: false, interval: true } });
  expect(jam.participants[0]).toMatchObject({ connected: false, interval: true });
});

it('keeps the latest of the chat', () => {
  let jam = jamOf(snapshot);
  for (let i = 0; i < 210; i += 1) {
    jam = afterMessage(jam, { type: 'chat_message', participantId: 'ada', displayName: 'Ada', text: `line ${i}`, sentAt: i });
  }
  expect(jam.chat).toHaveLength(200);
  expect(jam.chat.at(-1)?.text).toBe('line 209');
});

it('shows how far an export is until it is in the bank', () => {
  let jam = jamOf(snapshot);
  jam = afterMessage(jam, { type: 'export_progress', fraction: 0.4 });
  expect(jam.exportFraction).toBe(0.4);
  jam = afterMessage(jam, { type: 'record_exported', renderId: 'r', durationSec: 3, wavHash: '01234567', stems: [{ trackId: 't1', renderId: 's' }] });
  expect(jam.exportFraction).toBeUndefined();
  expect(jam.exported?.stems).toHaveLength(1);
});

it('is the same object after messages that do not concern it', () => {
  const jam = jamOf(snapshot);
  expect(afterMessage(jam, { type: 'jam_pong', clientTimestamp: 1, serverTimestamp: 2 })).toBe(jam);
});

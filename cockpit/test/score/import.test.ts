// @vitest-environment happy-dom
import { Midi } from '@tonejs/midi';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isForDaemon } from '../../src/score/import/by-daemon.ts';
import { readMidi } from '../../src/score/import/midi.ts';
import { readCompressedMusicXml, readMusicXml } from '../../src/score/import/musicxml.ts';
import { TempoMap } from '../../src/score/import/tempo-map.ts';

describe('MIDI', () => {
  const midi = new Midi();
  midi.header.setTempo(100);
  midi.header.timeSignatures.push({ ticks: 0, timeSignature: [3, 4] });
  midi.header.meta.push({ ticks: 0, type: 'lyrics', text: 'la' });
  const lead = midi.addTrack();
  lead.name = 'Lead';
  lead.addNote({ midi: 60, ticks: 0, durationTicks: 480, velocity: 0.5 });
  lead.addNote({ midi: 64, ticks: 480, durationTicks: 960 });
  midi.addTrack();

  it('gives notes in seconds with words, tempo and metre', () => {
    const song = readMidi(midi.toArray(), 'file');
    expect(song).toMatchObject({ bpm: 100, meter: { beats: 3, unit: 4 } });
    expect(song.tracks).toHaveLength(1);
    expect(song.tracks[0]?.notes[0]).toMatchObject({ startSec: 0, durationSec: 0.6, midi: 60, lyric: 'la' });
    expect(song.tracks[0]?.notes[1]).toMatchObject({ startSec: 0.6, durationSec: 1.2 });
  });

  it('says so when the file is broken', () => {
    expect(() => readMidi(new Uint8Array([77, 84, 104, 100, 0]), 'x')).toThrow();
  });
});

const XML = `<?xml version="1.0"?>
<score-partwise version="4.0">
  <work><work-title>Small song</work-title></work>
  <part-list><score-part id="P1"><part-name>Soprano</part-name></score-part></part-list>
  <part id="P1"><measure number="1">
    <attributes><divisions>2</divisions><time><beats>3</beats><beat-type>4</beat-type></time></attributes>
    <direction><sound tempo="60"/></direction>
    <note><pitch><step>C</step><octave>4</octave></pitch><duration>2</duration>
      <lyric><syllabic>begin</syllabic><text>A</text></lyric></note>
    <note><pitch><step>F</step><alter>1</alter><octave>4</octave></pitch><duration>2</duration><tie type="start"/>
      <lyric><syllabic>end</syllabic><text>men</text></lyric></note>
    <note><rest/><duration>1</duration></note>
    <backup><duration>1</duration></backup>
    <note><pitch><step>F</step><alter>1</alter><octave>4</octave></pitch><duration>1</duration><tie type="stop"/></note>
    <note><chord/><pitch><step>A</step><octave>4</octave></pitch><duration>1</duration></note>
  </measure></part>
</score-partwise>`;

describe('MusicXML', () => {
  it('gives notes with ties joined, chords and words', () => {
    const song = readMusicXml(XML, 'file');
    expect(song).toMatchObject({ title: 'Small song', bpm: 60, meter: { beats: 3, unit: 4 } });
    expect(song.tracks[0]?.name).toBe('Soprano');
    expect(song.tracks[0]?.notes.map((n) => [n.startSec, n.durationSec, n.midi, n.lyric])).toEqual([
      [0, 1, 60, 'Amen'], [1, 1.5, 66, '+'], [2, 0.5, 69, undefined],
    ]);
  });

  it('reads compressed files through their container', () => {
    const container = '<container><rootfiles><rootfile full-path="a/song.xml"/></rootfiles></container>';
    const zip = zipSync({ 'META-INF/container.xml': strToU8(container), 'a/song.xml': strToU8(XML) });
    expect(readCompressedMusicXml(zip, 'file').title).toBe('Small song');
  });

  it('refuses what is no score', () => {
    expect(() => readMusicXml('<html/>', 'x')).toThrow(/score-partwise/);
    expect(() => readCompressedMusicXml(zipSync({ 'readme.txt': strToU8('hello') }), 'x')).toThrow(/no score/);
  });
});

it('follows tempo changes', () => {
  const tempo = new TempoMap();
  tempo.set(0, 60);
  tempo.set(4, 120);
  expect(tempo.secondsAt(6)).toBe(5);
  expect(new TempoMap().secondsAt(2)).toBe(1);
});

describe('files that the daemon reads', () => {
  it('are known by their beginning', () => {
    expect(isForDaemon('[#VERSION]\r\nUST Version1.2\r\n[#SETTING]')).toBe(true);
    expect(isForDaemon('name: x\nustx_version: "0.6"\n')).toBe(true);
    expect(isForDaemon('[ti:Song]\n[00:12.50]la la')).toBe(true);
    expect(isForDaemon('{"bpm":120,"notes":[]}')).toBe(false);
  });
});

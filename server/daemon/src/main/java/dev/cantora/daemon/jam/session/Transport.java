package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.JamTransport;
import dev.cantora.daemon.jam.time.TempoMap;
import dev.cantora.daemon.jam.time.TimeSignature;
import java.util.List;

/** Where the song is and how it goes on. Belongs to the session's audio thread. */
final class Transport {

  /** A shorter loop would cost more in jumps than in music. */
  static final double MIN_LOOP_SEC = 0.05;

  private final int sampleRateHz;
  private TempoMap map;
  private boolean playing;
  private long position;
  private long countInLeft;
  private boolean loopEnabled;
  private double loopStartSec;
  private double loopEndSec;

  Transport(int sampleRateHz, double bpm, TimeSignature metre) {
    this.sampleRateHz = sampleRateHz;
    this.map = TempoMap.constant(sampleRateHz, bpm, metre);
  }

  TempoMap map() {
    return map;
  }

  boolean playing() {
    return playing;
  }

  /** Sample of the song at a place of it in seconds. */
  static long sample(double songSec) {
    return Math.round(songSec * JamSettings.SAMPLE_RATE_HZ);
  }

  /** Sample of the song that is rendered next. */
  long position() {
    return position;
  }

  boolean countingIn() {
    return countInLeft > 0;
  }

  /** Samples of count-in still to come. */
  long countInLeft() {
    return countInLeft;
  }

  void play(int countInMeasures) {
    playing = true;
    countInLeft = countInMeasures == 0 ? 0 : map.measureSamples(countInMeasures);
  }

  void stop() {
    playing = false;
    countInLeft = 0;
  }

  void seek(double positionSec) {
    position = Math.round(positionSec * sampleRateHz);
    map = map.jumped(position);
  }

  /** @return whether tempo or metre changed */
  boolean tempo(Double bpm, TimeSignature metre) {
    double newBpm = bpm == null ? map.current().bpm() : bpm;
    TimeSignature newMetre = metre == null ? map.current().signature() : metre;
    boolean changed = newBpm != map.current().bpm() || !newMetre.equals(map.current().signature());
    if (changed) {
      map = map.changed(position, newBpm, newMetre);
    }
    return changed;
  }

  /** @return false, and nothing changed, when the loop would not end {@value #MIN_LOOP_SEC} s or more behind its start */
  boolean loop(Boolean enabled, Double startSec, Double endSec) {
    boolean on = enabled == null ? loopEnabled : enabled;
    double start = startSec == null ? loopStartSec : startSec;
    double end = endSec == null ? loopEndSec : endSec;
    boolean touched = enabled != null || startSec != null || endSec != null;
    if (touched && (on || startSec != null && endSec != null)
        && Math.round(end * sampleRateHz) - Math.round(start * sampleRateHz) < Math.round(MIN_LOOP_SEC * sampleRateHz)) {
      return false;
    }
    loopEnabled = on;
    loopStartSec = start;
    loopEndSec = end;
    return true;
  }

  /** How many of the next frames can be rendered without a jump or the end of the count-in. */
  int frames(int wanted) {
    if (countInLeft > 0) {
      return (int) Math.min(wanted, countInLeft);
    }
    long loopEnd = Math.round(loopEndSec * sampleRateHz);
    return loopEnabled && position < loopEnd ? (int) Math.min(wanted, loopEnd - position) : wanted;
  }

  /** @return whether the song must jump to the start of its loop now */
  boolean advance(int frames) {
    if (countInLeft > 0) {
      countInLeft -= frames;
      return false;
    }
    position += frames;
    return loopEnabled && position == Math.round(loopEndSec * sampleRateHz);
  }

  SessionState.Loop loopState() {
    return new SessionState.Loop(loopEnabled, loopStartSec, loopEndSec);
  }

  /** As it was, standing still. @param tempo null where it is not known @param loop or null */
  void restore(long at, List<TempoMap.Segment> tempo, SessionState.Loop loop) {
    if (tempo != null && !tempo.isEmpty()) {
      map = TempoMap.of(sampleRateHz, tempo);
      position = at;
    } else {
      position = at;
      map = map.jumped(at);
    }
    if (loop != null) {
      loopEnabled = loop.enabled();
      loopStartSec = loop.startSec();
      loopEndSec = loop.endSec();
    }
  }

  /** Length of the loop, 0 when there is none. */
  long loopSamples() {
    return loopEnabled ? Math.round(loopEndSec * sampleRateHz) - Math.round(loopStartSec * sampleRateHz) : 0;
  }

  /** First sample of the loop that the song is in or before, {@link Long#MAX_VALUE} when it does not loop. */
  long loopsFrom() {
    boolean loops = loopEnabled && position < Math.round(loopEndSec * sampleRateHz);
    return loops ? Math.round(loopStartSec * sampleRateHz) : Long.MAX_VALUE;
  }

  double loopStartSec() {
    return loopStartSec;
  }

  JamTransport describe() {
    TimeSignature metre = map.current().signature();
    return JamTransport.builder().playing(playing).bpm(map.current().bpm())
        .timeSig(new dev.cantora.api.jam.TimeSignature(metre.num(), metre.den()))
        .currentSample(position).loopEnabled(loopEnabled).loopStartSec(loopStartSec).loopEndSec(loopEndSec)
        .countingIn(countInLeft > 0).intervalSec((double) FarListeners.loopSamples(this) / sampleRateHz).build();
  }
}

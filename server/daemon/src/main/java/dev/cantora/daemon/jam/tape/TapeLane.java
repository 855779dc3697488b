package dev.cantora.daemon.jam.tape;

import dev.cantora.daemon.jam.mix.Strip;
import dev.cantora.engine.LiveVoice;
import java.util.Arrays;

/** One track while a tape is played: its singers, its settings, its share of the block. For one thread. */
final class TapeLane {

  private final String trackId;
  private final long addedAt;
  private final LiveVoice voice;
  private final int channels;
  private final float[] track;
  private final float[] stem;
  private TapeEvent.TrackChange settings;
  private boolean begun;
  private boolean removed;
  private Strip strip;

  TapeLane(TapeTrack track, LiveVoice voice, int blockSize, int channels) {
    this.trackId = track.trackId();
    this.addedAt = track.addedAt();
    this.voice = voice;
    if (addedAt < 0) {
      voice.restartAt(-addedAt);
    }
    this.channels = channels;
    this.track = new float[blockSize];
    this.stem = new float[blockSize * channels];
    this.settings = new TapeEvent.TrackChange(track.gain(), track.pan(), track.mute(), track.solo(),
        track.defaultTimbre(), track.polyphonyLimit());
  }

  String trackId() {
    return trackId;
  }

  boolean soloed() {
    return settings.solo() && !removed;
  }

  void open(boolean anySolo) {
    strip = new Strip(settings.gain(), settings.pan(), audible(anySolo));
  }

  void move(boolean anySolo) {
    if (begun) {
      strip.moveTo(settings.gain(), settings.pan(), audible(anySolo));
    } else {
      open(anySolo);
    }
  }

  /** @return whether strips must move */
  boolean take(TapeEvent event) {
    return switch (event.payload()) {
      case TapeEvent.NoteOn on -> {
        voice.noteOn(on.note(), event.tSample() - addedAt);
        yield false;
      }
      case TapeEvent.NoteOff off -> {
        voice.noteOff(off.noteId(), off.releaseMs(), event.tSample() - addedAt);
        yield false;
      }
      case TapeEvent.Control control -> {
        voice.control(control.controller(), control.value());
        yield false;
      }
      case TapeEvent.Panic panic -> {
        voice.panic(event.tSample() - addedAt);
        yield false;
      }
      case TapeEvent.TrackChange change -> {
        change(change);
        yield true;
      }
      case TapeEvent.TrackRemoved gone -> {
        removed = true;
        voice.panic(event.tSample() - addedAt);
        yield true;
      }
      case TapeEvent.Tempo tempo -> false;
      case TapeEvent.Stop stop -> false;
    };
  }

  void clear() {
    Arrays.fill(stem, 0);
  }

  /**
   * Renders the next frames into the block, as far as the track exists.
   *
   * @param at sample of the tape
   * @param offset frame of the block
   */
  void render(long at, int offset, int frames) {
    int before = (int) Math.clamp(addedAt - at, 0, frames);
    int some = frames - before;
    if (some > 0) {
      begun = true;
      Arrays.fill(track, 0, some, 0);
      voice.render(track, some);
      strip.addTo(track, some, offset + before, channels == 1 ? stem : null, channels == 2 ? stem : null);
    }
  }

  void addTo(float[] master) {
    for (int i = 0; i < stem.length; i++) {
      master[i] += stem[i];
    }
  }

  float[] stem() {
    return stem;
  }

  private void change(TapeEvent.TrackChange change) {
    if (change.polyphonyLimit() != settings.polyphonyLimit()) {
      voice.maxPolyphony(change.polyphonyLimit());
    }
    if (change.defaultTimbre() != null && !change.defaultTimbre().equals(settings.defaultTimbre())) {
      voice.defaultTimbre(change.defaultTimbre());
    }
    settings = change;
  }

  private boolean audible(boolean anySolo) {
    return !removed && (anySolo ? settings.solo() : !settings.mute());
  }
}

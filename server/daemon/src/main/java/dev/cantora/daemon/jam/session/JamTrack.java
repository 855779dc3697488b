package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.InputMode;
import dev.cantora.api.jam.Track;
import dev.cantora.daemon.audio.LevelMeter;
import dev.cantora.daemon.jam.mix.Strip;
import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A track of a session: singers, settings, and perhaps a score. Belongs to the session's audio thread. */
final class JamTrack {

  /** What a track_update may change; null leaves it. @param reserve singers for a greater polyphony */
  record Change(String name, Double gain, Double pan, Boolean mute, Boolean solo, Integer polyphonyLimit,
      LiveVoice.Reserve reserve, String defaultTimbre, InputMode inputMode) {}

  /** Nobody holds more; who never releases loses the count of the oldest. */
  private static final int MOST_HELD = 256;

  /** A note that somebody holds. */
  record Held(LiveNote note, String participantId) {}

  private final String trackId;
  private final String ownerId;
  private final Instrument instrument;
  private final String lyricsLanguage;
  private final int seed;
  private final LiveVoice voice;
  private final LevelMeter meter = new LevelMeter(1);
  private final Map<String, Held> held = new LinkedHashMap<>();
  private final Map<LiveVoice.Controller, Double> controls = new EnumMap<>(LiveVoice.Controller.class);
  private final float[] samples;
  private final TrackPast past;
  private final Agenda agenda = new Agenda();
  private String name;
  private double gain;
  private double pan;
  private boolean mute;
  private boolean solo;
  private int polyphonyLimit;
  private String defaultTimbre;
  private InputMode inputMode;
  private ScoreCursor score;
  private Strip strip;

  JamTrack(TapeTrack settings, String ownerId, Instrument instrument, LiveVoice voice, InputMode inputMode,
      String lyricsLanguage, int blockSize) {
    this.trackId = settings.trackId();
    this.ownerId = ownerId;
    this.instrument = instrument;
    this.voice = voice;
    this.seed = settings.seed();
    this.lyricsLanguage = lyricsLanguage;
    this.samples = new float[blockSize];
    this.past = new TrackPast(blockSize);
    this.name = settings.name();
    this.gain = settings.gain();
    this.pan = settings.pan();
    this.mute = settings.mute();
    this.solo = settings.solo();
    this.polyphonyLimit = settings.polyphonyLimit();
    this.defaultTimbre = settings.defaultTimbre();
    this.inputMode = inputMode;
  }

  String trackId() {
    return trackId;
  }

  String ownerId() {
    return ownerId;
  }

  Instrument instrument() {
    return instrument;
  }

  LiveVoice voice() {
    return voice;
  }

  /** Null when the track has none of its own. */
  String lyricsLanguage() {
    return lyricsLanguage;
  }

  int voicesActive() {
    return voice.voicesActive();
  }

  LevelMeter meter() {
    return meter;
  }

  ScoreCursor score() {
    return inputMode == InputMode.SCORE ? score : null;
  }

  /** Notes that were not released yet, the oldest first. */
  Collection<Held> held() {
    return held.values();
  }

  /** Controllers that were moved, as they stand. */
  Map<LiveVoice.Controller, Double> controls() {
    return controls;
  }

  /** @param ahead frames from the next one that is rendered */
  LiveVoice.NoteAck noteOn(LiveNote note, String participantId, int ahead) {
    if (held.size() >= MOST_HELD) {
      held.remove(held.keySet().iterator().next());
    }
    held.put(note.noteId(), new Held(note, participantId));
    return voice.noteOn(note, voice.samplePosition() + ahead);
  }

  void noteOff(String noteId, double releaseMs, int ahead) {
    held.remove(noteId);
    voice.noteOff(noteId, releaseMs, voice.samplePosition() + ahead);
  }

  /** Releases everything at once, and forgets what was planned. */
  void panic() {
    held.clear();
    agenda.clear();
    voice.panic(voice.samplePosition());
  }

  void control(LiveVoice.Controller controller, double value) {
    controls.put(controller, value);
    voice.control(controller, value);
  }

  boolean solo() {
    return solo;
  }

  void score(ScoreCursor cursor) {
    score = cursor;
    inputMode = InputMode.SCORE;
    agenda.clear();
  }

  void open(boolean anySolo) {
    strip = new Strip(gain, pan, audible(anySolo));
  }

  void move(boolean anySolo) {
    strip.moveTo(gain, pan, audible(anySolo));
  }

  /** Becomes silent without a click. */
  void fadeOut() {
    strip.moveTo(gain, pan, false);
  }

  boolean faded() {
    return strip.steady();
  }

  void apply(Change change) {
    name = change.name() == null ? name : change.name();
    gain = change.gain() == null ? gain : change.gain();
    pan = change.pan() == null ? pan : change.pan();
    mute = change.mute() == null ? mute : change.mute();
    solo = change.solo() == null ? solo : change.solo();
    inputMode = change.inputMode() == null ? inputMode : change.inputMode();
    if (!isAgent()) {
      agenda.clear();
    }
    if (change.polyphonyLimit() != null && change.polyphonyLimit() != polyphonyLimit) {
      polyphonyLimit = change.polyphonyLimit();
      voice.maxPolyphony(polyphonyLimit, change.reserve());
    }
    if (change.defaultTimbre() != null && !change.defaultTimbre().equals(defaultTimbre)) {
      defaultTimbre = change.defaultTimbre();
      voice.defaultTimbre(defaultTimbre);
    }
  }

  /** Renders the next frames, and what far listeners hear of the past. */
  void render(int frames) {
    Arrays.fill(samples, 0, frames, 0);
    voice.render(samples, frames);
    meter.before(samples, frames);
    strip.advance(frames);
    past.pass(samples, frames, inTime());
  }

  /** Adds what was rendered into the mixes that all hear. @param offset frame of the mixes */
  void addCommon(int frames, int offset, float[] monoMix, float[] stereoMix) {
    strip.add(past.common(samples), frames, offset, monoMix, stereoMix);
  }

  /** Adds it into the mix of a far listener: their own and scores as they are, others one loop later. */
  void addPrivate(String participantId, int frames, int offset, PrivateMix mix) {
    boolean present = inTime() || ownerId.equals(participantId);
    strip.add(present ? samples : past.far(samples), frames, offset, mix.mono(), mix.stereo());
  }

  /** In silence nothing has to fade. */
  void settle() {
    past.settle(inTime());
  }

  boolean isAgent() {
    return inputMode == InputMode.AGENT;
  }

  /** What a program has planned. */
  Agenda agenda() {
    return agenda;
  }

  /** What far listeners hear. */
  TrackPast past() {
    return past;
  }

  /** How much later than it is played this track is heard in the common mix, in samples. */
  int laterSamples() {
    return past.laterSamples(inTime());
  }

  /** By how much what its owner plays is late, as far as that is made good, in samples. */
  int roundTripSamples() {
    return past.roundTripSamples(inTime());
  }

  /** A score is heard in time by all, far or near. */
  private boolean inTime() {
    return score() != null;
  }

  TapeTrack forTape(long addedAt) {
    return new TapeTrack(trackId, instrument.presetId(), name, gain, pan, mute, solo, defaultTimbre, polyphonyLimit, seed,
        addedAt);
  }

  SessionState.TrackState state() {
    return new SessionState.TrackState(forTape(0), ownerId, inputMode, lyricsLanguage, score != null);
  }

  TapeEvent.TrackChange settings() {
    return new TapeEvent.TrackChange(gain, pan, mute, solo, defaultTimbre, polyphonyLimit);
  }

  Track describe() {
    return Track.builder().trackId(trackId).name(name).presetId(instrument.presetId())
        .defaultTimbre(defaultTimbre == null ? instrument.timbres().getFirst() : defaultTimbre)
        .polyphonyLimit(polyphonyLimit).gain(gain).pan(pan).mute(mute).solo(solo).inputMode(inputMode).ownerId(ownerId)
        .lyricsLanguage(lyricsLanguage).hasScore(score != null).build();
  }

  private boolean audible(boolean anySolo) {
    return anySolo ? solo : !mute;
  }
}

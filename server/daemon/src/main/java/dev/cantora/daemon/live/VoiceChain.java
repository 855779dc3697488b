package dev.cantora.daemon.live;

import dev.cantora.daemon.audio.LevelMeter;
import dev.cantora.engine.audio.TanhLimiter;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.LiveVoice.Controller;
import dev.cantora.engine.LiveVoice.NoteAck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From events to finished samples: a pool of singers, voices of former presets that fade out, meters and limiter. The same
 * events at the same positions give the same samples, whoever drives it. For one thread; rendering allocates nothing.
 */
final class VoiceChain {

  private static final NoteAck NONE = new NoteAck(-1, false);

  /** A note that was started and not yet released. */
  private record Held(LiveNote note, long sinceSample) {}

  /** A voice and the chain's position at which its own clock was 0. */
  private record Seated(LiveVoice voice, long offset) {}

  private final List<LoggedEvent> log = new ArrayList<>();
  private final List<Seated> sunsets = new ArrayList<>();
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>();
  private final EnumMap<Controller, Double> controllers = new EnumMap<>(Controller.class);
  private final LevelMeter meter;
  private Instrument firstInstrument;
  private LiveConfig firstSettings;
  private LiveConfig settings;
  private Instrument instrument;
  private Seated current;
  private Map<String, Double> morph = Map.of();
  private boolean limiter = true;
  private long position;
  private int stolen;

  VoiceChain(Instrument instrument, LiveConfig settings) {
    this.firstInstrument = instrument;
    this.firstSettings = settings;
    this.instrument = instrument;
    this.settings = settings;
    this.current = new Seated(instrument.newVoice(settings), 0);
    this.meter = new LevelMeter(settings.channels());
  }

  /** Back to sample 0 and silence, with the voice, settings, morph, controllers and limiter in force. */
  void restart() {
    firstInstrument = instrument;
    firstSettings = settings;
    log.clear();
    sunsets.clear();
    held.clear();
    position = 0;
    stolen = 0;
    meter.restart();
    current.voice().restart();
    current = new Seated(current.voice(), 0);
    boolean limits = limiter;
    limiter = true;
    if (!limits) {
      apply(new ChainEvent.Limiter(false), 0);
    }
    if (!morph.isEmpty()) {
      apply(new ChainEvent.Morph(morph), 0);
    }
    controllers.forEach((controller, value) -> apply(new ChainEvent.Control(controller, value), 0));
  }

  /**
   * Applies an event and logs it.
   *
   * @return what a note got, a voice index of -1 for events other than notes
   */
  NoteAck apply(ChainEvent event, long epochMs) {
    log.add(new LoggedEvent(position, epochMs, event));
    LiveVoice voice = current.voice();
    switch (event) {
      case ChainEvent.NoteOn(LiveNote note, long at) -> {
        held.put(note.noteId(), new Held(note, Math.max(at, position)));
        NoteAck ack = voice.noteOn(note, at - current.offset());
        stolen += ack.stolen() ? 1 : 0;
        return ack;
      }
      case ChainEvent.NoteOff(String noteId, double releaseMs, long at) -> {
        held.remove(noteId);
        voice.noteOff(noteId, releaseMs, at - current.offset());
      }
      case ChainEvent.Panic(long at) -> {
        held.clear();
        morph = Map.of();
        voice.panic(at - current.offset());
      }
      case ChainEvent.Morph(Map<String, Double> weights) -> {
        voice.timbreMorph(weights);
        morph = Map.copyOf(weights);
      }
      case ChainEvent.Control(Controller controller, double value) -> {
        voice.control(controller, value);
        controllers.put(controller, value);
      }
      case ChainEvent.Polyphony(int voices) -> polyphony(voices, LiveVoice.Reserve.NONE);
      case ChainEvent.DefaultTimbre(String timbre) -> {
        voice.defaultTimbre(timbre);
        settings = with(settings.maxPolyphony(), settings.rngSeed(), timbre);
      }
      case ChainEvent.Seed(int seed) -> {
        voice.seed(seed);
        settings = with(settings.maxPolyphony(), seed, settings.defaultTimbre());
      }
      case ChainEvent.Limiter(boolean on) -> limiter = on;
      case ChainEvent.Preset(Instrument next) -> change(next, next.newVoice(settingsOfNextPreset()));
    }
    return NONE;
  }

  /** What the singers of another preset are to be made with. */
  LiveConfig settingsOfNextPreset() {
    return with(settings.maxPolyphony(), settings.rngSeed(), null);
  }

  /** As {@link ChainEvent.Preset}, with singers that were made elsewhere. @param voice new, of {@link #settingsOfNextPreset} */
  void changePreset(Instrument next, LiveVoice voice, long epochMs) {
    log.add(new LoggedEvent(position, epochMs, new ChainEvent.Preset(next)));
    change(next, voice);
  }

  /** As {@link ChainEvent.Polyphony}, with singers that were made elsewhere. @param reserve of {@link #voice} */
  void maxPolyphony(int voices, LiveVoice.Reserve reserve, long epochMs) {
    log.add(new LoggedEvent(position, epochMs, new ChainEvent.Polyphony(voices)));
    polyphony(voices, reserve);
  }

  /** The voice that sings new notes. */
  LiveVoice voice() {
    return current.voice();
  }

  /** Renders the next samples, limited and metered. @param out filled from index 0, interleaved */
  void render(float[] out, int frames) {
    int count = frames * settings.channels();
    Arrays.fill(out, 0, count, 0f);
    current.voice().render(out, frames);
    renderSunsets(out, frames);
    position += frames;
    meter.before(out, count);
    if (limiter) {
      TanhLimiter.apply(out, count);
    }
    meter.after(out, count);
  }

  /** Samples rendered since the chain was made. */
  long position() {
    return position;
  }

  Instrument instrument() {
    return instrument;
  }

  /** What the chain began with, as a replay needs it. */
  Instrument firstInstrument() {
    return firstInstrument;
  }

  LiveConfig firstSettings() {
    return firstSettings;
  }

  LiveConfig settings() {
    return settings;
  }

  LevelMeter meter() {
    return meter;
  }

  boolean limiter() {
    return limiter;
  }

  /** Morph weights in force, empty for none. */
  Map<String, Double> morph() {
    return morph;
  }

  /** Everything that was applied since sample 0. */
  List<LoggedEvent> log() {
    return log;
  }

  boolean silent() {
    return voicesActive() == 0;
  }

  /** Sounding voices, those that fade out included. */
  int voicesActive() {
    return current.voice().voicesActive() + sunsetVoices();
  }

  /** Voices of former presets that still fade, and those beyond a lowered polyphony. */
  int sunsetCount() {
    return sunsetVoices() + Math.max(0, current.voice().voicesActive() - settings.maxPolyphony());
  }

  /** Notes that took a sounding voice since this was last asked. */
  int takeStolen() {
    int count = stolen;
    stolen = 0;
    return count;
  }

  /** Ids of notes held for longer than this many samples. */
  List<String> heldLongerThan(long samples) {
    return held.values().stream().filter(note -> position - note.sinceSample() > samples)
        .map(note -> note.note().noteId()).toList();
  }

  private LiveConfig with(int maxPolyphony, int rngSeed, String defaultTimbre) {
    return new LiveConfig(settings.sampleRateHz(), settings.channels(), maxPolyphony, rngSeed, defaultTimbre);
  }

  private void polyphony(int voices, LiveVoice.Reserve reserve) {
    current.voice().maxPolyphony(voices, reserve);
    settings = with(voices, settings.rngSeed(), settings.defaultTimbre());
  }

  private void change(Instrument next, LiveVoice voice) {
    current.voice().panic(position - current.offset());
    sunsets.add(current);
    instrument = next;
    List<String> known = next.timbres();
    settings = settingsOfNextPreset();
    current = new Seated(voice, position);
    Map<String, Double> kept = new LinkedHashMap<>(morph);
    kept.keySet().retainAll(known);
    morph = Map.copyOf(kept);
    if (!morph.isEmpty()) {
      voice.timbreMorph(morph);
    }
    controllers.forEach(voice::control);
    held.values().stream().skip(Math.max(0, held.size() - settings.maxPolyphony()))
        .forEach(note -> voice.noteOn(withKnownTimbre(note.note(), known), 0));
  }

  private static LiveNote withKnownTimbre(LiveNote note, List<String> known) {
    return note.timbre() == null || known.contains(note.timbre()) ? note
        : new LiveNote(note.noteId(), note.midi(), note.velocity(), null, note.breathiness(), note.vibrato(),
            note.portamentoSec(), note.phonemes());
  }

  private void renderSunsets(float[] out, int frames) {
    if (sunsets.isEmpty()) {
      return;
    }
    for (Iterator<Seated> each = sunsets.iterator(); each.hasNext(); ) {
      LiveVoice voice = each.next().voice();
      voice.render(out, frames);
      if (voice.voicesActive() == 0) {
        each.remove();
      }
    }
  }

  private int sunsetVoices() {
    int sum = 0;
    for (int i = 0; i < sunsets.size(); i++) {
      sum += sunsets.get(i).voice().voicesActive();
    }
    return sum;
  }
}

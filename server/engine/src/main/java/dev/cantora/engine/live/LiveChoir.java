package dev.cantora.engine.live;

import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.live.LiveEvent.Kind;
import dev.cantora.engine.synthesis.Mix;
import dev.cantora.engine.synthesis.SynthesisTables;
import dev.cantora.engine.voice.Voice;
import java.util.Arrays;
import java.util.Map;

/** The pool of singers of a session. */
public final class LiveChoir implements LiveVoice {

  /** Greatest number of frames mixed at once; longer calls are divided. */
  private static final int MOST_FRAMES = 2048;
  /** Singers beyond the pool's size, for notes that fade outside it. */
  private static final int SPARES = 4;
  private static final double FADE_SEC = 0.01;
  /** What a voice that sang nothing yet glides from: middle C (contract section 10). */
  private static final double FIRST_MIDI = 60;

  private final Voice voice;
  private final SynthesisTables tables;
  private final int sampleRateHz;
  private final int channels;
  private final SessionControls controls;
  private final SlotTable slots;
  private final EventQueue queue = new EventQueue();
  private final LiveEvent event = new LiveEvent();
  private final Mix mix;
  private LiveSinger[] singers = new LiveSinger[0];
  private LiveSinger[] slotSinger = new LiveSinger[0];
  private double[] slotMidi = new double[0];
  private int rngSeed;
  private long position;
  private long lastToken;
  private boolean pedal;

  public LiveChoir(Voice voice, SynthesisTables tables, LiveConfig config) {
    this.voice = voice;
    this.tables = tables;
    this.sampleRateHz = config.sampleRateHz() == 0 ? voice.sampleRateHz() : config.sampleRateHz();
    this.channels = config.channels();
    this.rngSeed = config.rngSeed();
    this.controls = new SessionControls(voice);
    this.slots = new SlotTable(config.maxPolyphony());
    this.mix = new Mix(channels, MOST_FRAMES);
    controls.defaultTimbre(config.defaultTimbre());
    grow(config.maxPolyphony());
  }

  private void grow(int polyphony) {
    if (polyphony > slotSinger.length) {
      int before = slotSinger.length;
      slotSinger = Arrays.copyOf(slotSinger, polyphony);
      slotMidi = Arrays.copyOf(slotMidi, polyphony);
      Arrays.fill(slotMidi, before, polyphony, FIRST_MIDI);
    }
    if (polyphony + SPARES > singers.length) {
      int before = singers.length;
      singers = Arrays.copyOf(singers, polyphony + SPARES);
      for (int i = before; i < singers.length; i++) {
        singers[i] = new LiveSinger(voice, tables, controls, sampleRateHz);
      }
    }
  }

  @Override
  public NoteAck noteOn(LiveNote note, long atSample) {
    if (note.timbre() != null) {
      controls.timbre(note.timbre(), "timbre");
    }
    long at = Math.max(position, atSample);
    int slot = slots.find(note.noteId(), at);
    boolean retrigger = slot >= 0;
    boolean stolen = false;
    if (!retrigger) {
      slot = slots.choose(at);
      stolen = !slots.isFree(slot, at);
    }
    long token = ++lastToken;
    slots.occupy(slot, note.noteId(), at, token);
    LiveEvent start = queue.add(at);
    start.kind = Kind.START;
    start.slot = slot;
    start.token = token;
    start.note = note;
    start.retrigger = retrigger;
    return new NoteAck(slot, stolen);
  }

  @Override
  public void noteOff(String noteId, double releaseMs, long atSample) {
    long at = Math.max(position, atSample);
    int slot = slots.find(noteId, at);
    if (slot < 0 || !slots.isHeld(slot) || slots.isSustained(slot)) {
      return;
    }
    double ms = Math.max(0, Math.min(10000, releaseMs));
    if (pedal) {
      slots.sustain(slot, ms);
    } else {
      release(slot, ms, at);
    }
  }

  private void release(int slot, double ms, long atSample) {
    long at = Math.max(atSample, slots.startOf(slot) + 1);
    int samples = (int) Math.round(ms / 1000 * sampleRateHz);
    LiveEvent release = queue.add(at);
    release.kind = Kind.RELEASE;
    release.slot = slot;
    release.token = slots.tokenOf(slot);
    release.note = null;
    release.releaseSamples = samples;
    slots.release(slot, at + samples);
  }

  @Override
  public void panic(long atSample) {
    long at = Math.max(position, atSample);
    queue.dropFrom(at);
    slots.clearAll();
    controls.clearMorph();
    LiveEvent panic = queue.add(at);
    panic.kind = Kind.PANIC;
    panic.note = null;
  }

  @Override
  public void timbreMorph(Map<String, Double> weights) {
    controls.morph(weights);
  }

  @Override
  public void control(Controller controller, double value) {
    controls.set(controller, value);
    if (controller == Controller.SUSTAIN) {
      pedal = controls.get(Controller.SUSTAIN) >= 0.5f;
      for (int slot = 0; slot < slots.size() && !pedal; slot++) {
        if (slots.isSustained(slot)) {
          release(slot, slots.sustainedReleaseMs(slot), position);
        }
      }
    }
  }

  @Override
  public void maxPolyphony(int voices) {
    for (int slot = voices; slot < slots.size(); slot++) {
      if (slotSinger[slot] != null && slotSinger[slot].isSounding() && !slotSinger[slot].isReleasing()) {
        slotSinger[slot].fade(position);
      }
      slotSinger[slot] = null; // a release goes on outside the pool
    }
    slots.resize(voices);
    grow(voices);
  }

  @Override
  public void defaultTimbre(String timbre) {
    controls.defaultTimbre(timbre);
  }

  @Override
  public void seed(int newSeed) {
    rngSeed = newSeed;
  }

  @Override
  public void restart() {
    int polyphony = slots.size();
    if (singers.length > polyphony + SPARES) {
      singers = Arrays.copyOf(singers, polyphony + SPARES);
    }
    for (LiveSinger singer : singers) {
      singer.silence();
    }
    Arrays.fill(slotSinger, null);
    Arrays.fill(slotMidi, FIRST_MIDI);
    slots.clearAll();
    queue.dropFrom(Long.MIN_VALUE);
    controls.reset();
    position = 0;
    lastToken = 0;
    pedal = false;
  }

  @Override
  public void render(float[] out, int frames) {
    for (int done = 0; done < frames; ) {
      int some = Math.min(MOST_FRAMES, frames - done);
      mix.clear(some);
      play(position + some);
      addTo(out, done, some);
      done += some;
    }
  }

  private void play(long end) {
    long origin = position;
    while (queue.next() < end) {
      queue.poll(event);
      playAll(event.sample, origin);
      apply();
    }
    playAll(end, origin);
  }

  /** All singers, always in the same order, so that sums do not depend on where events and calls divide the time. */
  private void playAll(long to, long origin) {
    for (LiveSinger singer : singers) {
      singer.playTo(to, mix, origin);
    }
    position = to;
  }

  private void apply() {
    switch (event.kind) {
      case START -> start();
      case RELEASE -> {
        LiveSinger singer = event.slot < slotSinger.length ? slotSinger[event.slot] : null;
        if (singer != null && singer.sings(event.token)) {
          singer.release(position, event.releaseSamples);
        }
      }
      case PANIC -> {
        for (LiveSinger singer : singers) {
          if (singer.isSounding()) {
            singer.fade(position);
          }
        }
      }
    }
  }

  private void start() {
    if (event.slot >= slots.size()) {
      return; // the pool shrank meanwhile
    }
    LiveSinger singer = slotSinger[event.slot];
    if (singer == null || singer.isSounding() && !event.retrigger) {
      LiveSinger silent = silentSinger();
      if (silent != null) {
        if (singer != null) {
          singer.fade(position);
        }
        singer = silent;
      }
    }
    if (singer == null) {
      singer = quietestSinger();
    }
    slotSinger[event.slot] = singer;
    singer.start(event.note, event.token, position, slotMidi[event.slot], LiveSinger.seed(rngSeed, event.slot));
    slotMidi[event.slot] = event.note.midi();
    event.note = null;
  }

  private LiveSinger silentSinger() {
    for (LiveSinger singer : singers) {
      if (!singer.isSounding() && !isSeated(singer)) {
        return singer;
      }
    }
    return null;
  }

  /** With every singer sounding, the quietest outside the pool goes on with the new note. */
  private LiveSinger quietestSinger() {
    LiveSinger quietest = null;
    for (LiveSinger singer : singers) {
      if (!isSeated(singer) && (quietest == null || singer.level() < quietest.level())) {
        quietest = singer;
      }
    }
    return quietest;
  }

  private boolean isSeated(LiveSinger singer) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (slotSinger[slot] == singer) {
        return true;
      }
    }
    return false;
  }

  private void addTo(float[] out, int from, int frames) {
    for (int channel = 0; channel < channels; channel++) {
      float[] samples = mix.channel(channel);
      for (int i = 0, o = from * channels + channel; i < frames; i++, o += channels) {
        out[o] += samples[i];
      }
    }
  }

  @Override
  public int voicesActive() {
    int active = 0;
    for (LiveSinger singer : singers) {
      active += singer.isSounding() ? 1 : 0;
    }
    return active;
  }

  @Override
  public long samplePosition() {
    return position;
  }
}

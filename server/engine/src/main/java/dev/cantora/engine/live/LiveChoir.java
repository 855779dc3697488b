package dev.cantora.engine.live;

import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.live.LiveEvent.Kind;
import dev.cantora.engine.synthesis.Mix;
import dev.cantora.engine.voice.Voice;
import java.util.Map;

/** The pool of singers of a session. */
public final class LiveChoir implements LiveVoice {

  private final int sampleRateHz;
  private final int channels;
  private final SessionControls controls;
  private final SlotTable slots;
  private final SingerPool singers;
  private final EventQueue queue = new EventQueue();
  private final LiveEvent event = new LiveEvent();
  private final DeskShelf desks;
  private int rngSeed;
  private long position;
  private long lastToken;
  private boolean pedal;

  public LiveChoir(Voice voice, LiveDesks desks, LiveConfig config) {
    this.sampleRateHz = config.sampleRateHz() == 0 ? voice.sampleRateHz() : config.sampleRateHz();
    this.channels = config.channels();
    this.rngSeed = config.rngSeed();
    this.controls = new SessionControls(voice);
    this.slots = new SlotTable(config.maxPolyphony());
    this.desks = desks.shelf(voice, sampleRateHz, channels);
    controls.defaultTimbre(config.defaultTimbre());
    this.singers = new SingerPool(voice, controls, sampleRateHz, config.maxPolyphony());
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
  public Reserve reserve(int voices) {
    return singers.reserve(voices);
  }

  @Override
  public void maxPolyphony(int voices, Reserve reserve) {
    singers.dismiss(voices, position);
    slots.resize(voices);
    singers.grow(voices, reserve);
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
    singers.restart(slots.size());
    slots.clearAll();
    queue.dropFrom(Long.MIN_VALUE);
    controls.reset();
    position = 0;
    lastToken = 0;
    pedal = false;
  }

  @Override
  public void restartAt(long sample) {
    restart();
    position = sample;
  }

  @Override
  public void render(float[] out, int frames) {
    Desk desk = desks.take();
    for (int done = 0; done < frames; ) {
      int some = Math.min(LiveDesks.MOST_FRAMES, frames - done);
      desk.mix().clear(some);
      play(position + some, desk);
      addTo(out, done, some, desk.mix());
      done += some;
    }
    desks.putBack(desk);
  }

  private void play(long end, Desk desk) {
    long origin = position;
    while (queue.next() < end) {
      queue.poll(event);
      playAll(event.sample, origin, desk);
      apply();
    }
    playAll(end, origin, desk);
  }

  private void playAll(long to, long origin, Desk desk) {
    singers.playTo(to, desk, origin);
    position = to;
  }

  private void apply() {
    switch (event.kind) {
      case START -> start();
      case RELEASE -> {
        LiveSinger singer = singers.of(event.slot);
        if (singer != null && singer.sings(event.token)) {
          singer.release(position, event.releaseSamples);
        }
      }
      case PANIC -> singers.fadeAll(position);
    }
  }

  private void start() {
    if (event.slot >= slots.size()) {
      return; // the pool shrank meanwhile
    }
    singers.start(event.slot, event.retrigger, event.note, event.token, position, LiveSinger.seed(rngSeed, event.slot));
    event.note = null;
  }

  private void addTo(float[] out, int from, int frames, Mix mix) {
    for (int channel = 0; channel < channels; channel++) {
      float[] samples = mix.channel(channel);
      for (int i = 0, o = from * channels + channel; i < frames; i++, o += channels) {
        out[o] += samples[i];
      }
    }
  }

  @Override
  public int voicesActive() {
    return singers.sounding();
  }

  @Override
  public long samplePosition() {
    return position;
  }
}

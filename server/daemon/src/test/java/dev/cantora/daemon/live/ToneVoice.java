package dev.cantora.daemon.live;

import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plainest voice that keeps {@link LiveVoice}'s contract: a ramp-enveloped triangle per note, placed to the sample. Lets
 * tests of sessions say exactly which sample must be what.
 */
final class ToneVoice implements LiveVoice {

  private record Due(long sample, long order, Runnable action) {}

  private static final class Tone {
    private double phase;
    private double step;
    private float level;
    private float target;
    private float ramp;
  }

  private final LiveConfig settings;
  private final float amplitude;
  private final List<Due> due = new ArrayList<>();
  private final LinkedHashMap<String, Tone> tones = new LinkedHashMap<>();
  private final List<Tone> fading = new ArrayList<>();
  private long position;
  private long count;
  private int polyphony;
  private double bendFactor = 1;

  ToneVoice(LiveConfig settings, float amplitude) {
    this.settings = settings;
    this.amplitude = amplitude;
    this.polyphony = settings.maxPolyphony();
  }

  @Override
  public NoteAck noteOn(LiveNote note, long atSample) {
    boolean stolen = tones.size() >= polyphony && !tones.containsKey(note.noteId());
    at(atSample, () -> {
      Tone before = tones.remove(note.noteId());
      if (before == null && tones.size() >= polyphony) {
        before = tones.remove(tones.firstEntry().getKey());
      }
      release(before, 10);
      Tone tone = new Tone();
      tone.step = 440 * Math.pow(2, (note.midi() - 69) / 12) / settings.sampleRateHz();
      tone.target = amplitude * (float) note.velocity();
      tone.ramp = tone.target / (settings.sampleRateHz() / 100f);
      tones.put(note.noteId(), tone);
    });
    return new NoteAck(Math.min(tones.size(), polyphony - 1), stolen);
  }

  @Override
  public void noteOff(String noteId, double releaseMs, long atSample) {
    at(atSample, () -> release(tones.remove(noteId), releaseMs));
  }

  @Override
  public void panic(long atSample) {
    at(atSample, () -> {
      tones.values().forEach(tone -> release(tone, 10));
      tones.clear();
    });
  }

  @Override
  public void timbreMorph(Map<String, Double> weights) {}

  @Override
  public void control(Controller controller, double value) {
    if (controller == Controller.BEND) {
      bendFactor = Math.pow(2, value / 1200);
    }
  }

  @Override
  public void maxPolyphony(int voices, Reserve reserve) {
    polyphony = voices;
  }

  @Override
  public void defaultTimbre(String timbre) {}

  @Override
  public void seed(int rngSeed) {}

  @Override
  public void restart() {
    due.clear();
    tones.clear();
    fading.clear();
    position = 0;
    bendFactor = 1;
  }

  @Override
  public void restartAt(long sample) {
    restart();
    position = sample;
  }

  @Override
  public void render(float[] out, int frames) {
    for (int i = 0; i < frames; i++) {
      while (!due.isEmpty() && due.getFirst().sample() <= position) {
        due.removeFirst().action().run();
      }
      float sum = 0;
      for (Tone tone : tones.values()) {
        sum += next(tone);
      }
      for (Tone tone : fading) {
        sum += next(tone);
      }
      if (Float.isNaN(sum)) {
        throw new AssertionError("of the test");
      }
      fading.removeIf(tone -> tone.level == 0);
      for (int channel = 0; channel < settings.channels(); channel++) {
        out[i * settings.channels() + channel] += sum;
      }
      position++;
    }
  }

  @Override
  public int voicesActive() {
    return tones.size() + fading.size();
  }

  @Override
  public long samplePosition() {
    return position;
  }

  private void at(long sample, Runnable action) {
    due.add(new Due(Math.max(sample, position), count++, action));
    due.sort(Comparator.comparingLong(Due::sample).thenComparingLong(Due::order));
  }

  private void release(Tone tone, double releaseMs) {
    if (tone != null) {
      tone.target = 0;
      tone.ramp = (float) (Math.max(tone.level, 1e-6) / Math.max(1, releaseMs * settings.sampleRateHz() / 1000));
      fading.add(tone);
    }
  }

  private float next(Tone tone) {
    tone.level = tone.level < tone.target ? Math.min(tone.target, tone.level + tone.ramp)
        : Math.max(tone.target, tone.level - tone.ramp);
    tone.phase += tone.step * bendFactor;
    tone.phase -= Math.floor(tone.phase);
    // a quarter late, so that the very first sample of a note already is not zero
    double shifted = (tone.phase + 0.25) % 1;
    return tone.level * (float) (4 * Math.abs(shifted - 0.5) - 1);
  }
}

package dev.cantora.engine.live;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.LiveVoice.Controller;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceDefaults;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The controllers of a session and its timbre morph: what singers steer towards. */
final class SessionControls {

  private final List<String> timbres;
  private final VoiceDefaults[] defaults;
  private final float[] value = new float[Controller.values().length];
  private final float[] morph;
  private boolean morphs;
  private boolean ownBreath = true;
  private int defaultTimbre;

  SessionControls(Voice voice) {
    timbres = voice.timbres();
    defaults = timbres.stream().map(voice::defaults).toArray(VoiceDefaults[]::new);
    morph = new float[timbres.size()];
    reset();
  }

  /** All controllers and the morph as at first; the default timbre stays. */
  void reset() {
    Arrays.fill(value, 0f);
    value[Controller.DYNAMICS.ordinal()] = 1f;
    ownBreath = true;
    morphs = false;
  }

  /** @throws EngineException INVALID_BODY for an unknown name */
  int timbre(String name, String path) {
    int index = timbres.indexOf(name);
    if (index < 0) {
      throw new EngineException(Fault.INVALID_BODY, "This voice has no timbre \"" + name + "\".", path,
          Map.of("available", timbres));
    }
    return index;
  }

  void defaultTimbre(String name) {
    defaultTimbre = name == null ? 0 : timbre(name, "defaultTimbre");
  }

  void set(Controller controller, double to) {
    float range = switch (controller) {
      case BEND -> 2400f;
      case FORMANT_SHIFT -> 12f;
      default -> 1f;
    };
    float least = switch (controller) {
      case BEND, FORMANT_SHIFT, TENSION, PAN -> -range;
      default -> 0f;
    };
    if (Double.isNaN(to)) {
      return;
    }
    value[controller.ordinal()] = (float) Math.max(least, Math.min(range, to));
    ownBreath &= controller != Controller.BREATHINESS;
  }

  float get(Controller controller) {
    return value[controller.ordinal()];
  }

  void morph(Map<String, Double> weights) {
    weights.keySet().forEach(name -> timbre(name, "weights." + name));
    float sum = 0f;
    for (int i = 0; i < morph.length; i++) {
      double weight = weights.getOrDefault(timbres.get(i), 0.0);
      morph[i] = (float) Math.max(0, Math.min(1, Double.isNaN(weight) ? 0 : weight));
      sum += morph[i];
    }
    morphs = sum > 0f;
    for (int i = 0; i < morph.length && morphs; i++) {
      morph[i] /= sum;
    }
  }

  void clearMorph() {
    morphs = false;
  }

  int timbres() {
    return timbres.size();
  }

  VoiceDefaults defaults(int noteTimbre) {
    return defaults[noteTimbre >= 0 ? noteTimbre : defaultTimbre];
  }

  /**
   * Writes the weights a note aims at and says whether they replace what its phonemes say.
   *
   * @param noteTimbre index, or -1 @param speaks whether the note has phonemes
   */
  boolean colour(int noteTimbre, boolean speaks, float[] target) {
    if (noteTimbre < 0 && morphs) {
      System.arraycopy(morph, 0, target, 0, target.length);
      return true;
    }
    Arrays.fill(target, 0f);
    target[noteTimbre >= 0 ? noteTimbre : defaultTimbre] = 1f;
    return noteTimbre >= 0 || !speaks;
  }

  /** @param colour weights per timbre */
  float breathiness(Double ofNote, float[] colour) {
    if (ofNote != null) {
      return (float) Math.max(0, Math.min(1, ofNote));
    }
    if (!ownBreath) {
      return get(Controller.BREATHINESS);
    }
    float sum = 0f;
    for (int i = 0; i < colour.length; i++) {
      sum += (float) (colour[i] * defaults[i].breathiness());
    }
    return sum;
  }
}

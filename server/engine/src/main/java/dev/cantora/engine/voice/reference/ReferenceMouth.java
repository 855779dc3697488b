package dev.cantora.engine.voice.reference;

import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import java.util.Arrays;

/**
 * Blends the timbres of a reference voice along a line of phonemes. Vowel colours move over {@value #GLIDE_SEC} s,
 * consonants and gaps hold the last vowel, and what precedes the first vowel takes that vowel's colour.
 */
final class ReferenceMouth implements Articulator {

  private static final double GLIDE_SEC = 0.03;

  private final ReferenceVoice voice;
  private final ConsonantTable.Consonant[] consonants;
  private final float[][] vowels;
  private final double[] startSec;
  private final double[] endSec;
  private final float[] strength;
  private final float[] weights;
  private int count;
  private int cursor;

  ReferenceMouth(ReferenceVoice voice, int capacity) {
    this.voice = voice;
    consonants = new ConsonantTable.Consonant[capacity];
    vowels = new float[capacity][];
    startSec = new double[capacity];
    endSec = new double[capacity];
    strength = new float[capacity];
    weights = new float[voice.envelopes.length];
  }

  /** Appends a phoneme; one beyond the capacity is left out. */
  void add(String symbol, double start, double end, float loudness) {
    if (count == startSec.length) {
      return;
    }
    consonants[count] = ConsonantTable.of(symbol);
    vowels[count] = voice.vowel(symbol);
    startSec[count] = start;
    endSec[count] = Math.max(start, end);
    strength[count] = loudness;
    count++;
  }

  void clear() {
    count = 0;
    cursor = 0;
  }

  int count() {
    return count;
  }

  double startSec(int index) {
    return startSec[index];
  }

  boolean isVowel(int index) {
    return vowels[index] != null;
  }

  /** Moves a phoneme in time; used by the live mouth, which learns late when a vowel ends. */
  void retime(int index, double start, double end) {
    startSec[index] = start;
    endSec[index] = Math.max(start, end);
  }

  @Override
  public void at(double timeSec, float[] timbreWeights, SpectralFrame out) {
    while (cursor + 1 < count && timeSec >= startSec[cursor + 1]) {
      cursor++;
    }
    if (timbreWeights != null) {
      System.arraycopy(timbreWeights, 0, weights, 0, weights.length);
    } else {
      vowelWeights(timeSec);
    }
    blend(voice.envelopes, out.envelope);
    blend(voice.partialGains, out.partialGain);
    blend(voice.breaths, out.breath);
    consonant(timeSec, out);
  }

  @Override
  public double steadyUntilSec(double timeSec) {
    if (cursor >= count) {
      return Double.POSITIVE_INFINITY;
    }
    if (timeSec < startSec[cursor]) {
      return Math.nextDown(startSec[cursor]);
    }
    int vowel = cursor;
    while (vowel >= 0 && vowels[vowel] == null) {
      vowel--;
    }
    boolean glides = vowel >= 0 && timeSec < startSec[vowel] + GLIDE_SEC;
    boolean consonantSounds = consonants[cursor] != null && timeSec < endSec[cursor];
    if (glides || consonantSounds) {
      return timeSec;
    }
    return cursor + 1 < count ? Math.nextDown(startSec[cursor + 1]) : Double.POSITIVE_INFINITY;
  }

  private void vowelWeights(double timeSec) {
    int now = cursor;
    while (now >= 0 && (now >= count || vowels[now] == null)) {
      now--;
    }
    if (now < 0) {
      now = 0;
      while (now < count && vowels[now] == null) {
        now++;
      }
      if (now == count) {
        Arrays.fill(weights, 0f);
        weights[0] = 1f;
      } else {
        System.arraycopy(vowels[now], 0, weights, 0, weights.length);
      }
      return;
    }
    System.arraycopy(vowels[now], 0, weights, 0, weights.length);
    int before = now - 1;
    while (before >= 0 && vowels[before] == null) {
      before--;
    }
    float part = (float) ((timeSec - startSec[now]) / GLIDE_SEC);
    if (before >= 0 && part < 1f) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = vowels[before][i] + Math.max(0f, part) * (vowels[now][i] - vowels[before][i]);
      }
    }
  }

  private void blend(float[][] perTimbre, float[] out) {
    int first = 0;
    while (first < weights.length - 1 && weights[first] == 0f) {
      first++;
    }
    float weight = weights[first];
    float[] curve = perTimbre[first];
    for (int i = 0; i < out.length; i++) {
      out[i] = weight * curve[i];
    }
    for (int timbre = first + 1; timbre < weights.length; timbre++) {
      weight = weights[timbre];
      if (weight != 0f) {
        curve = perTimbre[timbre];
        for (int i = 0; i < out.length; i++) {
          out[i] += weight * curve[i];
        }
      }
    }
  }

  private void consonant(double timeSec, SpectralFrame out) {
    ConsonantTable.Consonant consonant = cursor < count ? consonants[cursor] : null;
    if (consonant == null || timeSec < startSec[cursor] || timeSec >= endSec[cursor]) {
      Arrays.fill(out.noise, SpectralFrame.SILENCE);
      return;
    }
    float part = (float) ((timeSec - startSec[cursor]) / (endSec[cursor] - startSec[cursor]));
    float noiseGain = log2(consonant.noiseCourse(part) * strength[cursor]);
    for (int band = 0; band < NoiseBands.COUNT; band++) {
      out.noise[band] = Math.max(SpectralFrame.SILENCE, consonant.noise()[band] + noiseGain);
    }
    float voiced = log2(1f + consonant.closure(part) * (consonant.harmonicGain() - 1f));
    if (voiced < 0f) {
      for (int i = 0; i < out.envelope.length; i++) {
        out.envelope[i] = Math.max(SpectralFrame.SILENCE, out.envelope[i] + voiced);
      }
      for (int band = 0; band < NoiseBands.COUNT; band++) {
        out.breath[band] = Math.max(SpectralFrame.SILENCE, out.breath[band] + voiced);
      }
    }
  }

  private static float log2(float linear) {
    return linear < 1e-9f ? SpectralFrame.SILENCE : (float) (StrictMath.log(linear) / StrictMath.log(2));
  }
}

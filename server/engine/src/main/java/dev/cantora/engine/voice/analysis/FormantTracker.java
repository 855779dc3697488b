package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.units.BankAxis;
import java.util.ArrayList;
import java.util.List;

/**
 * Formants of envelopes: linear prediction from the envelope's own power spectrum (Makhoul, "Linear prediction: a tutorial
 * review", 1975, section on spectral matching), its poles as candidates, and the cheapest path through a recording, where
 * jumps, wide poles and distance from a neutral tract cost.
 */
public final class FormantTracker {

  public static final int FORMANTS = 4;
  private static final int ORDER = 12;
  private static final double PRE_EMPHASIS = 0.95;
  private static final double WIDEST_HZ = 700;
  private static final double LOWEST_HZ = 150;

  private final double topHz;
  private final double[] neutralHz;
  /** Of each envelope point's angle times each lag. */
  private final double[] cosine;

  /** @param topHz formants are sought below this; 5000 Hz suits men, 5500 women (praat's advice), 8000 children */
  public FormantTracker(double topHz) {
    this.topHz = topHz;
    int points = points();
    cosine = new double[points * (ORDER + 1)];
    for (int i = 0; i < cosine.length; i++) {
      cosine[i] = StrictMath.cos(Math.PI * (i / (ORDER + 1)) / (points - 1) * (i % (ORDER + 1)));
    }
    neutralHz = new double[FORMANTS];
    for (int i = 0; i < FORMANTS; i++) {
      neutralHz[i] = topHz * (2 * i + 1) / 10; // a uniform tube has five formants below topHz
    }
  }

  /** One frame's choice of poles for F1.. */
  private record Choice(double[] hz, double cost) {}

  /** F1 to F4 in Hz per frame; frames whose envelope is silent hold their neighbour's. */
  public float[][] track(float[][] envelopes) {
    int frames = envelopes.length;
    List<List<Choice>> choices = new ArrayList<>();
    for (float[] envelope : envelopes) {
      choices.add(choices(LinearPrediction.poles(autocorrelation(envelope), ORDER, 2 * topHz)));
    }
    double[][] total = new double[frames][];
    int[][] from = new int[frames][];
    for (int t = 0; t < frames; t++) {
      List<Choice> now = choices.get(t);
      total[t] = new double[now.size()];
      from[t] = new int[now.size()];
      for (int i = 0; i < now.size(); i++) {
        double best = t == 0 ? 0 : Double.MAX_VALUE;
        for (int j = 0; t > 0 && j < choices.get(t - 1).size(); j++) {
          double cost = total[t - 1][j] + move(choices.get(t - 1).get(j).hz(), now.get(i).hz());
          if (cost < best) {
            best = cost;
            from[t][i] = j;
          }
        }
        total[t][i] = best + now.get(i).cost();
      }
    }
    float[][] tracks = new float[frames][FORMANTS];
    int at = 0;
    for (int i = 1; frames > 0 && i < total[frames - 1].length; i++) {
      at = total[frames - 1][i] < total[frames - 1][at] ? i : at;
    }
    for (int t = frames - 1; t >= 0; t--) {
      for (int f = 0; f < FORMANTS; f++) {
        tracks[t][f] = (float) choices.get(t).get(at).hz()[f];
      }
      at = from[t][at];
    }
    return tracks;
  }

  private double move(double[] a, double[] b) {
    double cost = 0;
    for (int f = 0; f < FORMANTS; f++) {
      cost += Math.abs(a[f] - b[f]) / (100 + 60 * f);
    }
    return cost;
  }

  private int points() {
    return (int) (topHz / BankAxis.SPACING_HZ) + 1;
  }

  private double[] autocorrelation(float[] envelope) {
    int points = points();
    double[] r = new double[ORDER + 1];
    for (int p = 0; p < points; p++) {
      double power = StrictMath.pow(4, envelope[p]) * (1 + PRE_EMPHASIS * PRE_EMPHASIS - 2 * PRE_EMPHASIS * cosine[p * (ORDER + 1) + 1]) + 1e-18;
      double weight = p == 0 || p == points - 1 ? 0.5 : 1;
      for (int lag = 0; lag <= ORDER; lag++) {
        r[lag] += weight * power * cosine[p * (ORDER + 1) + lag];
      }
    }
    r[0] *= 1 + 1e-6;
    return r;
  }

  /** Every ascending way to name the poles F1..F4, at most one of the four assumed at its neutral place. */
  private List<Choice> choices(double[][] poles) {
    List<double[]> usable = new ArrayList<>();
    for (double[] pole : poles) {
      if (pole[0] > LOWEST_HZ && pole[0] < topHz - 100 && pole[1] < WIDEST_HZ) {
        usable.add(pole);
      }
    }
    List<Choice> found = new ArrayList<>();
    pick(usable, 0, 0, new double[FORMANTS], 0, 0, found);
    if (found.isEmpty()) {
      found.add(new Choice(neutralHz.clone(), 8));
    }
    return found;
  }

  private void pick(List<double[]> poles, int from, int formant, double[] hz, double cost, int assumed, List<Choice> found) {
    if (formant == FORMANTS) {
      found.add(new Choice(hz.clone(), cost));
      return;
    }
    for (int i = from; i < poles.size(); i++) {
      double[] pole = poles.get(i);
      hz[formant] = pole[0];
      double away = Math.abs(pole[0] - neutralHz[formant]) / neutralHz[formant];
      pick(poles, i + 1, formant + 1, hz, cost + 0.6 * away + pole[1] / 500 + 0.3 * (i - from), assumed, found);
    }
    double last = formant == 0 ? 0 : hz[formant - 1];
    if (assumed < 1 && neutralHz[formant] > last + 150) {
      hz[formant] = neutralHz[formant];
      pick(poles, from, formant + 1, hz, cost + 2.5, assumed + 1, found);
    }
  }
}

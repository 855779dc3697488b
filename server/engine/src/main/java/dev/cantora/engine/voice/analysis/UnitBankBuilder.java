package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.units.PhoneAlphabet;
import dev.cantora.engine.voice.units.PhoneClass;
import dev.cantora.engine.voice.units.UnitBank;
import dev.cantora.engine.voice.units.UnitVoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Labelled speech to a unit bank: analyse, cut every pair of neighbouring phones out of every recording, keep the best
 * candidate of each pair, find for every phone the frame it is held on, and bring all to a common level.
 */
public final class UnitBankBuilder {

  /** Instances of a phone that are compared with each other; more add time, not judgement. */
  private static final int MOST_COMPARED = 200;

  private final VoiceDesign design;
  private final List<SpokenFrames> spoken = new ArrayList<>();
  private int rateHz;

  public UnitBankBuilder(VoiceDesign design) {
    this.design = design;
  }

  /** One occurrence of a phone. */
  private record Instance(SpokenFrames in, int segment) {
    int cut() {
      return in.cut[segment];
    }

    float[] envelope() {
      return in.frames.envelope()[cut()];
    }

    float[] noise() {
      return in.frames.noise()[cut()];
    }

    boolean voiced() {
      return in.voiced(cut());
    }
  }

  /** What one recording shows; any number of threads at once. */
  public Analyzed analyze(LabelledRecording labelled) {
    Recording recording = labelled.recording();
    SpeechFrames frames = VoicingGaps.bridge(
        new FrameAnalyzer(recording.rateHz(), design.pitchMinHz(), design.pitchMaxHz()).analyze(recording.samples()),
        labelled.segments());
    float[][] formants = new FormantTracker(design.formantTopHz()).track(frames.envelope());
    return Analyzed.of(new SpokenFrames(labelled.segments(), frames, formants), recording.rateHz());
  }

  /** Keeps what a recording shows; the order decides between equal candidates. */
  public void add(Analyzed analyzed) {
    rateHz = analyzed.rateHz;
    spoken.add(analyzed.frames);
  }

  /** An analysed recording. */
  public static final class Analyzed {
    private final SpokenFrames frames;
    private final int rateHz;

    private Analyzed(SpokenFrames frames, int rateHz) {
      this.frames = frames;
      this.rateHz = rateHz;
    }

    static Analyzed of(SpokenFrames frames, int rateHz) {
      return new Analyzed(frames, rateHz);
    }
  }

  /** Share of the time labelled as vowels in which no voice was found: whispered, or on a pitch outside the design's range. */
  public double voicelessVowels() {
    long frames = 0;
    long voiceless = 0;
    for (SpokenFrames in : spoken) {
      for (int i = 0; i < in.segments.size(); i++) {
        for (int frame = in.start[i]; in.kind(i).isVowel() && frame < in.start[i + 1]; frame++) {
          frames++;
          voiceless += in.frames.voicing()[frame] < 0.5f ? 1 : 0;
        }
      }
    }
    return frames == 0 ? 0 : (double) voiceless / frames;
  }

  /** Number of pairs a full inventory has. */
  public static int pairs() {
    return PhoneAlphabet.PHONES.size() * PhoneAlphabet.PHONES.size() - 1;
  }

  public UnitBank build() {
    List<String> phones = PhoneAlphabet.PHONES;
    int count = phones.size();
    List<List<Instance>> instances = new ArrayList<>();
    Instance[] medoid = new Instance[count];
    for (int phone = 0; phone < count; phone++) {
      instances.add(instancesOf(phones.get(phone)));
      medoid[phone] = medoid(voicedOnes(phones.get(phone), instances.get(phone)));
    }
    Instance[] best = new Instance[count * count];
    double[] cost = new double[count * count];
    for (SpokenFrames in : spoken) {
      for (int i = 0; i + 1 < in.segments.size(); i++) {
        int left = phones.indexOf(in.segments.get(i).phone());
        int right = phones.indexOf(in.segments.get(i + 1).phone());
        if (left < 0 || right < 0 || left == 0 && right == 0) {
          continue;
        }
        double now = cost(in, i, medoid[left], medoid[right]);
        int pair = left * count + right;
        if (best[pair] == null || now < cost[pair]) {
          best[pair] = new Instance(in, i);
          cost[pair] = now;
        }
      }
    }
    return assemble(phones, best, medoid);
  }

  private List<Instance> instancesOf(String phone) {
    var found = new ArrayList<Instance>();
    for (SpokenFrames in : spoken) {
      for (int i = 0; i < in.segments.size(); i++) {
        if (in.segments.get(i).phone().equals(phone)) {
          found.add(new Instance(in, i));
        }
      }
    }
    if (found.size() > MOST_COMPARED) {
      var thinned = new ArrayList<Instance>();
      for (int i = 0; i < MOST_COMPARED; i++) {
        thinned.add(found.get((int) ((long) i * found.size() / MOST_COMPARED)));
      }
      return thinned;
    }
    return found;
  }

  /** Of a voiced fricative those that were spoken with voice, if any were: between vowels, mostly. */
  private static List<Instance> voicedOnes(String phone, List<Instance> instances) {
    if (!PhoneClass.isVoicedFricative(phone)) {
      return instances;
    }
    List<Instance> voiced = instances.stream().filter(Instance::voiced).toList();
    return voiced.isEmpty() ? instances : voiced;
  }

  /** The occurrence least far from all others: an average would blur formants. */
  private static Instance medoid(List<Instance> instances) {
    Instance best = null;
    double least = Double.MAX_VALUE;
    for (Instance candidate : instances) {
      double sum = 0;
      for (Instance other : instances) {
        sum += distance(candidate, other);
      }
      if (sum < least) {
        least = sum;
        best = candidate;
      }
    }
    return best;
  }

  private static double distance(Instance a, Instance b) {
    double sum = 0;
    for (int p = 2; p < 88; p += 2) {
      sum += Math.abs(Math.max(-16, a.envelope()[p]) - Math.max(-16, b.envelope()[p]));
    }
    for (int band = 0; band < NoiseBands.COUNT - 3; band++) {
      sum += Math.abs(Math.max(-16, a.noise()[band]) - Math.max(-16, b.noise()[band]));
    }
    return sum;
  }

  /** Low for plain neighbours (vowels, silence) and cuts like most others of their phones. */
  private static double cost(SpokenFrames in, int left, Instance leftMedoid, Instance rightMedoid) {
    double cost = distance(new Instance(in, left), leftMedoid) + distance(new Instance(in, left + 1), rightMedoid);
    boolean plainBefore = left == 0 || in.kind(left - 1) == PhoneClass.SILENCE || in.kind(left - 1).isVowel();
    boolean plainAfter = left + 2 >= in.segments.size() || in.kind(left + 2) == PhoneClass.SILENCE || in.kind(left + 2).isVowel();
    boolean consonants = !in.kind(left).isVowel() && !in.kind(left + 1).isVowel();
    if (!consonants && in.kind(left).isVowel() && left > 0 && !in.kind(left - 1).isVowel()) {
      plainBefore = true; // the usual case: consonant, vowel, consonant
    }
    if (!consonants && in.kind(left + 1).isVowel() && left + 2 < in.segments.size()) {
      plainAfter = true;
    }
    return cost + (plainBefore ? 0 : 1000) + (plainAfter ? 0 : 1000);
  }

  private UnitBank assemble(List<String> phones, Instance[] best, Instance[] medoid) {
    var shaper = new SpectrumShaper(design, rateHz);
    var rows = new ArrayList<ShapedFrame>();
    int[] unitOf = new int[best.length];
    Arrays.fill(unitOf, -1);
    var first = new ArrayList<Integer>();
    var boundary = new ArrayList<Integer>();
    for (int pair = 0; pair < best.length; pair++) {
      Instance unit = best[pair];
      if (unit == null) {
        continue;
      }
      SpokenFrames in = unit.in;
      int from = in.cutAsLeft(unit.segment);
      int to = Math.max(from + 1, in.cutAsRight(unit.segment + 1));
      int middle = Math.clamp(in.start[unit.segment + 1], from, to);
      unitOf[pair] = boundary.size();
      first.add(rows.size());
      boundary.add(middle - from);
      PhoneClass left = in.kind(unit.segment);
      PhoneClass right = in.kind(unit.segment + 1);
      for (int i = from; i <= to; i++) {
        boolean before = i < middle;
        String phone = in.segments.get(before ? unit.segment : unit.segment + 1).phone();
        int away = before ? middle - 1 - i : i - middle;
        float noiseGain = before ? shaper.noiseGain(left, SpectrumShaper.noisyFramesBefore(right), away)
            : shaper.noiseGain(right, SpectrumShaper.noisyFramesAfter(in.segments.get(unit.segment).phone()), away);
        float voiceGain = shaper.voiceGain(phone, away);
        float[] harmonics = in.frames.envelope()[i];
        Instance held = medoid[before ? pair / phones.size() : pair % phones.size()];
        if (PhoneClass.isVoicedFricative(phone) && !in.voiced(i) && held.voiced()) {
          // speech lets go of the voice at the ends of words; what is sung has a pitch as long as its noise lasts
          harmonics = held.envelope();
          voiceGain += Math.min(0f, in.noisePeak(i) - held.in.noisePeak(held.cut()));
        }
        rows.add(ShapedFrame.of(harmonics, in, i, phone, shaper, noiseGain, voiceGain));
      }
    }
    int[] target = new int[phones.size()];
    Arrays.fill(target, -1);
    first.add(rows.size());
    boundary.add(0);
    for (int phone = 1; phone < target.length; phone++) {
      if (medoid[phone] != null) {
        target[phone] = rows.size();
        Instance held = medoid[phone];
        PhoneClass kind = PhoneClass.of(phones.get(phone));
        rows.add(ShapedFrame.of(held.envelope(), held.in, held.cut(), phones.get(phone), shaper, shaper.noiseGain(kind, 0, 99),
            shaper.voiceGain(phones.get(phone), 99)));
      }
    }
    rows.add(rows.getLast()); // the closing pseudo unit has two frames even when nothing was found
    first.add(rows.size());
    return UnitBankPacker.pack(phones, rows, unitOf, toInts(first), toInts(boundary), target, level(rows, phones, target));
  }

  /** Log2 gains for harmonics and noise that bring AA (else the loudest target) to the nominal level. */
  private float[] level(List<ShapedFrame> rows, List<String> phones, int[] target) {
    int open = target[phones.indexOf("AA")];
    double recordedHz = 0;
    int voiced = 0;
    for (ShapedFrame row : rows) {
      if (row.f0Hz() > 0) {
        recordedHz += row.f0Hz();
        voiced++;
      }
    }
    recordedHz = voiced == 0 ? design.nominalHz() : recordedHz / voiced;
    double power = 0;
    for (int candidate : open >= 0 ? new int[] {open} : target) {
      if (candidate >= 0) {
        power = Math.max(power, rows.get(candidate).power(design.nominalHz()));
      }
    }
    double gain = 0.5 * StrictMath.log(UnitVoice.NOMINAL_RMS * UnitVoice.NOMINAL_RMS / power) / StrictMath.log(2);
    // fewer harmonics carry the same power when sung higher than recorded; noise keeps its place below that power
    double denser = 0.5 * StrictMath.log(design.nominalHz() / recordedHz) / StrictMath.log(2);
    return new float[] {(float) gain, (float) (gain - denser)};
  }

  private static int[] toInts(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}

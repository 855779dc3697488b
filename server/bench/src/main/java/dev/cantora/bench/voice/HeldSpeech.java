package dev.cantora.bench.voice;

import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import dev.cantora.engine.voice.analysis.LabelReader;
import dev.cantora.engine.voice.analysis.LabelledSegment;
import dev.cantora.engine.voice.analysis.Recording;
import dev.cantora.engine.voice.analysis.WavReader;
import dev.cantora.engine.voice.units.PhoneClass;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the recogniser makes of speech that is held as long as a note: a word spoken by flite on one pitch, its vowel made longer
 * by periods of its own middle. Nothing in it is synthesised by this project, so it tells what length alone costs.
 */
final class HeldSpeech {

  /** Of the middle that is repeated. */
  private static final double LOOP_SEC = 0.03;
  /** How far the length of the loop may be off whole periods of the pitch asked for. */
  private static final double PITCH_TOLERANCE = 0.03;

  private final String voice;
  private final double pitchHz;

  /** @param voice of flite @param pitchHz of the whole word */
  HeldSpeech(String voice, double pitchHz) {
    this.voice = voice;
    this.pitchHz = pitchHz;
  }

  /** Speaks a word. @param lengthSec from the beginning of the vowel to the end of the word, where it is not longer by itself */
  void word(String word, double lengthSec, Path wav) throws IOException, InterruptedException {
    String labels = Tool.run("flite", "-voice", voice, "--setf", "int_f0_target_mean=" + pitchHz, "--setf",
        "int_f0_target_stddev=1", "-t", word, "-psdur", "-o", wav.toString());
    double from = Double.NaN;
    double to = Double.NaN;
    double end = 0;
    for (LabelledSegment segment : LabelReader.parse(word, labels)) {
      PhoneClass kind = PhoneClass.of(segment.phone());
      if (kind.isVowel()) {
        from = Double.isNaN(from) ? segment.startSec() : from;
        to = segment.endSec();
      }
      end = kind == PhoneClass.SILENCE ? end : segment.endSec();
    }
    double missing = lengthSec - (end - from);
    if (missing > 0) {
      write(longer(WavReader.read(wav), (from + to) / 2, missing), wav);
    }
  }

  private Recording longer(Recording speech, double middleSec, double missingSec) {
    float[] samples = speech.samples();
    int about = (int) Math.round(Math.max(1, Math.round(LOOP_SEC * pitchHz)) * speech.rateHz() / pitchHz);
    int at = (int) Math.round(middleSec * speech.rateHz()) - about / 2;
    int loop = period(samples, at, about);
    int repeats = (int) Math.round(missingSec * speech.rateHz() / loop);
    float[] longer = Arrays.copyOf(samples, samples.length + repeats * loop);
    System.arraycopy(samples, at, longer, at + repeats * loop, samples.length - at);
    int fade = loop / 4;
    for (int i = 0; i < repeats * loop; i++) {
      int into = i % loop;
      float share = Math.max(0f, (into - (loop - fade) + 1f) / fade); // the end of the loop becomes what lies before its beginning
      float plain = samples[at + into];
      longer[at + i] = share <= 0f ? plain : plain + share * (samples[at + into - loop] - plain);
    }
    return new Recording(speech.name(), longer, speech.rateHz());
  }

  /** The length near one at which the sound repeats best. */
  private static int period(float[] samples, int at, int about) {
    int best = about;
    double most = Double.NEGATIVE_INFINITY;
    for (int length = (int) (about * (1 - PITCH_TOLERANCE)); length <= about * (1 + PITCH_TOLERANCE); length++) {
      double alike = 0;
      for (int i = 0; i < about; i++) {
        alike += samples[at + i] * samples[at + i + length];
      }
      if (alike > most) {
        most = alike;
        best = length;
      }
    }
    return best;
  }

  private static void write(Recording sound, Path wav) throws IOException {
    var encoder = new WavEncoder(WavFormat.S16, 1, sound.rateHz());
    ByteBuffer bytes = ByteBuffer.allocate(sound.samples().length * WavFormat.S16.bytesPerSample());
    encoder.encode(sound.samples(), sound.samples().length, 1f, bytes);
    try (OutputStream out = Files.newOutputStream(wav)) {
      out.write(encoder.header(sound.samples().length));
      out.write(bytes.array(), 0, bytes.position());
    }
  }
}

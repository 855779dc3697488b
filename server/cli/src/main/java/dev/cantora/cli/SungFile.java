package dev.cantora.cli;

import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.RenderStats;
import dev.cantora.engine.audio.AudioFormat;
import dev.cantora.engine.audio.AudioWriter;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import dev.cantora.engine.audio.WavPcm;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.Voice;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Renders a score to a WAV file of 32-bit floats, peak-normalised, or to FLAC or Opus where the file is named so. */
record SungFile(RenderStats stats, double elapsedMs, String samplesHash) {

  static SungFile render(Score score, Path preset, RenderConfig config, Path out) throws IOException {
    long start = System.nanoTime();
    try (Engine engine = Engine.create()) {
      Voice voice = engine.loadVoice(presetFolder(preset), w -> { });
      var raw = new Samples();
      RenderStats stats = engine.renderer().render(score, voice, config, RenderMonitor.NONE,
          (samples, frames) -> raw.add(samples, frames * config.channels()));
      write(out, raw, stats);
      return new SungFile(stats, (System.nanoTime() - start) / 1e6, raw.hash());
    }
  }

  /** The folder of a preset that is given as folder, as its manifest, or by its id for the one that the daemon would take. */
  static Path presetFolder(Path preset) {
    if (Files.isRegularFile(preset)) {
      return preset.toAbsolutePath().getParent();
    }
    boolean id = !preset.isAbsolute() && preset.getNameCount() == 1 && !Files.isDirectory(preset);
    return id ? Path.of(System.getenv().getOrDefault("PRESET_DIR", "presets")).resolve(preset) : preset;
  }

  private static void write(Path out, Samples raw, RenderStats stats) throws IOException {
    var encoder = new WavEncoder(WavFormat.F32, stats.channels(), stats.sampleRateHz());
    float[] samples = raw.all();
    ByteBuffer data = ByteBuffer.allocate(samples.length * Float.BYTES);
    encoder.encode(samples, samples.length, stats.peak() > 0 ? 1 / stats.peak() : 1, data);
    byte[] header = encoder.header(stats.frames());
    byte[] wav = ByteBuffer.allocate(header.length + data.capacity()).put(header).put(data.array()).array();
    AudioFormat format = AudioFormat.ofFile(out.toString()).orElse(AudioFormat.WAV_F32);
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out), 1 << 16)) {
      AudioWriter.write(format, new WavPcm(() -> new ByteArrayInputStream(wav)), file);
    }
  }

  /** Grows as blocks come in. */
  private static final class Samples {
    private float[] values = new float[1 << 16];
    private int count;

    void add(float[] block, int n) {
      if (count + n > values.length) {
        values = Arrays.copyOf(values, Math.max(2 * values.length, count + n));
      }
      System.arraycopy(block, 0, values, count, n);
      count += n;
    }

    float[] all() {
      return Arrays.copyOf(values, count);
    }

    /** SHA-256 over the samples before normalisation, little-endian. */
    String hash() {
      ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, 0, count);
      try {
        return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }
}

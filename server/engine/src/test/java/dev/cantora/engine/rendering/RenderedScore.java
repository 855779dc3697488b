package dev.cantora.engine.rendering;

import dev.cantora.engine.Engine;
import dev.cantora.engine.PcmSink;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.RenderStats;
import dev.cantora.engine.performance.Performance;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.ReferencePresets;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A score sung into memory, for tests. */
public record RenderedScore(float[] interleaved, RenderStats stats) {

  /** An AH/EE/OO voice of the reference's format. */
  public static Voice voice() {
    try {
      Path dir = Files.createTempDirectory("voice");
      ReferencePresets.valid(dir, "test-voice");
      return new VoiceLoader(dir, warning -> {}).load("test-voice");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Score score(Lanes lanes, Note... notes) {
    return new Score(120, List.of(notes), null, null, lanes, Map.of());
  }

  public static RenderedScore of(Engine engine, Voice voice, Score score, RenderConfig config) {
    return of(config, sink -> engine.renderer().render(score, voice, config, RenderMonitor.NONE, sink));
  }

  /** The same from a plan. */
  public static RenderedScore of(Engine engine, Voice voice, Score score, Performance plan, RenderConfig config) {
    return of(config, sink -> engine.renderer().render(score, plan, voice, config, RenderMonitor.NONE, sink));
  }

  @FunctionalInterface
  private interface Render {
    RenderStats into(PcmSink sink) throws IOException;
  }

  private static RenderedScore of(RenderConfig config, Render render) {
    float[][] all = {new float[1 << 16]};
    int[] size = {0};
    try {
      RenderStats stats = render.into((samples, frames) -> {
        int count = frames * config.channels();
        if (size[0] + count > all[0].length) {
          all[0] = Arrays.copyOf(all[0], Math.max(2 * all[0].length, size[0] + count));
        }
        System.arraycopy(samples, 0, all[0], size[0], count);
        size[0] += count;
      });
      return new RenderedScore(Arrays.copyOf(all[0], size[0]), stats);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String sha256() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * interleaved.length);
    bytes.asFloatBuffer().put(interleaved);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

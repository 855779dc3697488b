package dev.cantora.daemon.render;

import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that loads a voice and prints the bytes of heap in use, and with a second argument sings ten minutes in 16
 * voices into a sample store.
 */
final class LongRender {
  private static final int VOICES = 16;
  private static final int SECONDS = 600;
  private static final int NOTE_SEC = 4;

  private LongRender() {}

  public static void main(String[] args) throws Exception {
    try (Engine engine = Engine.create(2)) {
      Voice voice = engine.loadVoice(Path.of(args[0]), warning -> { });
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.println(runtime.totalMemory() - runtime.freeMemory());
      if (args.length > 1) {
        try (SampleStore samples = new SampleStore(1)) {
          long frames = engine.renderer().render(score(), voice, new RenderConfig(1024, 1, null, VOICES, 1, 0, 0.3),
              RenderMonitor.NONE, samples).frames();
          System.out.println(frames);
        }
      }
    }
  }

  private static Score score() {
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < SECONDS / NOTE_SEC; i++) {
      for (int voice = 0; voice < VOICES; voice++) {
        notes.add(new Note(voice + "-" + i, i * NOTE_SEC, NOTE_SEC, 60 + voice, 0.6, null, null, 0, 0, null, null));
      }
    }
    return new Score(120, notes, null, null, Lanes.NONE, Map.of());
  }
}

package dev.cantora.bench.live;

import dev.cantora.engine.Engine;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.audio.TanhLimiter;
import dev.cantora.engine.voice.Voice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a session plays and what it must hear. All notes name their sample, so the audio is settled beforehand: the engine
 * renders it here, and the daemon has to send the same bytes. Every voice sings a new syllable every two seconds, without a
 * rest between.
 */
final class Part {

  /** A message that has to arrive before a sample is rendered. */
  record Cue(long atSample, String message) {}

  private static final ValueLayout.OfFloat FLOAT_LE = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  /** Two seconds, in which the first notes travel even to a daemon that is still warming up. */
  static final int SILENCE_SAMPLES = 96_000;
  private static final int NOTE_SAMPLES = 96_000;
  private static final List<List<String>> SYLLABLES =
      List.of(List.of("L", "AA"), List.of("M", "IY"), List.of("N", "UW"), List.of("Y", "EH"));

  private final int seed;
  private final int voices;
  private final int blockSize;
  private final List<Cue> cues = new ArrayList<>();
  private final MemorySegment expected;

  /** @param number tells parts apart: other notes, another seed @param blocks rendered for comparison, 0 for none */
  Part(Engine engine, Voice voice, int number, int voices, int blockSize, int blocks) {
    this.seed = 1000 + number;
    this.voices = voices;
    this.blockSize = blockSize;
    List<LiveNote> notes = new ArrayList<>();
    long end = (long) blocks * blockSize;
    for (int singer = 0; singer < voices; singer++) {
      long start = SILENCE_SAMPLES + singer * NOTE_SAMPLES / voices;
      for (int i = 0; start + (long) i * NOTE_SAMPLES < end; i++) {
        LiveNote note = new LiveNote("v" + singer, 48 + 5 * (singer % 5) + (i * 7 + singer + number) % 5, 0.7, null, null, null,
            0, SYLLABLES.get((i + singer) % SYLLABLES.size()));
        notes.add(note);
        cues.add(new Cue(start + (long) i * NOTE_SAMPLES, message(note, start + (long) i * NOTE_SAMPLES)));
      }
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < cues.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> cues.get(i).atSample()));
    expected = MemorySegment.ofArray(new byte[blocks * blockSize * Float.BYTES]);
    render(engine.live(voice, new LiveConfig(48_000, 1, voices, seed, null)), order, notes, blocks);
    cues.sort(Comparator.comparingLong(Cue::atSample));
  }

  private void render(LiveVoice singers, List<Integer> order, List<LiveNote> notes, int blocks) {
    float[] block = new float[blockSize];
    int next = 0;
    for (int n = 0; n < blocks; n++) {
      long end = (n + 1L) * blockSize;
      while (next < order.size() && cues.get(order.get(next)).atSample() < end) {
        int index = order.get(next++);
        singers.noteOn(notes.get(index), cues.get(index).atSample());
      }
      java.util.Arrays.fill(block, 0f);
      singers.render(block, blockSize);
      TanhLimiter.apply(block, blockSize);
      MemorySegment.copy(block, 0, expected, FLOAT_LE, (long) n * blockSize * Float.BYTES, blockSize);
    }
  }

  private static String message(LiveNote note, long atSample) {
    return String.format(Locale.ROOT,
        "{\"type\":\"note_on\",\"noteId\":\"%s\",\"midi\":%d,\"velocity\":%.1f,\"atSample\":%d,\"phonemes\":[\"%s\",\"%s\"]}",
        note.noteId(), (int) note.midi(), note.velocity(), atSample, note.phonemes().get(0), note.phonemes().get(1));
  }

  String hello() {
    return String.format(Locale.ROOT,
        "{\"type\":\"hello\",\"protocolVersion\":1,\"blockSize\":%d,\"maxPolyphony\":%d,\"rngSeed\":%d,\"clientName\":\"bench\"}",
        blockSize, voices, seed);
  }

  List<Cue> cues() {
    return cues;
  }

  int blockSize() {
    return blockSize;
  }

  /** Whether the samples of a frame are those that were expected. Frames beyond what was rendered are not judged. */
  boolean matches(long seq, MemorySegment received, long from) {
    long bytes = (long) blockSize * Float.BYTES;
    long at = seq * bytes;
    return at + bytes > expected.byteSize()
        || MemorySegment.mismatch(received, from, from + bytes, expected, at, at + bytes) == -1;
  }
}

package dev.cantora.daemon.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Renders that no voice ever sang, for tests of the store. */
public final class SampleRender {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SampleRender() {}

  /** A WAV file of noise; the same seed gives the same bytes. */
  public static byte[] wav(int frames, long seed) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 4 * frames).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 4 * frames);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 3).putShort((short) 1);
    wav.putInt(48000).putInt(4 * 48000).putShort((short) 4).putShort((short) 32);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * frames);
    Random random = new Random(seed);
    for (int i = 0; i < frames; i++) {
      wav.putFloat(random.nextFloat());
    }
    return wav.array();
  }

  public static Document document(String json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      return Document.of(tree);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public static NewRender named(String name, String owner, String wavHash) {
    return render(null, name, owner, wavHash);
  }

  public static NewRender last(String owner, String wavHash) {
    return render(owner, null, owner, wavHash);
  }

  private static NewRender render(String lastOf, String name, String owner, String wavHash) {
    return new NewRender(lastOf, name, owner, "0123456789abcdef", 1.5,
        new RenderMeta.Summary(4, "exact", 120.0, "default-voice"),
        document("{\"bpm\":120,\"notes\":[]}"), document("{\"presetId\":\"default-voice\"}"),
        document("{\"peakDbfs\":-3.5}"), document("{\"commit\":\"0123456\",\"wavHash\":\"" + wavHash + "\"}"));
  }

  /** Saves through the whole path, with the budget reserved exactly. */
  public static RenderMeta save(Bank bank, String name, String owner, int frames, long seed) {
    byte[] wav = wav(frames, seed);
    try (Draft draft = bank.draft(bank.reserve(charge(frames), null))) {
      draft.audio(ByteBuffer.wrap(wav));
      return draft.commit(named(name, owner, draft.sealAudio()));
    }
  }

  public static RenderMeta saveLast(Bank bank, String owner, int frames, long seed) {
    try (Draft draft = bank.draft(bank.reserve(charge(frames), RenderKey.last(owner)))) {
      draft.audio(ByteBuffer.wrap(wav(frames, seed)));
      return draft.commit(last(owner, draft.sealAudio()));
    }
  }

  /** What {@link #save} costs. */
  public static long charge(int frames) {
    return Charge.bytes(44L + 4L * frames, named(null, "x", "0".repeat(64)).compactDocumentBytes());
  }
}

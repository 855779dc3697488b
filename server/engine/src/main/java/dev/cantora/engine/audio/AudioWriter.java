package dev.cantora.engine.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes audio in any of the formats, holding no more than a small part of it. The same samples give the same bytes. */
public final class AudioWriter {
  private static final int CHUNK_FRAMES = 4096;

  private AudioWriter() {}

  /** @param out not closed */
  public static void write(AudioFormat format, Pcm pcm, OutputStream out) throws IOException {
    switch (format) {
      case WAV_F32 -> wav(WavFormat.F32, pcm, out);
      case WAV_S24 -> wav(WavFormat.S24, pcm, out);
      case WAV_S16 -> wav(WavFormat.S16, pcm, out);
      case FLAC -> new FlacEncoder(pcm).write(out);
      case OGG_OPUS -> new OggOpusEncoder(pcm).write(out);
    }
  }

  private static void wav(WavFormat format, Pcm pcm, OutputStream out) throws IOException {
    WavEncoder encoder = new WavEncoder(format, pcm.channels(), pcm.sampleRateHz());
    out.write(encoder.header(pcm.frames()));
    float[] samples = new float[CHUNK_FRAMES * pcm.channels()];
    ByteBuffer bytes = ByteBuffer.allocate(samples.length * format.bytesPerSample());
    try (Pcm.Reader reader = pcm.open()) {
      for (int frames = reader.read(samples, CHUNK_FRAMES); frames > 0; frames = reader.read(samples, CHUNK_FRAMES)) {
        encoder.encode(samples, frames * pcm.channels(), 1f, bytes.clear());
        out.write(bytes.array(), 0, bytes.position());
      }
    }
  }
}

package dev.cantora.cli;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import dev.cantora.engine.voice.analysis.Recording;
import dev.cantora.engine.voice.analysis.WavReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first channel of a WAV file. */
record WavFile(float[] samples, int sampleRateHz) {

  /** @throws EngineException INVALID_BODY when it is no WAV file of a kind that the engine reads */
  static WavFile read(Path path) throws IOException {
    try {
      Recording recording = WavReader.read(path);
      return new WavFile(recording.samples(), recording.rateHz());
    } catch (FileSystemException unreadable) {
      throw unreadable;
    } catch (IOException noSuchWav) {
      throw new EngineException(EngineException.Fault.INVALID_BODY, noSuchWav.getMessage());
    }
  }

  /** Writes mono 32-bit float. */
  static void write(Path path, float[] samples, int sampleRateHz) throws IOException {
    var encoder = new WavEncoder(WavFormat.F32, 1, sampleRateHz);
    ByteBuffer data = ByteBuffer.allocate(samples.length * Float.BYTES);
    encoder.encode(samples, samples.length, 1, data);
    try (var file = Files.newOutputStream(path)) {
      file.write(encoder.header(samples.length));
      file.write(data.array());
    }
  }
}

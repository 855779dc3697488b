package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.bank.StoredAudio;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.engine.audio.AudioFormat;
import dev.cantora.engine.audio.AudioWriter;
import dev.cantora.engine.audio.WavPcm;
import io.helidon.webserver.CloseConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Sends stored audio in another format, encoded on the way. */
final class EncodedAudioAnswer {
  private static final int PIECE_BYTES = 1 << 17;

  private EncodedAudioAnswer() {}

  /** Closes the audio. */
  static void send(Exchange exchange, StoredAudio audio, AudioFormat format) {
    try (audio) {
      String etag = "\"" + audio.wavHash() + "-" + format.formatName() + "\"";
      exchange.setHeader("ETag", etag).setHeader("Accept-Ranges", "none").setHeader("Cache-Control", "private, no-cache")
          .setHeader("Vary", "Accept, Origin");
      if (AudioAnswer.notModified(exchange, etag)) {
        return;
      }
      WavPcm pcm = pcm(audio);
      exchange.setHeader("Content-Type", format.mediaType())
          .setHeader("Content-Disposition", "inline; filename=\"audio." + format.extension() + "\"");
      try (OutputStream out = exchange.response().outputStream()) {
        AudioWriter.write(format, pcm, out);
      } catch (IOException | UncheckedIOException gone) {
        // the head is sent: all that is left is to cut the connection, so that nobody takes the part for the whole
        throw new CloseConnectionException("audio ended early", gone);
      }
    }
  }

  private static WavPcm pcm(StoredAudio audio) {
    try {
      return new WavPcm(() -> stream(audio));
    } catch (IOException unreadable) {
      throw ApiException.builder(ErrorCode.READ_ERROR).message("The stored audio cannot be read.").cause(unreadable).build();
    }
  }

  /** Reads the audio from its beginning, a piece at a time. */
  private static InputStream stream(StoredAudio audio) {
    return new InputStream() {
      private byte[] piece = new byte[0];
      private int next;
      private long at;

      private boolean more() throws IOException {
        if (next == piece.length && at < audio.lengthBytes()) {
          int count = (int) Math.min(PIECE_BYTES, audio.lengthBytes() - at);
          ByteArrayOutputStream copy = new ByteArrayOutputStream(count);
          audio.copyTo(copy, at, count);
          piece = copy.toByteArray();
          next = 0;
          at += count;
        }
        return next < piece.length;
      }

      @Override
      public int read() throws IOException {
        return more() ? piece[next++] & 0xFF : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (!more()) {
          return -1;
        }
        int count = Math.min(length, piece.length - next);
        System.arraycopy(piece, next, target, offset, count);
        next += count;
        return count;
      }
    };
  }
}

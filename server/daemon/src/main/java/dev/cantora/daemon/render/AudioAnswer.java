package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.bank.StoredAudio;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.EntityTags;
import dev.cantora.daemon.http.Exchange;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends stored audio: whole, one range of it (RFC 9110, section 14), or nothing when the client has it. */
final class AudioAnswer {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private AudioAnswer() {}

  /** Closes the audio. */
  static void send(Exchange exchange, StoredAudio audio) {
    try (audio) {
      String etag = "\"" + audio.wavHash() + "\"";
      exchange.setHeader("ETag", etag).setHeader("Accept-Ranges", "bytes").setHeader("Cache-Control", "private, no-cache");
      if (notModified(exchange, etag)) {
        return;
      }
      long length = audio.lengthBytes();
      boolean mayBePart = exchange.request().prologue().method().equals(Method.GET)
          && exchange.header("If-Range").map(etag::equals).orElse(true);
      long[] range = exchange.header("Range").filter(asked -> mayBePart).map(asked -> range(asked, length)).orElse(null);
      long from = range == null ? 0 : range[0];
      long count = range == null ? length : range[1] - range[0] + 1;
      if (range != null) {
        exchange.response().status(Status.PARTIAL_CONTENT_206);
        exchange.setHeader("Content-Range", "bytes " + range[0] + "-" + range[1] + "/" + length);
      }
      exchange.setHeader("Content-Type", "audio/wav").setHeader("Content-Length", Long.toString(count));
      stream(exchange, audio, from, count);
    }
  }

  private static void stream(Exchange exchange, StoredAudio audio, long from, long count) {
    try (OutputStream out = exchange.response().outputStream()) {
      audio.copyTo(out, from, count);
    } catch (IOException | UncheckedIOException gone) {
      // the head is sent: all that is left is to cut the connection, so that nobody takes the part for the whole
      throw new CloseConnectionException("audio ended early", gone);
    }
  }

  /** Answers that the client has it already, when it has. */
  static boolean notModified(Exchange exchange, String etag) {
    boolean known = exchange.header("If-None-Match").map(tags -> EntityTags.match(tags, etag)).orElse(false);
    if (known) {
      exchange.response().status(Status.NOT_MODIFIED_304).send();
    }
    return known;
  }

  /**
   * First and last byte, null for anything but a single range, which is answered with the whole file.
   *
   * @throws ApiException RANGE_NOT_SATISFIABLE
   */
  private static long[] range(String header, long length) {
    Matcher matcher = RANGE.matcher(header.replace(" ", ""));
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return null;
    }
    long from;
    long to;
    if (matcher.group(1).isEmpty()) {
      long suffix = Long.parseLong(matcher.group(2));
      from = suffix == 0 ? length : Math.max(0, length - suffix);
      to = length - 1;
    } else {
      from = Long.parseLong(matcher.group(1));
      to = matcher.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(matcher.group(2)));
      if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < from) {
        return null;
      }
    }
    if (from >= length) {
      throw ApiException.builder(ErrorCode.RANGE_NOT_SATISFIABLE).header("Content-Range", "bytes */" + length).build();
    }
    return new long[] {from, to};
  }
}

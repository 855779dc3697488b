package dev.cantora.daemon.jam.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.Charge;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.jam.tape.EventTape;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.render.QueuedWork;
import dev.cantora.daemon.render.RenderDesk;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends exports through the queue of all renders. The room they need in the bank is set aside before. Thread-safe. */
public final class QueuedTapeExports implements TapeExports {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedTapeExports.class);
  /** Telemetry, provenance and configuration, generously. */
  private static final long SMALL_DOCUMENT_BYTES = 4096;

  private final RenderDesk desk;
  private final Bank bank;
  private final Instrument.Library library;
  private final String commit;

  /** @param commit of the daemon, for provenance */
  public QueuedTapeExports(RenderDesk desk, Bank bank, Instrument.Library library, String commit) {
    this.desk = desk;
    this.bank = bank;
    this.library = library;
    this.commit = commit;
  }

  @Override
  public Running start(Order order, String jobId, String requestId, DoubleConsumer progress) {
    EventTape tape = order.tape();
    int channels = order.channels() != null ? order.channels() : tape.panned() ? 2 : 1;
    ObjectNode score = Json.object().put("jam", true);
    score.set("eventTape", Json.tree(tape));
    List<Reservation> reservations = reserve(order, channels, Json.bytes(score).length);
    TapeExport export = new TapeExport(order, channels, score, reservations, bank, library, commit, progress);
    RenderDesk.Ticket ticket = desk.submit(jobId, requestId, order.owner(), reservations, export);
    CompletableFuture<Exported> result = ticket.result().handle((done, failed) -> answer(export, done, failed));
    return new Running(ticket.jobId(), result, ticket.cancel());
  }

  private List<Reservation> reserve(Order order, int channels, long scoreBytes) {
    EventTape tape = order.tape();
    long wavBytes = new WavEncoder(WavFormat.F32, channels, tape.sampleRateHz()).fileBytes(tape.lengthSamples());
    long bytes = Charge.bytes(wavBytes, scoreBytes + SMALL_DOCUMENT_BYTES);
    List<Reservation> reservations = new ArrayList<>();
    try {
      int renders = order.stems() ? 1 + tape.tracks().size() : 1;
      for (int i = 0; i < renders; i++) {
        reservations.add(bank.reserve(bytes, null));
      }
      return reservations;
    } catch (ApiException noRoom) {
      reservations.forEach(Reservation::close);
      throw noRoom;
    }
  }

  private static Exported answer(TapeExport export, QueuedWork.Result done, Throwable failed) {
    if (failed == null) {
      return new Exported(done.meta(), export.stems());
    }
    Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
    if (cause instanceof ApiException known
        && (known.code() == ErrorCode.RENDER_CANCELLED || known.code() == ErrorCode.SERVER_SHUTDOWN)) {
      throw known;
    }
    LOG.atError().addKeyValue("code", ErrorCode.EXPORT_FAILED).setCause(cause).log("jam_export_failed");
    ApiException.Builder failure = ApiException.builder(ErrorCode.EXPORT_FAILED).cause(cause);
    // what the bank or a voice has to say is written for clients; the rest stays in the log
    throw cause instanceof ApiException known && known.code() != ErrorCode.INTERNAL_ERROR
        ? failure.message(ErrorCode.EXPORT_FAILED.message() + " " + known.getMessage()).build() : failure.build();
  }
}

package dev.cantora.daemon.jam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.JamCard;
import dev.cantora.api.model.JamExportRequest;
import dev.cantora.daemon.api.JamsService;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.DocumentKind;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.jam.session.SessionCard;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.jam.tape.EventTape;
import dev.cantora.daemon.jam.tape.TapeMidi;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Rooms, tapes and exports over HTTP. */
public final class JamsRoutes extends JamsService {
  private static final String MIDI = "audio/midi";

  private final JamHub hub;
  private final TapeExports exports;
  private final Bank bank;

  JamsRoutes(JamHub hub, TapeExports exports, Bank bank) {
    this.hub = hub;
    this.exports = exports;
    this.bank = bank;
  }

  @Override
  protected void listJams(Exchange exchange) {
    List<JamCard> cards = hub.listed().stream().map(this::card).toList();
    exchange.json(Map.of("ok", true, "jams", cards));
  }

  private JamCard card(SessionCard card) {
    return JamCard.builder().sessionId(card.sessionId()).name(card.name()).createdAt(card.createdAtMs())
        .participants(card.participants()).maxParticipants(hub.maxParticipants()).spectators(card.spectators())
        .tracks(card.tracks()).playing(card.playing()).bpm(card.bpm()).recording(card.recording())
        .dormant(card.dormant()).build();
  }

  @Override
  protected void exportJam(Exchange exchange) throws InterruptedException {
    JamHub.Tape lent = hub.tape(exchange.parameter("sessionId"))
        .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no such session."));
    if (!exchange.principal().mayAccess(lent.ownerId())) {
      throw new ApiException(ErrorCode.FORBIDDEN, "The tape belongs to the session's host.");
    }
    UnfinishedTape tape = await(lent);
    if (tape == null || tape.events().isEmpty()) {
      throw new ApiException(ErrorCode.NO_RECORDING);
    }
    JamExportRequest wanted = Json.bind(exchange.body(), JamExportRequest.class);
    TapeExports.Order order = new TapeExports.Order(tape.finish(), wanted.name() == null ? null : wanted.name().strip(),
        wanted.stemsOrDefault(), wanted.channels(), exchange.principal());
    TapeExports.Running running = exports.start(order, exchange.header("X-Render-Job-Id").orElse(null),
        exchange.requestId(), fraction -> { });
    exchange.setHeader("X-Render-Job-Id", running.jobId());
    exchange.onDisconnect(running.cancel());
    exchange.json(answer(running.jobId(), await(running)));
  }

  private static Map<String, Object> answer(String jobId, TapeExports.Exported exported) {
    RenderMeta master = exported.master();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("jobId", jobId);
    answer.put("renderId", master.id());
    answer.put("durationSec", master.durationSec());
    answer.put("wavHash", master.wavHash());
    if (exported.stems() != null) {
      answer.put("stems", exported.stems());
    }
    answer.put("midiUrl", "/api/v1/renders/" + master.id() + "/tape.mid");
    answer.put("meta", master);
    return answer;
  }

  private static UnfinishedTape await(JamHub.Tape lent) throws InterruptedException {
    try {
      return lent.tape().get();
    } catch (ExecutionException gone) {
      throw new ApiException(ErrorCode.NOT_FOUND, "The session has just ended.");
    }
  }

  private static TapeExports.Exported await(TapeExports.Running running) throws InterruptedException {
    try {
      return running.result().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof ApiException known ? known
          : ApiException.builder(ErrorCode.EXPORT_FAILED).cause(failed.getCause()).build();
    } catch (InterruptedException stopping) {
      running.cancel().run();
      throw stopping;
    }
  }

  @Override
  protected void getRenderTape(Exchange exchange) {
    String id = exchange.parameter("id");
    RenderKey key = id.equals(RenderKey.LAST) ? RenderKey.last(exchange.principal().id()) : RenderKey.of(id);
    RenderMeta meta = bank.find(key).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no such render."));
    if (!exchange.principal().mayAccess(meta.createdBy())) {
      throw new ApiException(ErrorCode.FORBIDDEN, "This render belongs to another principal.");
    }
    JsonNode tape = Json.parse(bank.document(key, DocumentKind.SCORE)).path("eventTape");
    if (!tape.isObject()) {
      throw new ApiException(ErrorCode.NOT_FOUND, "This render is no jam export.");
    }
    exchange.bytes(200, MIDI, TapeMidi.write(Json.bind(tape, EventTape.class)));
  }
}

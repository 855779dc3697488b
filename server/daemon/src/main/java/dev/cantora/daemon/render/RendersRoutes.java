package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.BatchAnswer;
import dev.cantora.api.model.BatchItem;
import dev.cantora.api.model.JobError;
import dev.cantora.daemon.api.RendersService;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.DocumentKind;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.http.Negotiation;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.daemon.security.Principal;
import dev.cantora.engine.audio.AudioFormat;
import dev.cantora.engine.interchange.ExportFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The bank over HTTP. */
public final class RendersRoutes extends RendersService {
  private static final List<String> AUDIO_TYPES = Arrays.stream(AudioFormat.values()).map(AudioFormat::mediaType).distinct().toList();
  private static final List<String> SCORE_TYPES = Stream.concat(Stream.of("application/json"),
      Arrays.stream(ExportFormat.values()).map(ExportFormat::mediaType)).toList();
  private static final String JSON = "application/json; charset=utf-8";
  /** Scores in one batch. */
  public static final int MAX_BATCH = 100;

  private final Bank bank;
  private final RenderDesk desk;
  private final Schemas schemas;
  private final ScoreExports exports;

  public RendersRoutes(Bank bank, RenderDesk desk, Schemas schemas, ScoreExports exports) {
    this.bank = bank;
    this.desk = desk;
    this.schemas = schemas;
    this.exports = exports;
  }

  @Override
  protected void listRenders(Exchange exchange) {
    Principal principal = exchange.principal();
    RenderPage asked = new RenderPage(exchange);
    RenderKey last = lastOf(principal);
    List<RenderMeta> renders = new ArrayList<>();
    for (RenderMeta meta : bank.all()) {
      if (!meta.key().isLast() && principal.mayAccess(meta.createdBy())) {
        renders.add(meta);
      }
    }
    bank.find(last).ifPresent(renders::add);
    RenderPage.Slice slice = asked.of(renders);
    Map<String, Object> answer = ok("renders", slice.renders());
    if (asked.paged()) {
      answer.put("total", slice.total());
      if (slice.nextCursor() != null) {
        answer.put("nextCursor", slice.nextCursor());
      }
    }
    answer.put("budget", bank.budget());
    exchange.json(answer);
  }

  /** The principal's slot; for administrators without one, the slot of a store that knew no principals. */
  private RenderKey lastOf(Principal principal) {
    RenderKey own = RenderKey.last(principal.id());
    boolean useUnowned = principal.admin() && bank.find(own).isEmpty() && bank.find(RenderKey.UNOWNED_LAST).isPresent();
    return useUnowned ? RenderKey.UNOWNED_LAST : own;
  }

  private RenderKey keyOf(Exchange exchange) {
    String id = exchange.parameter("id");
    return id.equals(RenderKey.LAST) ? lastOf(exchange.principal()) : RenderKey.of(id);
  }

  /** The key of a render that exists and that the caller may see. */
  private RenderKey permitted(Exchange exchange) {
    RenderKey key = keyOf(exchange);
    RenderMeta meta = bank.find(key).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no such render."));
    if (!exchange.principal().mayAccess(meta.createdBy())) {
      throw new ApiException(ErrorCode.FORBIDDEN, "This render belongs to another principal.");
    }
    return key;
  }

  @Override
  protected void saveRender(Exchange exchange) throws InterruptedException {
    RenderJob job = desk.render(exchange, true);
    if (!RenderDesk.wantsToWait(exchange)) {
      RenderRoutes.answerAccepted(exchange, job);
      return;
    }
    Map<String, Object> answer = ok("jobId", job.id());
    QueuedWork.Result result = desk.await(job);
    answer.put("meta", result.meta());
    if (result.outcome().warnings() != null) {
      answer.put("warnings", result.outcome().warnings());
    }
    if (result.outcome().reused() != null) {
      answer.put("reused", result.outcome().reused());
    }
    exchange.json(answer);
  }

  @Override
  protected void batchRenders(Exchange exchange) {
    List<BatchItem> items = new ArrayList<>();
    int accepted = 0;
    for (JsonNode body : exchange.body().get("renders")) {
      try {
        schemas.require("SaveRenderRequest", body);
        RenderJob job = desk.submit(body, exchange);
        items.add(new BatchItem(job.id(), JobStatuses.url(job), null));
        accepted++;
      } catch (RuntimeException refused) {
        ApiException error = ErrorMapping.map(refused);
        items.add(new BatchItem(null, null, new JobError(error.code().name(), error.getMessage(), error.hint())));
      }
    }
    exchange.json(202, new BatchAnswer(accepted, items));
  }

  @Override
  protected void promoteLastRender(Exchange exchange) {
    Principal principal = exchange.principal();
    exchange.json(ok("meta", bank.promoteLast(lastOf(principal), principal.id(), name(exchange.body()))));
  }

  @Override
  protected void updateRender(Exchange exchange) {
    JsonNode body = exchange.body();
    Boolean pinned = body.has("pinned") ? body.get("pinned").asBoolean() : null;
    exchange.json(ok("meta", bank.update(permitted(exchange), name(body), pinned)));
  }

  private static String name(JsonNode body) {
    return body.path("name").isTextual() ? body.path("name").asText().strip() : null;
  }

  @Override
  protected void deleteRender(Exchange exchange) {
    bank.delete(deletable(exchange));
    exchange.json(ok("budget", bank.budget()));
  }

  /** A damaged render tells nobody its owner, so only administrators can remove it. */
  private RenderKey deletable(Exchange exchange) {
    try {
      return permitted(exchange);
    } catch (ApiException damaged) {
      if (damaged.code() == ErrorCode.READ_ERROR && exchange.principal().admin()) {
        return keyOf(exchange);
      }
      throw damaged;
    }
  }

  @Override
  protected void getRenderAudio(Exchange exchange) {
    AudioAnswer.send(exchange, bank.audio(permitted(exchange)));
  }

  @Override
  protected void getRenderMeta(Exchange exchange) {
    document(exchange, DocumentKind.META);
  }

  @Override
  protected void getRenderAudioAs(Exchange exchange) {
    RenderKey key = permitted(exchange);
    AudioFormat format = Negotiation.format(exchange, AudioFormat::named).orElseGet(() -> AudioFormat.ofMediaType(
        Negotiation.accepted(exchange, AUDIO_TYPES)).orElseThrow());
    EncodedAudioAnswer.send(exchange, bank.audio(key), format);
  }

  @Override
  protected void getRenderScore(Exchange exchange) {
    ExportFormat format = Negotiation.format(exchange, ExportFormat::named).orElseGet(() -> ExportFormat.ofMediaType(
        Negotiation.accepted(exchange, SCORE_TYPES)).orElse(null));
    RenderKey key = permitted(exchange);
    if (format == null) {
      document(exchange, DocumentKind.SCORE);
      return;
    }
    JsonNode stored = Json.parse(bank.document(key, DocumentKind.SCORE));
    if (!schemas.check("Score", stored).isEmpty()) {
      throw ApiException.builder(ErrorCode.NOT_ACCEPTABLE).message("This take has no notes that could be written as a score.")
          .detail("offered", List.of("application/json")).build();
    }
    exports.send(exchange, stored, format);
  }

  @Override
  protected void getRenderTelemetry(Exchange exchange) {
    document(exchange, DocumentKind.TELEMETRY);
  }

  @Override
  protected void getRenderProvenance(Exchange exchange) {
    document(exchange, DocumentKind.PROVENANCE);
  }

  private void document(Exchange exchange, DocumentKind kind) {
    exchange.bytes(200, JSON, bank.document(permitted(exchange), kind));
  }

  private static Map<String, Object> ok(String name, Object value) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put(name, value);
    return answer;
  }
}

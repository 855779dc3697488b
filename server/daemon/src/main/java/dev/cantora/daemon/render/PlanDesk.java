package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.RenderConfig;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.engine.Renderer;
import dev.cantora.engine.performance.LinePerformer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plans performances without rendering them. */
final class PlanDesk {
  /** A point of a plan in JSON, about. */
  private static final long POINT_BYTES = 40;

  private final Renderer renderer;
  private final OrderWords words;
  private final long mostBytes;

  /** @param mostBytes that a plan's answer may have, so that it can be sent back */
  PlanDesk(Renderer renderer, OrderWords words, long mostBytes) {
    this.renderer = renderer;
    this.words = words;
    this.mostBytes = mostBytes;
  }

  /**
   * The answer to a plan request: a render body with the plan in its score.
   *
   * @throws ApiException RENDER_TOO_LARGE
   */
  Map<String, Object> plan(RenderOrder order) {
    requireRoom(estimate(order));
    OrderWords.Sung sung = words.sing(order);
    ObjectNode tree = sung.score().phonemes() == null ? order.scoreTree().deepCopy()
        : OrderWords.withPhonemes(order.scoreTree(), sung.score().phonemes());
    tree.set("plan", Json.tree(new PlanMapping(order.voice().timbres())
        .plan(renderer.plan(sung.score(), order.voice(), ScoreMapping.config(order.config())))));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("score", tree);
    answer.put("config", order.fullConfig());
    answer.put("warnings", sung.warnings());
    requireRoom(Json.bytes(tree).length + Json.bytes(answer.get("config")).length);
    return answer;
  }

  private static long estimate(RenderOrder order) {
    RenderConfig config = order.config();
    long singers = (long) Math.min(config.maxPolyphonyOrDefault(), order.score().notes().size())
        * (config.choir() == null ? 1 : config.choir().singers());
    double points = order.score().endSec() * order.sampleRateHz() / LinePerformer.PERIOD * singers;
    return (long) (points * POINT_BYTES);
  }

  private void requireRoom(long bytes) {
    if (bytes > mostBytes) {
      throw ApiException.builder(ErrorCode.RENDER_TOO_LARGE).message("The plan would be too large.")
          .hint("Plan a shorter part or fewer singers, or raise CANTORA_PLAN_BODY_LIMIT.")
          .detail("renderBytes", bytes).detail("perRenderBudgetBytes", mostBytes).build();
    }
  }
}

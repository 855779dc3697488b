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
  /** A point of a plan in JSON, at most about; and the largest plan that is made. */
  private static final long POINT_BYTES = 40;
  private static final long MAX_PLAN_BYTES = 16L << 20;

  private final Renderer renderer;
  private final OrderWords words;

  PlanDesk(Renderer renderer, OrderWords words) {
    this.renderer = renderer;
    this.words = words;
  }

  /**
   * The answer to a plan request: a render body with the plan in its score.
   *
   * @throws ApiException RENDER_TOO_LARGE
   */
  Map<String, Object> plan(RenderOrder order) {
    requireReasonable(order);
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
    return answer;
  }

  private static void requireReasonable(RenderOrder order) {
    RenderConfig config = order.config();
    long singers = (long) Math.min(config.maxPolyphonyOrDefault(), order.score().notes().size())
        * (config.choir() == null ? 1 : config.choir().singers());
    double points = order.score().endSec() * order.sampleRateHz() / LinePerformer.PERIOD * singers;
    long bytes = (long) (points * POINT_BYTES);
    if (bytes > MAX_PLAN_BYTES) {
      throw ApiException.builder(ErrorCode.RENDER_TOO_LARGE).message("The plan would be too large.")
          .detail("renderBytes", bytes).detail("perRenderBudgetBytes", MAX_PLAN_BYTES).build();
    }
  }
}

package dev.cantora.daemon.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.RenderOutcome;
import dev.cantora.daemon.bank.RenderIds;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.security.Principal;
import java.util.Map;

/**
 * What the cluster knows of a job. Immutable; every step is a compare-and-set on the one before.
 *
 * @param jobId of the client or made
 * @param principalId who asked
 * @param admin whether that is an administrator
 * @param requestId of the request that brought it, for the log
 * @param keep true for an id of its own, false for the owner's {@code last} slot
 * @param renderId of the render to come, also the id of its promise in the account
 * @param createdAt of the render to come
 * @param creditBytes charge of the render that it replaces
 * @param acceptedMs since the epoch
 * @param acceptedBy node
 * @param voiceHash content of the voice it was accepted with
 * @param webhook whether somebody wants to be told of the end
 * @param state where it is
 * @param node that runs it or ran it last, or null
 * @param handedBack how often a node that stopped gave it back
 * @param cancelling whether it was told to stop
 * @param meta of the render that came of it, or null
 * @param outcome what came of it, or null
 * @param failure why nothing came of it, or null
 */
record JobRecord(String jobId, String principalId, boolean admin, String requestId, boolean keep, String renderId,
    String createdAt, long creditBytes, long acceptedMs, String acceptedBy, String voiceHash, boolean webhook, State state, String node,
    int handedBack, boolean cancelling, RenderMeta meta, RenderOutcome outcome, Failure failure) {

  enum State {
    QUEUED, RUNNING, DONE, FAILED, CANCELLED;

    boolean terminal() {
      return this != QUEUED && this != RUNNING;
    }
  }

  /** An error that crosses from one node to another. */
  record Failure(String code, String message, String hint, Map<String, Object> details) {
    static Failure of(ApiException error) {
      return new Failure(error.code().name(), error.getMessage(), error.hint(), error.details());
    }

    ApiException exception() {
      ErrorCode known = ErrorCode.of(code).orElse(ErrorCode.INTERNAL_ERROR);
      return ApiException.builder(known).message(message).hint(hint).details(details == null ? Map.of() : details).build();
    }
  }

  static JobRecord read(byte[] json) {
    return Json.bind(Json.parse(json), JobRecord.class);
  }

  byte[] written() {
    return Json.bytes(this);
  }

  @JsonIgnore
  Principal owner() {
    return new Principal(principalId, admin);
  }

  @JsonIgnore
  RenderIds.Named named() {
    return new RenderIds.Named(renderId, createdAt);
  }

  JobRecord running(String onNode) {
    return new JobRecord(jobId, principalId, admin, requestId, keep, renderId, createdAt, creditBytes, acceptedMs, acceptedBy,
        voiceHash, webhook, State.RUNNING, onNode, handedBack, cancelling, null, null, null);
  }

  /** The node stops and gives it back, which is not the job's fault. */
  JobRecord handedBackOnceMore() {
    return queuedAgain(handedBack + 1);
  }

  /** The node could not finish it. */
  JobRecord queuedAgain() {
    return queuedAgain(handedBack);
  }

  private JobRecord queuedAgain(int stops) {
    return new JobRecord(jobId, principalId, admin, requestId, keep, renderId, createdAt, creditBytes, acceptedMs, acceptedBy,
        voiceHash, webhook, State.QUEUED, null, stops, cancelling, null, null, null);
  }

  JobRecord stopping() {
    return new JobRecord(jobId, principalId, admin, requestId, keep, renderId, createdAt, creditBytes, acceptedMs, acceptedBy,
        voiceHash, webhook, state, node, handedBack, true, null, null, null);
  }

  JobRecord done(RenderMeta stored, RenderOutcome result) {
    return new JobRecord(jobId, principalId, admin, requestId, keep, renderId, createdAt, creditBytes, acceptedMs, acceptedBy,
        voiceHash, webhook, State.DONE, node, handedBack, cancelling, stored, result, null);
  }

  JobRecord failed(ApiException error) {
    State end = error.code() == ErrorCode.RENDER_CANCELLED ? State.CANCELLED : State.FAILED;
    return new JobRecord(jobId, principalId, admin, requestId, keep, renderId, createdAt, creditBytes, acceptedMs, acceptedBy,
        voiceHash, webhook, end, node, handedBack, cancelling, null, null, Failure.of(error));
  }
}

package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.AcceptedJob;
import dev.cantora.api.model.JobError;
import dev.cantora.api.model.RenderCancelled;
import dev.cantora.api.model.RenderDone;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.api.model.RenderJobState;
import dev.cantora.api.model.RenderProgressed;
import dev.cantora.api.model.RenderQueued;
import dev.cantora.api.model.RenderStarted;
import dev.cantora.daemon.bank.RenderMeta;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs as resources. */
final class JobStatuses {
  private static final String JOBS = "/api/v1/render/jobs/";
  private static final String EVENTS = "/api/v1/render/events?jobId=";
  private static final String RENDERS = "/api/v1/renders/";

  private JobStatuses() {}

  static String url(RenderJob job) {
    return JOBS + job.id();
  }

  static AcceptedJob accepted(RenderJob job) {
    return new AcceptedJob(job.id(), url(job), EVENTS + job.id());
  }

  /** What is known of a job now. @param event its last */
  static Map<String, Object> of(RenderJob job, RenderEvent event) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("ok", true);
    status.put("jobId", job.id());
    status.put("state", state(event).wire());
    switch (event) {
      case RenderQueued queued -> status.put("position", queued.position());
      case RenderStarted started -> { }
      case RenderProgressed progressed -> status.put("progress", progressed.progress());
      case RenderDone done -> {
        status.put("result", done.result());
        RenderMeta meta = job.result().join().meta(); // completed right after the event was told
        status.put("meta", meta);
        status.put("audioUrl", RENDERS + meta.id() + "/audio.wav");
      }
      case RenderFailed failed -> status.put("error", failed.error());
      case RenderCancelled cancelled -> { }
    }
    status.put("eventsUrl", EVENTS + job.id());
    return status;
  }

  /** What is told of a job that ended with the daemon. */
  static Map<String, Object> lost(RenderJob job) {
    ErrorCode code = ErrorCode.SERVER_SHUTDOWN;
    return of(job, new RenderFailed(job.id(),
        new JobError(code.name(), "The daemon stopped before the job had ended.", code.hint(Map.of()))));
  }

  private static RenderJobState state(RenderEvent event) {
    return switch (event) {
      case RenderQueued queued -> RenderJobState.QUEUED;
      case RenderStarted started -> RenderJobState.RUNNING;
      case RenderProgressed progressed -> RenderJobState.RUNNING;
      case RenderDone done -> RenderJobState.DONE;
      case RenderFailed failed -> RenderJobState.FAILED;
      case RenderCancelled cancelled -> RenderJobState.CANCELLED;
    };
  }
}

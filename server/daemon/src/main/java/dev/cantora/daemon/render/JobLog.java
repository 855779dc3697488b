package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.JobError;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.telemetry.Metrics;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How jobs end: in the log, in the metrics, and in the words of event streams. */
public final class JobLog {
  private static final Logger LOG = LoggerFactory.getLogger(RenderQueue.class);

  private final Metrics metrics;

  public JobLog(Metrics metrics) {
    this.metrics = metrics;
  }

  public void started(String jobId) {
    LOG.atInfo().addKeyValue("jobId", jobId).log("render_job_started");
  }

  /** One of both is null. */
  public void ended(String jobId, QueuedWork.Result result, ApiException error) {
    if (result != null) {
      metrics.renderJob(Metrics.Outcome.DONE, result.outcome().durationSec(), result.outcome().telemetry().renderTimeMs() / 1000);
      LOG.atInfo().addKeyValue("jobId", jobId).addKeyValue("durationSec", result.outcome().durationSec())
          .addKeyValue("rtf", result.outcome().telemetry().rtf()).log("render_job_done");
    } else if (error.code() == ErrorCode.RENDER_CANCELLED) {
      metrics.renderJob(Metrics.Outcome.CANCELLED, 0, 0);
      LOG.atInfo().addKeyValue("jobId", jobId).log("render_job_cancelled");
    } else {
      metrics.renderJob(Metrics.Outcome.FAILED, 0, 0);
      LOG.atWarn().addKeyValue("jobId", jobId).addKeyValue("code", error.code()).setCause(error.getCause())
          .log("render_job_failed");
    }
  }

  public static ApiException cancelled(String jobId) {
    return ApiException.builder(ErrorCode.RENDER_CANCELLED).detail("jobId", jobId).build();
  }

  /** Streams have a code of their own for what has none. */
  public static JobError error(ApiException error) {
    return error.code() == ErrorCode.INTERNAL_ERROR
        ? new JobError(ErrorCode.RENDER_FAILED.name(), error.getMessage(), ErrorCode.RENDER_FAILED.hint(Map.of()))
        : new JobError(error.code().name(), error.getMessage(), error.hint());
  }
}

package dev.cantora.daemon.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which principal is served next: of those with jobs, the one with the fewest running in the cluster, and among equals the
 * one that this node served longest ago. So one principal with a thousand jobs does not keep another with one waiting for
 * more than the jobs that run already. Thread-safe.
 */
final class Turns {
  /** A lane with nothing but running jobs is looked at so often, for jobs whose node fell silent. */
  private static final long STRAY_NS = 1_000_000_000L;

  private final JobCopies jobs;
  private final Map<String, Long> served = new HashMap<>();
  private final Map<String, Long> looked = new HashMap<>();
  private long count;

  Turns(JobCopies jobs) {
    this.jobs = jobs;
  }

  /** Lanes that may have a job, in the order in which to ask. */
  synchronized List<String> order() {
    Map<String, Integer> running = new HashMap<>();
    Map<String, Boolean> waiting = new HashMap<>();
    for (JobRecord record : jobs.records()) {
      String lane = WorkStream.lane(record.principalId());
      running.merge(lane, record.state() == JobRecord.State.RUNNING ? 1 : 0, Integer::sum);
      waiting.merge(lane, record.state() == JobRecord.State.QUEUED, Boolean::logicalOr);
    }
    served.keySet().retainAll(running.keySet());
    looked.keySet().retainAll(running.keySet());
    long now = System.nanoTime();
    List<String> lanes = new ArrayList<>();
    waiting.forEach((lane, some) -> {
      if (some || now - looked.getOrDefault(lane, now - STRAY_NS) >= STRAY_NS) {
        looked.put(lane, now);
        lanes.add(lane);
      }
    });
    lanes.sort(Comparator.<String>comparingInt(running::get).thenComparingLong(lane -> served.getOrDefault(lane, 0L)));
    return lanes;
  }

  synchronized void served(String lane) {
    served.put(lane, ++count);
  }
}

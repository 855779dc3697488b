package dev.cantora.daemon.cluster;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.hash.Sha256;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.Subscription;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The jobs that are still to be done, as a work-queue stream: a message is there until it is acknowledged, and is delivered
 * again when its node is silent for the ack wait. Subjects are {@code cantora.queue.<lane>.<job>}; every principal has a
 * lane with a consumer of its own, so that nodes can take turns between principals. Thread-safe.
 */
final class WorkStream {
  static final String STREAM = "cantora-queue";
  private static final String SUBJECT = "cantora.queue.";
  private static final Duration LANE_FORGOTTEN = Duration.ofHours(1);
  private static final Duration TAKE_TIMEOUT = Duration.ofSeconds(2);
  private static final byte[] TAKE_ONE = "{\"batch\":1,\"no_wait\":true}".getBytes(StandardCharsets.US_ASCII);
  private static final int LANE_CHARS = 24;
  private static final int NONE_WAITS = 404;
  private static final Set<Integer> FULL = Set.of(10077, 10047, 10122);
  private static final int HEAD_BYTES = 4096;
  private static final String ACCEPTED = "Cantora-Job";

  private final ClusterLink link;
  private final Duration ackWait;
  private final Objects overflow;
  private final Set<String> lanes = ConcurrentHashMap.newKeySet();

  /**
   * A job handed to this node.
   *
   * @param accepted as it was accepted, or null when a node wrote it that did not say
   * @param body null when it cannot be read
   * @param delivered how often it was handed out, 1 for the first time
   */
  record Delivery(String jobId, JobRecord accepted, byte[] body, long delivered, Message message) {

    /** False for a job that was withdrawn, when another one got its id. */
    boolean isOf(JobRecord job) {
      return accepted == null || accepted.renderId().equals(job.renderId());
    }
  }

  /** @param overflow takes bodies that are larger than a message may be @param maxDepth jobs waiting and running */
  WorkStream(ClusterLink link, int maxDepth, Duration ackWait, Objects overflow) {
    this.link = link;
    this.ackWait = ackWait;
    this.overflow = overflow;
    StreamConfiguration wanted = StreamConfiguration.builder().name(STREAM).subjects(SUBJECT + "*.*")
        .retentionPolicy(RetentionPolicy.WorkQueue).discardPolicy(DiscardPolicy.New).maxMessages(maxDepth)
        .storageType(StorageType.File).replicas(link.replicas()).build();
    link.call(() -> {
      try {
        return link.management().addStream(wanted);
      } catch (JetStreamApiException there) {
        if (there.getApiErrorCode() != Bucket.STREAM_EXISTS) {
          throw there;
        }
        return link.management().updateStream(wanted);
      }
    });
  }

  static String lane(String principalId) {
    return Sha256.hex(principalId.getBytes(StandardCharsets.UTF_8)).substring(0, LANE_CHARS);
  }

  private static String subject(String principalId, String jobId) {
    return SUBJECT + lane(principalId) + "." + jobId;
  }

  /** @throws ApiException RENDER_QUEUE_FULL when the cluster has as many jobs as it may */
  void add(JobRecord job, byte[] body) {
    byte[] packed = Zipped.zip(body);
    boolean large = packed.length + HEAD_BYTES > link.connection().getServerInfo().getMaxPayload();
    if (large) {
      overflow.put(job.jobId(), packed);
    }
    PublishOptions once = PublishOptions.builder().messageId(job.renderId()).expectedStream(STREAM).build();
    try {
      Message message = NatsMessage.builder().subject(subject(job.principalId(), job.jobId())).headers(headers(job))
          .data(large ? new byte[0] : packed).build();
      link.call(() -> link.jetStream().publish(message, once));
    } catch (ClusterLink.Refused refused) {
      if (large) {
        overflow.delete(job.jobId());
      }
      if (FULL.contains(refused.apiErrorCode())) {
        throw ApiException.builder(ErrorCode.RENDER_QUEUE_FULL).header("Retry-After", "1").build();
      }
      throw ClusterLink.unavailable(refused);
    }
  }

  private static Headers headers(JobRecord job) {
    return new Headers().put(ACCEPTED, Base64.getEncoder().encodeToString(job.written()));
  }

  private static JobRecord accepted(Headers headers) {
    String written = headers == null ? null : headers.getFirst(ACCEPTED);
    return written == null ? null : JobRecord.read(Base64.getDecoder().decode(written));
  }

  /** Ids of the jobs that are still to be done, and the subjects of their messages. */
  Map<String, String> waiting() {
    return link.call(() -> link.management().getStreamInfo(STREAM, StreamInfoOptions.filterSubjects(SUBJECT + ">"))).getStreamState()
        .getSubjects().stream().map(Subject::getName).collect(Collectors.toMap(WorkStream::jobId, Function.identity(), (one, other) -> one));
  }

  private static String jobId(String subject) {
    return subject.substring(subject.lastIndexOf('.') + 1);
  }

  /** A job as it was accepted; empty when its message is gone, or a node wrote it that did not say. */
  Optional<JobRecord> accepted(String subject) {
    return find(subject).map(message -> accepted(message.getHeaders()));
  }

  /** Takes a job out that nobody has begun. */
  void remove(JobRecord job) {
    find(job).ifPresent(message -> {
      try {
        link.call(() -> link.management().deleteMessage(STREAM, message.getSeq(), false));
      } catch (ClusterLink.Refused gone) {
        // somebody took it out first
      }
    });
    overflow.delete(job.jobId());
  }

  /** Bodies that no job needs any more, as a node leaves them that dies between two steps. @param needed by job id */
  void sweepBodies(Predicate<String> needed, Instant before) {
    overflow.sweep(needed, before);
  }

  /** Whether a job is still to be done. */
  boolean holds(JobRecord job) {
    return find(job).isPresent();
  }

  private Optional<MessageInfo> find(JobRecord job) {
    return find(subject(job.principalId(), job.jobId()));
  }

  private Optional<MessageInfo> find(String subject) {
    try {
      return Optional.of(link.call(() -> link.management().getLastMessage(STREAM, subject)));
    } catch (ClusterLink.Refused refused) {
      if (refused.apiErrorCode() == Bucket.NO_MESSAGE_FOUND) {
        return Optional.empty();
      }
      throw ClusterLink.unavailable(refused);
    }
  }

  /** Takes jobs for one thread. */
  Taker taker() {
    return new Taker(link.connection().createInbox());
  }

  /** The inbox of one thread. An answer that comes late is a job all the same, or says nothing. */
  final class Taker {
    private final String inbox;
    private final Subscription answers;

    private Taker(String inbox) {
      this.inbox = inbox;
      this.answers = link.connection().subscribe(inbox);
    }

    /** The next job of a lane, if one waits. Never blocks for long; empty also when the cluster does not answer. */
    Optional<Delivery> next(String lane) throws InterruptedException {
      if (!open(lane)) {
        return Optional.empty();
      }
      link.connection().publish("$JS.API.CONSUMER.MSG.NEXT." + STREAM + "." + consumer(lane), inbox, TAKE_ONE);
      Message message = answers.nextMessage(TAKE_TIMEOUT);
      if (message != null && message.isJetStream()) {
        return Optional.of(delivery(message));
      }
      if (message == null || message.getStatus().getCode() != NONE_WAITS) {
        lanes.remove(lane); // the consumer may be gone: make it again
      }
      return Optional.empty();
    }
  }

  private Delivery delivery(Message message) {
    String jobId = jobId(message.getSubject());
    byte[] body = null;
    try {
      body = Zipped.unzip(message.getData().length > 0 ? message.getData() : overflow.get(jobId));
    } catch (IOException unreadable) {
      // the job will say so
    }
    return new Delivery(jobId, accepted(message.getHeaders()), body, message.metaData().deliveredCount(), message);
  }

  private boolean open(String lane) {
    if (lanes.contains(lane)) {
      return true;
    }
    ConsumerConfiguration consumer = ConsumerConfiguration.builder().durable(consumer(lane)).filterSubject(SUBJECT + lane + ".*")
        .ackPolicy(AckPolicy.Explicit).ackWait(ackWait).maxAckPending(-1).inactiveThreshold(LANE_FORGOTTEN).build();
    try {
      link.management().addOrUpdateConsumer(STREAM, consumer);
      lanes.add(lane);
      return true;
    } catch (IOException | JetStreamApiException later) {
      return false;
    }
  }

  private static String consumer(String lane) {
    return "lane-" + lane;
  }

  /** The node is still at it. */
  void alive(Delivery delivery) {
    say(delivery, "+WPI");
  }

  /** Another node should take it, at once. */
  void giveBack(Delivery delivery) {
    say(delivery, "-NAK");
  }

  private void say(Delivery delivery, String word) {
    try {
      link.connection().publish(delivery.message().getReplyTo(), word.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalStateException closed) {
      // then the ack wait says it
    }
  }

  /** The job is over and its end is stored. */
  void acknowledge(Delivery delivery) {
    link.call(() -> {
      Message confirmed = link.connection().request(delivery.message().getReplyTo(),
          "+ACK".getBytes(StandardCharsets.US_ASCII), TAKE_TIMEOUT);
      if (confirmed == null) {
        throw new IOException("the acknowledgement was not confirmed");
      }
      return true;
    });
    if (delivery.message().getData().length == 0) {
      overflow.delete(delivery.jobId());
    }
  }
}

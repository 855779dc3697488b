package dev.cantora.daemon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything an operator can set. Times carry their unit in the name, sizes are bytes.
 *
 * @param identity what runs
 * @param network where it listens and whom it believes
 * @param auth where keys come from
 * @param store folders and budgets
 * @param render bounds of one render and of the queue
 * @param rateLimit of the render endpoints
 * @param http bounds of one HTTP exchange
 * @param sockets bounds of live and jam sessions
 * @param telemetry logs and metrics
 * @param webhooks whom messages about jobs may go to
 * @param cluster the other daemons it works with, if any
 */
public record DaemonConfig(
    Identity identity,
    Network network,
    Auth auth,
    Store store,
    Render render,
    RateLimit rateLimit,
    Http http,
    Sockets sockets,
    Telemetry telemetry,
    Webhooks webhooks,
    ClusterSettings cluster) {

  /** @param commit 7 or more hex characters, or {@code unknown} @param production louder warnings, public bind address */
  public record Identity(String version, String commit, boolean production) {}

  /**
   * @param host bind address
   * @param port 0..65535, 0 picks a free one
   * @param trustedProxies whose forwarding headers are believed
   * @param allowedOrigins exact origins that browsers may call from; empty means no CORS headers
   * @param cockpitDir built cockpit, or null when there is none
   * @param docsDir built portal, or null when there is none
   */
  public record Network(String host, int port, TrustedProxies trustedProxies, List<String> allowedOrigins,
      Path cockpitDir, Path docsDir) {}

  /** Raw settings; the first that is not null and not empty wins, in this order. Never logged. */
  public record Auth(Path keysFile, String keys, String token) {

    /** As {@link DaemonConfig#from} reads it, also where other variables cannot be used. */
    public static Auth from(Map<String, String> environment) {
      return auth(new EnvironmentReader(environment));
    }

    @Override
    public String toString() {
      return "Auth[redacted]";
    }
  }

  /** @param storeBudgetBytes of all renders together @param perRenderBudgetBytes of one */
  public record Store(Path presetDir, Path renderStoreDir, long storeBudgetBytes, long perRenderBudgetBytes) {}

  /**
   * @param maxDurationSec latest end of a score's last note
   * @param queueMaxDepth waiting and running renders
   * @param maxNotesPerScore phonemes: four times as many
   * @param maxLyricsChars characters of lyrics, or null for the bounds of the API description
   * @param maxPhonemizeNotes notes of {@code phonemize}
   */
  public record Render(double maxDurationSec, int queueMaxDepth, int maxNotesPerScore, Integer maxLyricsChars,
      int maxPhonemizeNotes) {}

  /** @param requestsPerMinute per address and per principal @param maxTrackedClients bound of the table */
  public record RateLimit(int requestsPerMinute, int maxTrackedClients) {}

  /**
   * @param jsonBodyLimitBytes largest body
   * @param planBodyLimitBytes largest body whose score has a plan, at least as much
   * @param maxConcurrentRequests beyond it 503
   */
  public record Http(long jsonBodyLimitBytes, long planBodyLimitBytes, long slowRequestMs, long requestReadTimeoutMs,
      int maxConcurrentRequests, int maxConnections) {}

  /**
   * @param jamRejoinGraceSec how long the place of a jam player whose connection was lost is kept
   * @param pingIntervalMs between protocol pings
   * @param maxMissedPings unanswered ones before a close
   * @param realTimeAudio whether audio threads ask for real-time scheduling
   */
  public record Sockets(int maxLiveSessions, int maxJamSessions, int maxJamParticipants, int jamRejoinGraceSec,
      long pingIntervalMs, int maxMissedPings, boolean realTimeAudio) {}

  /** @param logLevel trace, debug, info, warn, error or fatal @param otlpEndpoint base URL of an OTLP collector, or null */
  public record Telemetry(String logLevel, long metricsSampleIntervalMs, String otlpEndpoint) {}

  /** @param hosts in lower case, called even where they are private or without TLS */
  public record Webhooks(Set<String> hosts) {}

  private static final long MIB = 1L << 20;
  private static final Set<String> LOG_LEVELS = Set.of("trace", "debug", "info", "warn", "error", "fatal", "silent");

  /**
   * @param environment as from {@link System#getenv()}
   * @throws ConfigException naming every variable whose value cannot be used
   */
  public static DaemonConfig from(Map<String, String> environment) {
    EnvironmentReader env = new EnvironmentReader(environment);
    boolean production = "production".equalsIgnoreCase(env.text("CANTORA_ENV", env.text("NODE_ENV", "development")));
    DaemonConfig config = new DaemonConfig(
        new Identity(env.text("APP_VERSION", BuildFacts.version()), env.text("GIT_COMMIT", BuildFacts.commit()), production),
        network(env, production),
        auth(env),
        new Store(env.path("PRESET_DIR", "./presets"), env.path("RENDER_STORE_DIR", "./renders"),
            MIB * env.wholeNumber("RENDER_STORE_BUDGET_MB", 4096, 1, 1 << 30),
            MIB * env.wholeNumber("RENDER_PER_BUDGET_MB", 256, 1, 1 << 20)),
        render(env),
        new RateLimit(env.wholeNumber("RATE_LIMIT_RPM", 20, 1, 1_000_000),
            env.wholeNumber("RATE_LIMIT_MAX_IPS", 10_000, 1, 10_000_000)),
        http(env),
        new Sockets(env.wholeNumber("MAX_LIVE_SESSIONS", 4, 0, 100_000),
            env.wholeNumber("MAX_JAM_SESSIONS", 8, 0, 100_000),
            env.wholeNumber("MAX_JAM_PARTICIPANTS", 8, 1, 1000),
            env.wholeNumber("JAM_REJOIN_GRACE_SEC", 30, 1, 3600),
            env.wholeNumber("WS_PING_INTERVAL_MS", 30_000, 50, 3_600_000),
            env.wholeNumber("WS_MAX_MISSED_PINGS", 2, 1, 100),
            env.oneOf("CANTORA_REALTIME_AUDIO", "on", Set.of("on", "off")).equals("on")),
        new Telemetry(env.oneOf("LOG_LEVEL", "info", LOG_LEVELS),
            env.wholeNumber("METRICS_SAMPLE_INTERVAL_MS", 5000, 1, 3_600_000),
            collector(env)),
        new Webhooks(webhookHosts(env)),
        ClusterSettings.from(env));
    env.throwIfBad();
    return config;
  }

  private static Auth auth(EnvironmentReader env) {
    return new Auth(env.path("AUTH_KEYS_FILE", null), env.text("AUTH_KEYS"), env.text("AUTH_TOKEN"));
  }

  private static Http http(EnvironmentReader env) {
    long jsonBytes = env.bytes("JSON_BODY_LIMIT", 2 * MIB, 1024, 256 * MIB);
    return new Http(jsonBytes, Math.max(jsonBytes, env.bytes("CANTORA_PLAN_BODY_LIMIT", 16 * MIB, 1024, 256 * MIB)),
        env.wholeNumber("SLOW_REQUEST_MS", 1000, 1, 3_600_000),
        env.wholeNumber("CANTORA_REQUEST_READ_TIMEOUT_MS", 15_000, 100, 600_000),
        env.wholeNumber("CANTORA_MAX_CONCURRENT_REQUESTS", 512, 1, 100_000),
        env.wholeNumber("CANTORA_MAX_CONNECTIONS", 4096, 1, 1_000_000));
  }

  private static Network network(EnvironmentReader env, boolean production) {
    String host = env.text("CANTORA_HOST", production ? "0.0.0.0" : env.text("DEV_HOST", "127.0.0.1"));
    return new Network(host, env.wholeNumber("PORT", 4321, 0, 65_535),
        env.parsed("TRUST_PROXY", TrustedProxies.LOOPBACK, TrustedProxies::parse),
        origins(env), env.path("CANTORA_COCKPIT_DIR", null), env.path("CANTORA_DOCS_DIR", null));
  }

  private static List<String> origins(EnvironmentReader env) {
    List<String> origins = env.list("ALLOWED_ORIGIN");
    for (String origin : origins) {
      if (!origin.matches("https?://[A-Za-z0-9.\\-\\[\\]:]+")) {
        env.problem("ALLOWED_ORIGIN", "must list origins like https://studio.example without a path, but has '"
            + origin.replaceAll("\\p{Cntrl}", "?") + "'");
      }
    }
    return origins;
  }

  private static Set<String> webhookHosts(EnvironmentReader env) {
    Set<String> hosts = new java.util.HashSet<>();
    for (String host : env.list("CANTORA_WEBHOOK_HOSTS")) {
      if (!host.matches("[A-Za-z0-9.\\-:]{1,253}")) {
        env.problem("CANTORA_WEBHOOK_HOSTS", "must list host names or addresses such as studio.lan, but has '"
            + host.replaceAll("\\p{Cntrl}", "?") + "'");
      }
      hosts.add(host.toLowerCase(java.util.Locale.ROOT));
    }
    return hosts;
  }

  private static String collector(EnvironmentReader env) {
    String url = env.text("OTEL_EXPORTER_OTLP_ENDPOINT");
    if (url != null && !url.matches("https?://[^\\s?#]+")) {
      env.problem("OTEL_EXPORTER_OTLP_ENDPOINT", "must be a URL like http://collector:4318");
      return null;
    }
    return url;
  }

  private static Render render(EnvironmentReader env) {
    int lyricsChars = env.wholeNumber("MAX_LYRICS_LENGTH", 0, 1, 10_000_000);
    return new Render(env.number("MAX_RENDER_DURATION_SEC", 300, 0.001, 86_400),
        env.wholeNumber("RENDER_QUEUE_MAX_DEPTH", 16, 1, 100_000),
        env.wholeNumber("MAX_NOTES_PER_SCORE", 10_000, 1, 1_000_000),
        lyricsChars == 0 ? null : lyricsChars,
        env.wholeNumber("MAX_PHONEMIZE_NOTES", 1000, 1, 1_000_000));
  }
}

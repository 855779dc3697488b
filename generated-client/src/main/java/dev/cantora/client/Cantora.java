package dev.cantora.client;

import dev.cantora.api.model.Capabilities;
import dev.cantora.api.model.DictionaryPut;
import dev.cantora.api.model.Health;
import dev.cantora.api.model.ImportAnswer;
import dev.cantora.api.model.JamCard;
import dev.cantora.api.model.JamExportRequest;
import dev.cantora.api.model.PhonemizeRequest;
import dev.cantora.api.model.PhonemizeResult;
import dev.cantora.api.model.PlanAnswer;
import dev.cantora.api.model.Preset;
import dev.cantora.api.model.PromoteRequest;
import dev.cantora.api.model.RenderConfig;
import dev.cantora.api.model.RenderList;
import dev.cantora.api.model.RenderRequest;
import dev.cantora.api.model.SaveRenderRequest;
import dev.cantora.api.model.Score;
import dev.cantora.client.api.CapabilitiesApi;
import dev.cantora.client.api.DictionaryApi;
import dev.cantora.client.api.JamsApi;
import dev.cantora.client.api.LyricsApi;
import dev.cantora.client.api.OperationsApi;
import dev.cantora.client.api.PresetsApi;
import dev.cantora.client.api.RenderApi;
import dev.cantora.client.api.RendersApi;
import dev.cantora.client.api.ScoresApi;
import dev.cantora.client.http.Call;
import dev.cantora.client.http.RetryPolicy;
import dev.cantora.client.http.Transport;
import dev.cantora.client.jam.JamConnection;
import dev.cantora.client.jam.JamListener;
import dev.cantora.client.live.LiveListener;
import dev.cantora.client.live.LiveSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A Cantora daemon, as a client sees it. Thread-safe; nothing to close. */
public final class Cantora {
  private final Transport transport;
  private final RenderApi renderApi;
  private final RendersApi rendersApi;

  private Cantora(Transport transport) {
    this.transport = transport;
    this.renderApi = new RenderApi(transport);
    this.rendersApi = new RendersApi(transport);
  }

  /**
   * Connects to an open daemon and checks that it answers.
   *
   * @param url the daemon's root such as {@code http://localhost:4321}
   * @throws dev.cantora.client.errors.CantoraException when it does not
   */
  public static Cantora connect(String url) {
    Cantora cantora = at(url).build();
    cantora.health();
    return cantora;
  }

  /** Connects with a key; see {@link #connect(String)}. */
  public static Cantora connect(String url, String key) {
    Cantora cantora = at(url).key(key).build();
    cantora.health();
    return cantora;
  }

  /** A builder for a daemon at a URL; building does not connect. */
  public static Builder at(String url) {
    return new Builder(URI.create(url));
  }

  /** Starts to render a score with the default voice into the {@code last} slot. */
  public Rendering render(Score score) {
    return render(score, RenderConfig.builder().build());
  }

  /** Starts to render a score into the {@code last} slot. */
  public Rendering render(Score score, RenderConfig config) {
    String jobId = newJobId();
    Call<?> call = renderApi.render(RenderRequest.builder().score(score).config(config).build()).header("X-Render-Job-Id", jobId);
    return new Rendering(this, jobId, Rendering.started(call, answer -> render("last")));
  }

  /** Starts to render a score and keeps the result in the bank under a name. */
  public Rendering keep(String name, Score score, RenderConfig config) {
    String jobId = newJobId();
    var call = rendersApi.saveRender(SaveRenderRequest.builder().name(name).score(score).config(config).build()).header("X-Render-Job-Id", jobId);
    return new Rendering(this, jobId, Rendering.started(call, answer -> render(answer.meta().id())));
  }

  /** A stored render; whether it exists shows when it is used. @param id as listed, or {@code last} */
  public Render render(String id) {
    return new Render(this, id);
  }

  /** The caller's renders and the budget. */
  public RenderList renders() {
    return rendersApi.listRenders().execute();
  }

  /** Copies the {@code last} render to a new id. @param name or null for a name by the daemon */
  public Render keepLast(String name) {
    return render(rendersApi.promoteLastRender(new PromoteRequest(name)).execute().meta().id());
  }

  /** The voices of the daemon. */
  public List<Preset> voices() {
    return new PresetsApi(transport).listPresets().execute().presets();
  }

  public PhonemizeResult phonemize(PhonemizeRequest request) {
    return new LyricsApi(transport).phonemize(request).execute();
  }

  /** What the daemon can do: voices, languages, formats, limits. */
  public Capabilities capabilities() {
    return new CapabilitiesApi(transport).getCapabilities().execute();
  }

  /** Plans a performance without rendering it. Its score and configuration can be changed and rendered. */
  public PlanAnswer plan(Score score, RenderConfig config) {
    return renderApi.createPlan(RenderRequest.builder().score(score).config(config).build()).execute();
  }

  /**
   * Has the daemon read another program's file: MIDI, MusicXML, UST, USTX, LRC.
   *
   * @param format its name as the capability document has it, or null for what the file looks like
   */
  public ImportAnswer importScore(byte[] file, String format) {
    return new ScoresApi(transport).importScore().query("format", format).body(file).execute();
  }

  /** Says how a word is pronounced from now on. @param phonemes ARPAbet */
  public void pronounce(String language, String word, List<String> phonemes) {
    new DictionaryApi(transport).putDictionaryEntry(language, word, new DictionaryPut(phonemes)).execute();
  }

  public Health health() {
    return new OperationsApi(transport).getHealth().execute();
  }

  /** A live session, to be started with {@link LiveSession.Builder#open}. */
  public LiveSession.Builder live(LiveListener listener) {
    return new LiveSession.Builder(transport.http(), transport.socketUri("/ws"), listener);
  }

  /** Rooms of jam sessions that can be joined, the oldest first. */
  public List<JamCard> jams() {
    return new JamsApi(transport).listJams().execute().jams();
  }

  /** Starts to export the tape of a session into the bank, for its host or an administrator; nobody has to be in it. */
  public JamExporting exportJam(String sessionId, JamExportRequest wanted) {
    String jobId = newJobId();
    return JamExporting.start(this, jobId,
        new JamsApi(transport).exportJam(sessionId, wanted).header("X-Render-Job-Id", jobId));
  }

  /** Opens a connection for jams and says hello under a name. */
  public JamConnection jam(String displayName, JamListener listener) {
    return JamConnection.open(transport.http(), transport.socketUri("/ws/jam"), displayName, listener);
  }

  /** The transport, for the calls of {@code dev.cantora.client.api}. */
  public Transport transport() {
    return transport;
  }

  private static String newJobId() {
    return "sdk_" + UUID.randomUUID().toString().replace("-", "");
  }

  /** Settings of the connection. */
  public static final class Builder {
    private final URI url;
    private String key;
    private RetryPolicy retries = RetryPolicy.DEFAULT;
    private Duration timeout = Duration.ofMinutes(10);
    private HttpClient http;

    private Builder(URI url) {
      if (url.getScheme() == null || !url.getScheme().matches("https?") || url.getHost() == null) {
        throw new IllegalArgumentException("needs a URL such as http://localhost:4321, was " + url);
      }
      this.url = url;
    }

    /** Key of the daemon's AUTH_TOKEN, AUTH_KEYS or AUTH_KEYS_FILE. */
    public Builder key(String key) {
      this.key = key;
      return this;
    }

    public Builder retries(RetryPolicy retries) {
      this.retries = Objects.requireNonNull(retries);
      return this;
    }

    /** Longest wait for an answer, renders included; 10 minutes unless set. */
    public Builder timeout(Duration timeout) {
      this.timeout = Objects.requireNonNull(timeout);
      return this;
    }

    /** A client with proxies or certificates of its own. */
    public Builder http(HttpClient http) {
      this.http = http;
      return this;
    }

    public Cantora build() {
      // HTTP/1.1: an upgrade attempt to HTTP/2 on every first request would buy nothing here
      HttpClient client = http != null ? http
          : HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
      return new Cantora(new Transport(url, key, client, retries, timeout));
    }
  }
}

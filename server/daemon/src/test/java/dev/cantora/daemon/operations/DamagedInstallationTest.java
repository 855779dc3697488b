package dev.cantora.daemon.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An installation that loses a file: a daemon in a class loader of its own, which from a certain moment on does not find it. */
public class DamagedInstallationTest {
  private static final String ORDER = "{\"score\":{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.2,\"midi\":60%s}]},\"config\":{}}";

  /** Finds everything itself, and from a certain moment on one thing less. */
  private static final class DamagedInstallation extends URLClassLoader {
    private final AtomicBoolean damaged = new AtomicBoolean();
    private final String lost;

    private DamagedInstallation(URL[] classPath, String lost) {
      super(classPath, ClassLoader.getPlatformClassLoader());
      this.lost = lost;
    }

    @Override
    public URL getResource(String name) {
      return damaged.get() && name.endsWith(lost) ? null : super.getResource(name);
    }
  }

  /** Runs inside the other class loader. */
  @Provokes(ErrorCode.OPENAPI_BUILD_FAILED)
  public static void withoutDescription(AtomicBoolean damaged) {
    try (TestDaemon daemon = TestDaemon.start()) {
      assertThat(daemon.get("/api/v1/openapi.json").json().path("openapi").asText()).startsWith("3.1");
      assertThat(daemon.get("/api/v1/nothing").status()).as("what checks answers here has read the description, too").isEqualTo(404);
      damaged.set(true);
      ErrorProof.check(daemon, daemon.get("/api/v1/openapi.json"), ErrorCode.OPENAPI_BUILD_FAILED);
    }
  }

  /** Runs inside the other class loader. The rules for unknown words are read when the first of them comes. */
  @Provokes({ErrorCode.INTERNAL_ERROR, ErrorCode.RENDER_FAILED})
  public static void withoutLetterRules(AtomicBoolean damaged) {
    try (TestDaemon daemon = TestDaemon.start()) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      damaged.set(true);
      ErrorProof.check(daemon, daemon.post("/api/v1/phonemize", "{\"text\":\"grvlbx\",\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.5,\"midi\":60}]}"), ErrorCode.INTERNAL_ERROR);
      Reply reply = daemon.post("/api/v1/render", ORDER.formatted(",\"lyric\":\"grvlbx\""), "X-Render-Job-Id", "unforeseen");
      ErrorProof.check(daemon, reply, ErrorCode.INTERNAL_ERROR);
      String events = daemon.get("/api/v1/render/events?jobId=unforeseen").text();
      assertThat(events).contains("event: failed", "\"code\":\"RENDER_FAILED\"");
      ErrorProof.assertNoLeak(events);
      daemon.log().await("render_job_failed", line -> line.path("jobId").asText().equals("unforeseen")
          && line.path("requestId").asText().equals(reply.requestId()));
      bandMeetsAnUnknownWord(daemon);
      assertThat(daemon.post("/api/v1/render", ORDER.formatted("")).status()).as("what does not need them goes on").isEqualTo(200);
    }
  }

  /** Who sends it is closed with 1011 and a line in the log; the others of the room play on. */
  private static void bandMeetsAnUnknownWord(TestDaemon daemon) {
    try (LivePeer host = LivePeer.connect(daemon.port(), "/ws/jam"); LivePeer guest = LivePeer.connect(daemon.port(), "/ws/jam")) {
      host.send("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
      host.send("{\"type\":\"session_create\"}");
      String id = host.await("session_created").at("/snapshot/sessionId").asText();
      host.send("{\"type\":\"track_add\",\"presetId\":\"default-voice\"}");
      String track = host.await("track_added").at("/track/trackId").asText();
      guest.send("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
      guest.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\"}");
      guest.await("session_joined");
      String note = "{\"type\":\"track_note_on\",\"trackId\":\"" + track + "\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1%s}";
      guest.send(note.formatted(",\"lyric\":\"grvlbx\""));
      assertThat(guest.awaitClosing()).isEqualTo(new LivePeer.Closing(1011, "Internal error"));
      guest.rawTexts().forEach(ErrorProof::assertNoLeak);
      daemon.log().await("socket_failed", line -> true);
      host.send(note.formatted(""));
      assertThat(host.await("track_note_ack").get("noteId").asText()).isEqualTo("a");
    }
  }

  @Test
  void aMissingDescriptionHasItsCode() throws Exception {
    run("openapi.json", "withoutDescription");
  }

  @Test
  void whatNobodyForesawIsAnInternalErrorAndSaysNoMore() throws Exception {
    run("letters.l2s", "withoutLetterRules");
  }

  private static void run(String lost, String scenario) throws Exception {
    URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(DamagedInstallationTest::url).toArray(URL[]::new);
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    try (DamagedInstallation installation = new DamagedInstallation(classPath, lost)) {
      current.setContextClassLoader(installation);
      installation.loadClass(DamagedInstallationTest.class.getName()).getMethod(scenario, AtomicBoolean.class)
          .invoke(null, installation.damaged);
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (java.net.MalformedURLException impossible) {
      throw new AssertionError(impossible);
    }
  }
}

package dev.cantora.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in and out, and a render on a real daemon. */
class InterchangeCommandsTest {
  private static final String SCORE = """
      {"bpm":100,"lyrics":{"text":"la lo"},"notes":[{"id":"a","startSec":0,"durationSec":0.3,"midi":60},{"id":"b","startSec":0.3,"durationSec":0.6,"midi":62}]}""";

  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private JsonNode run(int exit, String... args) throws IOException {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), args)).as(err.toString()).isEqualTo(exit);
    return out.toString().startsWith("{") ? new ObjectMapper().readTree(out.toString()) : null;
  }

  @Test
  void scoresGoOutAndComeBack() throws IOException {
    Path score = Files.writeString(folder.resolve("s.json"), SCORE);
    for (String file : new String[] {"song.mid", "song.musicxml"}) {
      run(0, "export", score.toString(), folder.resolve(file).toString());
      JsonNode read = run(0, "import", folder.resolve(file).toString(), folder.resolve("again.json").toString(), "--json");
      assertThat(read.path("notes").asInt()).isEqualTo(2);
      assertThat(read.path("tracks")).isNotEmpty();
      JsonNode again = new ObjectMapper().readTree(folder.resolve("again.json").toFile());
      assertThat(again.at("/notes/0/lyric").asText()).isEqualTo("la");
    }
    run(0, "export", score.toString(), folder.resolve("song.vtt").toString());
    assertThat(Files.readString(folder.resolve("song.vtt"))).startsWith("WEBVTT").contains("lo");
    run(0, "export", score.toString(), folder.resolve("x.txt").toString(), "--as", "htk");
    assertThat(Files.readString(folder.resolve("x.txt"))).contains(" aa");
    run(2, "export", score.toString(), folder.resolve("x.unknown").toString());
    Path broken = Files.writeString(folder.resolve("b.musicxml"), "<score-partwise>");
    run(1, "import", broken.toString());
    assertThat(err.toString()).startsWith("[import] error (SCORE_FILE_UNREADABLE): ");
  }

  @Test
  void agentsThatStartProgramsReachTheDaemon() throws IOException {
    java.io.InputStream before = System.in;
    try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS", "ann:ann-key")) {
      String lines = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\"}}\n"
          + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"tools/list\"}\n";
      System.setIn(new java.io.ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
      run(0, "mcp", "--url", "http://127.0.0.1:" + daemon.port(), "--key", "ann-key");
      String[] answers = out.toString().strip().split("\n");
      assertThat(answers).hasSize(2);
      assertThat(new ObjectMapper().readTree(answers[0]).at("/result/protocolVersion").asText()).isEqualTo("2025-06-18");
      assertThat(new ObjectMapper().readTree(answers[1]).at("/result/tools")).hasSize(5);
      System.setIn(new java.io.ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
      run(0, "mcp", "--url", "http://127.0.0.1:" + daemon.port(), "--key", "wrong");
      assertThat(new ObjectMapper().readTree(out.toString().split("\n")[0]).at("/error/message").asText()).isNotBlank();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aScoreIsRenderedElsewhereWithABarAndSavedInAnyFormat() throws IOException {
    try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS", "ann:ann-key")) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      Path score = Files.writeString(folder.resolve("s.json"), SCORE);
      String url = "http://127.0.0.1:" + daemon.port();
      run(0, "render", score.toString(), folder.resolve("o.wav").toString(), "--url", url, "--key", "ann-key");
      assertThat(err.toString()).contains("[##############################] 100 %");
      JsonNode kept = run(0, "render", score.toString(), folder.resolve("o.flac").toString(), "--url", url, "--key", "ann-key", "--keep", "Mine", "--json");
      assertThat(kept.path("id").asText()).isNotEqualTo("last");
      assertThat(new String(Files.readAllBytes(folder.resolve("o.flac")), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("fLaC");
      run(0, "export", folder.resolve("o.wav").toString(), folder.resolve("o.opus").toString());
      assertThat(new String(Files.readAllBytes(folder.resolve("o.opus")), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("OggS");
      run(1, "render", score.toString(), folder.resolve("o.wav").toString(), "--url", url, "--key", "wrong");
      assertThat(err.toString()).contains("(UNAUTHORIZED)");
      run(1, "render", score.toString(), folder.resolve("o.wav").toString(), "--url", url, "--key", "ann-key", "--preset", "nobody");
      assertThat(err.toString()).contains("[render] error (PRESET_NOT_FOUND): There is no preset");
      run(1, "render", score.toString(), folder.resolve("o.wav").toString(), "--url", "http://127.0.0.1:1");
      assertThat(err.toString()).contains("(UNREACHABLE): no answer from http://127.0.0.1:1: the connection was refused");
    }
  }
}

package dev.cantora.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.TestDaemon;
import examples.JamTogether;
import examples.PlayLive;
import examples.ReadRefusals;
import examples.SingToFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the handbook, against a real daemon with the project's own voices. */
class ExamplesTest {
  private static TestDaemon daemon;
  private static String url;

  @TempDir Path folder;
  private final PrintStream terminal = System.out;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("PRESET_DIR", Path.of("..", "presets").toAbsolutePath().normalize().toString());
    url = "http://127.0.0.1:" + daemon.port();
  }

  @AfterAll
  static void stop() throws Exception {
    daemon.close();
  }

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void hush() {
    System.setOut(terminal);
  }

  private static double seconds(Path wav) throws Exception {
    AudioFileFormat file = AudioSystem.getAudioFileFormat(wav.toFile());
    return file.getFrameLength() / (double) file.getFormat().getFrameRate();
  }

  @Test
  void threeLinesSaveAWav() throws Exception {
    Path file = folder.resolve("song.wav");
    SingToFile.main(new String[] {url, file.toString()});
    assertThat(seconds(file)).isGreaterThan(2);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("100 %");
  }

  @Test
  void aMissingVoiceIsReplacedByOneThatExists() throws Exception {
    Path file = folder.resolve("sunrise.wav");
    ReadRefusals.main(new String[] {url, "nobody", file.toString()});
    assertThat(seconds(file)).isGreaterThan(2);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("Singing with");
  }

  @Test
  void aWordIsHeardLive() throws Exception {
    PlayLive.main(new String[] {url});
    assertThat(said.toString(StandardCharsets.UTF_8).lines()).as("beside what the daemon logs").contains("heard");
  }

  @Test
  void aJamIsExported() throws Exception {
    Path file = folder.resolve("duet.wav");
    JamTogether.main(new String[] {url, file.toString()});
    assertThat(seconds(file)).isPositive();
  }
}

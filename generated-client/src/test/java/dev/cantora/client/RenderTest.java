package dev.cantora.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cantora.api.model.FormatOffer;
import dev.cantora.api.model.Phoneme;
import dev.cantora.api.model.PhonemizeNote;
import dev.cantora.api.model.PhonemizeRequest;
import dev.cantora.api.model.PlanAnswer;
import dev.cantora.api.model.Preset;
import dev.cantora.api.model.RenderConfig;
import dev.cantora.api.model.RenderDone;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderMeta;
import dev.cantora.api.model.Score;
import dev.cantora.client.errors.InvalidBodyException;
import dev.cantora.client.errors.NotFoundException;
import dev.cantora.client.errors.PresetNotFoundException;
import dev.cantora.daemon.testing.TestDaemon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, against a real daemon with the project's own voices. */
class RenderTest {
  private static final Score SCORE = Melody.atTempo(240).sing("C4", 1, "la").sing("E4", 1, "la").toScore();
  private static TestDaemon daemon;
  private static Cantora cantora;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("PRESET_DIR", Path.of("..", "presets").toAbsolutePath().normalize().toString());
    cantora = Cantora.connect("http://127.0.0.1:" + daemon.port());
  }

  @AfterAll
  static void stop() throws Exception {
    daemon.close();
  }

  @Test
  void aSavedFileIsWholeAndAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("song.wav");
    cantora.render(SCORE).save(file);
    byte[] wav = Files.readAllBytes(file);
    assertThat(new String(wav, 0, 4, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    // half a second and a tail of mono float32 at 48 kHz
    assertThat(wav.length).isGreaterThan(48000 / 2 * 4);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aKeptRenderIsInTheBankUntilItIsDeleted() {
    Render kept = cantora.keep("Kept", SCORE, RenderConfig.builder().channels(2).build()).join();
    assertThat(cantora.renders().renders()).extracting(RenderMeta::id).contains(kept.id());
    assertThat(kept.meta().name()).isEqualTo("Kept");
    assertThat(kept.rename("Renamed").name()).isEqualTo("Renamed");
    assertThat(kept.pin(true).pinned()).isTrue();
    assertThat(kept.score().get("notes")).hasSize(2);
    assertThat(kept.provenance().wavHash()).startsWith(kept.meta().wavHash());
    kept.delete();
    assertThat(catchThrowableOfType(NotFoundException.class, kept::meta)).isNotNull();
  }

  @Test
  void plansFilesFormatsAndWordsAreOneCallAway(@TempDir Path folder) throws Exception {
    assertThat(cantora.capabilities().audioFormats()).extracting(FormatOffer::name).contains("flac", "ogg-opus");
    PlanAnswer plan = cantora.plan(SCORE, RenderConfig.builder().build());
    Render planned = cantora.render(plan.score(), plan.config()).join();
    String hash = planned.provenance().wavHash();
    assertThat(cantora.render(SCORE).join().provenance().wavHash()).as("an unchanged plan").isEqualTo(hash);
    Path flac = folder.resolve("song.flac");
    planned.save(flac, "flac");
    assertThat(new String(Files.readAllBytes(flac), 0, 4, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("fLaC");
    assertThat(cantora.importScore("[00:01.00]la la".getBytes(java.nio.charset.StandardCharsets.UTF_8), null).score().notes()).hasSize(2);
    cantora.pronounce("en", "cantora", List.of("Z", "IY1"));
    PhonemizeRequest request = PhonemizeRequest.builder().text("Cantora")
        .notes(List.of(PhonemizeNote.builder().id("a").startSec(0).durationSec(1).midi(60).build())).build();
    assertThat(cantora.phonemize(request).events()).extracting(Phoneme::phoneme).containsExactly("Z", "IY");
  }

  @Test
  void eventsOfARenderEndWithDone() throws Exception {
    CompletableFuture<RenderEvent> done = new CompletableFuture<>();
    cantora.render(SCORE).onEvent(event -> {
      if (event instanceof RenderDone) {
        done.complete(event);
      }
    }).join();
    assertThat(done.get(60, TimeUnit.SECONDS)).isInstanceOf(RenderDone.class);
  }

  @Test
  void anUnknownVoiceComesWithThoseThatExist() {
    RenderConfig config = RenderConfig.builder().presetId("nobody").build();
    PresetNotFoundException failure =
        catchThrowableOfType(PresetNotFoundException.class, () -> cantora.render(SCORE, config).join());
    assertThat(failure.report().available()).isEqualTo(cantora.voices().stream().map(Preset::id).toList());
    assertThat(failure.requestId()).isPresent();
  }

  @Test
  void aFieldOutOfBoundsIsNamed() {
    Score tooFast = SCORE.toBuilder().bpm(1000).build();
    InvalidBodyException failure =
        catchThrowableOfType(InvalidBodyException.class, () -> cantora.render(tooFast).join());
    assertThat(failure.report().issues()).anySatisfy(issue -> assertThat(issue.path()).isEqualTo("score.bpm"));
  }
}

package dev.cantora.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.api.model.CancelledJob;
import dev.cantora.api.model.Note;
import dev.cantora.api.model.RenderConfig;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderQueued;
import dev.cantora.api.model.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedModelTest {
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void aScoreReadsAndWritesItsMembersAndNoAbsentOnes() throws Exception {
    String text = "{\"bpm\":90.0,\"notes\":[{\"id\":\"n1\",\"startSec\":0.0,\"durationSec\":0.5,\"midi\":60}],"
        + "\"lyrics\":{\"text\":\"hello\"}}";
    Score score = json.readValue(text, Score.class);
    assertThat(score.notes()).containsExactly(Note.builder().id("n1").startSec(0).durationSec(0.5).midi(60).build());
    assertThat(score.notes().get(0).velocityOrDefault()).isEqualTo(1.0);
    assertThat(json.readTree(json.writeValueAsString(score))).isEqualTo(json.readTree(text));
  }

  @Test
  void enumerationsUseTheirWireNames() throws Exception {
    RenderConfig config = json.readValue("{\"deterministic\":\"fast\",\"unknown\":1}", RenderConfig.class);
    assertThat(config.deterministic()).isEqualTo(RenderConfig.Deterministic.FAST);
    assertThat(json.writeValueAsString(config)).isEqualTo("{\"deterministic\":\"fast\"}");
  }

  @Test
  void constantMembersAreWrittenAndIgnoredWhenRead() throws Exception {
    CancelledJob answer = new CancelledJob("job_1", CancelledJob.State.QUEUED_REMOVED);
    JsonNode tree = json.valueToTree(answer);
    assertThat(tree.get("ok").asBoolean()).isTrue();
    assertThat(tree.get("cancelled").asBoolean()).isTrue();
    assertThat(json.treeToValue(tree, CancelledJob.class)).isEqualTo(answer);
  }

  @Test
  void unionsAreToldApartByTheirDiscriminator() throws Exception {
    RenderEvent event = json.readValue("{\"type\":\"queued\",\"jobId\":\"job_1\",\"position\":2}", RenderEvent.class);
    assertThat(event).isEqualTo(new RenderQueued("job_1", 2));
    assertThat(json.writeValueAsString(event)).isEqualTo("{\"type\":\"queued\",\"jobId\":\"job_1\",\"position\":2}");
  }

  @Test
  void requiredMembersCannotBeNull() {
    assertThatNullPointerException().isThrownBy(() -> Note.builder().startSec(0).build()).withMessage("id");
    assertThatNullPointerException().isThrownBy(() -> Score.builder().bpm(90).build());
  }

  @Test
  void listsAreCopied() {
    List<Note> notes = new java.util.ArrayList<>();
    Score score = Score.builder().bpm(90).notes(notes).build();
    notes.add(null);
    assertThat(score.notes()).isEmpty();
  }
}

package dev.cantora.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.api.live.LiveClientMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractExamplesTest {
  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"openapi", "asyncapi"})
  void examplesOfSchemasAreValid(String document) {
    List<String> problems = new ArrayList<>();
    int[] examples = {0};
    ContractDocuments.read(document).at("/components/schemas").properties().forEach(schema ->
        schema.getValue().path("examples").forEach(example -> {
          examples[0]++;
          ContractDocuments.validate(document, "/components/schemas/" + schema.getKey(), example)
              .forEach(error -> problems.add(schema.getKey() + ": " + error));
        }));
    assertThat(problems).isEmpty();
    assertThat(examples[0]).isPositive();
  }

  @Test
  void examplesOfRequestsAndResponsesAreValid() {
    List<String> problems = new ArrayList<>();
    int examples = collectBodyExamples(ContractDocuments.read("openapi"), "", problems);
    assertThat(problems).isEmpty();
    assertThat(examples).isGreaterThan(20);
  }

  @Test
  void everyMessageOfAClientHasAnExampleAndItsRecordReadsIt() throws Exception {
    for (String union : List.of("LiveClientMessage", "JamClientMessage")) {
      JsonNode schemas = ContractDocuments.read("asyncapi").at("/components/schemas");
      Class<?> type = union.startsWith("Live") ? LiveClientMessage.class : JamClientMessage.class;
      List<String> names = Stream.of(type.getPermittedSubclasses()).map(Class::getSimpleName).toList();
      for (String name : names) {
        assertThat(schemas.path(name).path("examples")).as(name).isNotEmpty();
        for (JsonNode example : schemas.get(name).get("examples")) {
          Object message = json.treeToValue(example, type);
          assertThat(message.getClass().getSimpleName()).isEqualTo(name);
          JsonNode written = json.valueToTree(message);
          assertThat(written.equals(ContractExamplesTest::compareNumbers, example)).as("%s and %s", written, example).isTrue();
        }
      }
    }
  }

  /** 1 and 1.0 are the same number in JSON. */
  private static int compareNumbers(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return Double.compare(a.asDouble(), b.asDouble());
    }
    return a.equals(b) ? 0 : 1;
  }

  /** Finds media types ({@code schema} beside {@code example}) and validates the one against the other. */
  private static int collectBodyExamples(JsonNode node, String pointer, List<String> problems) {
    int examples = 0;
    if (pointer.endsWith("/application~1json") && node.has("example")) {
      examples++;
      ContractDocuments.validate("openapi", pointer + "/schema", node.get("example"))
          .forEach(error -> problems.add(pointer + ": " + error));
    }
    for (var child : node.properties()) {
      String name = child.getKey().replace("~", "~0").replace("/", "~1");
      examples += collectBodyExamples(child.getValue(), pointer + "/" + name, problems);
    }
    return examples;
  }
}

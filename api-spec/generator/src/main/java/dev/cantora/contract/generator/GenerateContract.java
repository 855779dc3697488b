package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Entry point of the build step. Arguments: the folder of the documents, for sources, for resources, and for the document
 * that openapi-generator reads.
 */
public final class GenerateContract {
  private GenerateContract() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      throw new IllegalArgumentException("usage: <spec folder> <sources folder> <resources folder> <codegen folder>");
    }
    Documents documents = new Documents(Path.of(args[0]));
    Output sources = new Output(Path.of(args[1]));
    Output resources = new Output(Path.of(args[2]));

    JsonNode errors = documents.read("errors.yaml");
    new ErrorCatalogue(errors).writeTo(sources);
    resources.write("dev/cantora/api/errors.json", Bundle.json(errors));

    ObjectNode openApi = Bundle.of(documents.read("openapi.yaml"), documents);
    new Operations(openApi, errors).writeTo(sources);
    resources.write("dev/cantora/api/openapi.json", Bundle.json(openApi));
    // openapi-generator skips a document it has seen; a digest inside makes a changed template a changed document
    ObjectNode codegenInput = openApi.deepCopy();
    codegenInput.withObject("/info").put("x-templates", documents.digest("templates"));
    new Output(Path.of(args[3])).write("openapi.json", Bundle.json(codegenInput));

    ObjectNode asyncApi = Bundle.of(documents.read("asyncapi.yaml"), documents);
    asyncApi.get("channels").forEach(channel -> addCodes((ObjectNode) channel, errors));
    resources.write("dev/cantora/api/asyncapi.json", Bundle.json(asyncApi));

    new ModelSources(documents).writeTo(sources);
    sources.deleteStale();
    resources.deleteStale();
  }

  /** Names the codes of the catalogue whose scope a channel has. */
  private static void addCodes(ObjectNode channel, JsonNode errors) {
    String scope = channel.get("x-cantora-scope").asText();
    copyNames(errors.get("codes"), "code", scope, channel.putArray("x-cantora-codes"));
    copyNames(errors.get("closeCodes"), "name", scope, channel.putArray("x-cantora-close-codes"));
  }

  private static void copyNames(JsonNode entries, String field, String scope, ArrayNode target) {
    for (JsonNode entry : entries) {
      entry.get("scopes").forEach(candidate -> {
        if (candidate.asText().equals(scope)) {
          target.add(entry.get(field));
        }
      });
    }
  }
}

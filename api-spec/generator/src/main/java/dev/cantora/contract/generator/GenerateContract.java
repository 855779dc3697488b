package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** Entry point of the build step. Arguments: the folder of the documents, for sources, for resources. */
public final class GenerateContract {
  private GenerateContract() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: <spec folder> <sources folder> <resources folder>");
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

    new ModelSources(documents).writeTo(sources);
    sources.deleteStale();
    resources.deleteStale();
  }
}

package dev.cantora.contract.generator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the YAML documents of the contract, strictly: a duplicate key is an error. */
final class Documents {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Path folder;

  Documents(Path folder) {
    this.folder = folder.normalize();
  }

  /** @param name path relative to the folder of the documents */
  JsonNode read(String name) throws IOException {
    try (var in = Files.newBufferedReader(folder.resolve(name))) {
      return YAML.readTree(in);
    }
  }
}

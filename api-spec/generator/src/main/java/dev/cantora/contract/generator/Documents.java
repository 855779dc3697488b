package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The contract's documents and the index of its named schemas: every top-level key of a file below {@code schemas/}.
 * Reading is strict: a duplicate key is an error. SnakeYAML reads, since Jackson's YAML tree knows no anchors.
 */
final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Map<String, NamedSchema> schemas = new LinkedHashMap<>();

  Documents(Path folder) throws IOException {
    this.folder = folder.normalize();
    for (String file : schemaFiles()) {
      read("schemas/" + file).properties().forEach(entry -> {
        NamedSchema schema = new NamedSchema(entry.getKey(), file, entry.getValue());
        NamedSchema other = schemas.putIfAbsent(schema.name(), schema);
        if (other != null) {
          throw new IllegalArgumentException("schema " + schema.name() + " is in " + file + " and in " + other.file());
        }
      });
    }
  }

  /** @param name path relative to the folder of the documents */
  JsonNode read(String name) throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    try (var in = Files.newBufferedReader(folder.resolve(name))) {
      return JSON.valueToTree(new Yaml(new SafeConstructor(strict)).<Object>load(in));
    }
  }

  /** All named schemas, files in order of their names, schemas in order of the file. */
  List<NamedSchema> schemas() {
    return List.copyOf(schemas.values());
  }

  /**
   * The schema that a reference names, wherever it stands.
   *
   * @param reference such as {@code #/Note}, {@code score.yaml#/Note} or {@code schemas/score.yaml#/Note}
   */
  NamedSchema resolve(String reference) {
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    NamedSchema schema = schemas.get(name);
    String file = reference.substring(0, Math.max(0, reference.indexOf('#')));
    if (schema == null || !file.isEmpty() && !file.endsWith(schema.file())) {
      throw new IllegalArgumentException("unresolved reference " + reference);
    }
    return schema;
  }

  /** SHA-256 over all files below a folder. */
  String digest(String subfolder) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    try (Stream<Path> files = Files.walk(folder.resolve(subfolder))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(file.toString().substring(folder.toString().length()).getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private List<String> schemaFiles() throws IOException {
    Path schemaFolder = folder.resolve("schemas");
    if (!Files.isDirectory(schemaFolder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(schemaFolder)) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")).sorted().toList();
    }
  }

  /** @param file name of its file below {@code schemas/} */
  record NamedSchema(String name, String file, JsonNode node) {}
}

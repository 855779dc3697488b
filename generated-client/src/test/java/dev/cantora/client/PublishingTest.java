package dev.cantora.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What repositories ask of a library, and what its users' JVMs do. */
class PublishingTest {
  private static final int JAVA_17 = 61;

  @Test
  void everyClassRunsOnJava17() throws Exception {
    for (Class<?> type : List.of(Cantora.class, ErrorCode.class)) {
      Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        check(place);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
          check(jar.getPath("/"));
        }
      }
    }
  }

  private static void check(Path root) throws IOException {
    int seen = 0;
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
          assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
          in.readUnsignedShort();
          assertThat(in.readUnsignedShort()).as(file.toString()).isLessThanOrEqualTo(JAVA_17);
        }
        seen++;
      }
    }
    assertThat(seen).as("classes below " + root).isGreaterThan(20);
  }

  /** Name, description, URL, licence, developers and SCM, of the artefact or inherited. */
  @Test
  void thePomSaysWhatRepositoriesDemand() throws Exception {
    Document parent = pom(Path.of("..", "pom.xml"));
    for (String module : List.of("../generated-client", "../api-spec")) {
      Document own = pom(Path.of(module, "pom.xml"));
      for (String path : List.of("/project/name", "/project/description")) {
        assertThat(text(own, path)).as(module + path).isNotBlank();
      }
      assertThat(text(own, "/project/parent/artifactId")).isEqualTo(text(parent, "/project/artifactId"));
    }
    for (String path : List.of("url", "licenses/license/name", "licenses/license/url", "developers/developer/name", "scm/connection",
        "scm/developerConnection", "scm/url")) {
      assertThat(text(parent, "/project/" + path)).as(path).isNotBlank();
    }
    assertThat(text(parent, "//profile[id='release']")).contains("maven-source-plugin", "maven-javadoc-plugin", "maven-gpg-plugin");
  }

  private static Document pom(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }

  private static String text(Document pom, String path) throws Exception {
    XPath xpath = XPathFactory.newInstance().newXPath();
    return xpath.evaluate(path, pom);
  }
}

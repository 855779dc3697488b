package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import java.io.InputStream;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The running server and its documents, in both directions: what one has and the other lacks fails here. */
class ContractDifferenceTest {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final String SERVICES = "dev.cantora.daemon.api";
  private static final JsonNode OPENAPI = document("openapi.json");
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("AUTH_TOKEN", "t");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static JsonNode document(String name) {
    try (InputStream in = ErrorCode.class.getResourceAsStream(name)) {
      return Json.parse(in.readAllBytes());
    } catch (java.io.IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static Reply call(String method, String path) {
    boolean body = !method.equals("GET") && !method.equals("DELETE");
    return daemon.send(method, path, body ? "{" : null, "Authorization", "Bearer t");
  }

  /** Where a documented path lives: at its server entry, or at both mounts. */
  private static List<String> mounts(JsonNode pathItem, String path) {
    String concrete = path.replaceAll("\\{\\w+}", "nobody");
    List<String> mounts = new ArrayList<>();
    JsonNode servers = pathItem.has("servers") ? pathItem.get("servers") : OPENAPI.path("servers");
    servers.forEach(server -> mounts.add(server.path("url").asText().replaceAll("/$", "") + concrete));
    return mounts;
  }

  /** Of all templates that a path fits: {@code /renders/promote-last} is an id, too. */
  private static Set<String> documentedMethods(String path) {
    Set<String> methods = new TreeSet<>();
    OPENAPI.path("paths").properties().stream()
        .filter(entry -> path.matches(entry.getKey().replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+")))
        .forEach(entry -> METHODS.stream().filter(method -> entry.getValue().has(method.toLowerCase(Locale.ROOT)))
            .forEach(methods::add));
    return methods;
  }

  @Test
  void everyDocumentedOperationIsServedAndNoOtherMethodIs() {
    OPENAPI.path("paths").properties().forEach(entry -> {
      for (String mount : mounts(entry.getValue(), entry.getKey())) {
        for (String method : METHODS) {
          if (entry.getKey().equals("/render/events") && method.equals("GET")) {
            continue; // an endless stream; RenderJobsHttpTest listens to it
          }
          Reply reply = call(method, mount);
          if (documentedMethods(entry.getKey()).contains(method)) {
            assertThat(reply.status()).as("%s %s: %s", method, mount, reply).isNotEqualTo(405);
            assertThat(reply.text()).as("%s %s", method, mount).doesNotContain("There is no such route.");
          } else {
            assertThat(reply.code()).as("%s %s: %s", method, mount, reply).isEqualTo("METHOD_NOT_ALLOWED");
          }
        }
      }
    });
  }

  /** The 405 of a path lists what the server has there; it must be what the document has. */
  @Test
  void allowListsExactlyTheDocumentedMethods() {
    OPENAPI.path("paths").properties().forEach(entry -> {
      Reply reply = call("LOCK", mounts(entry.getValue(), entry.getKey()).getFirst());
      Set<String> expected = documentedMethods(entry.getKey());
      if (expected.contains("GET") && !entry.getKey().equals("/render/events")) {
        expected.add("HEAD"); // as the document's introduction says of all but the stream of events
      }
      assertThat(Set.of(reply.header("Allow").split(", "))).as(entry.getKey()).isEqualTo(expected);
    });
  }

  /** Handlers are reached through generated services alone, one abstract method per operation: none can be added beside. */
  @Test
  void handlersImplementGeneratedServicesOnly() {
    Set<String> operationIds = new TreeSet<>();
    OPENAPI.path("paths").forEach(item -> item.forEach(operation -> {
      if (operation.has("operationId")) {
        operationIds.add(operation.get("operationId").asText());
      }
    }));
    Set<String> handled = new TreeSet<>();
    JavaClasses daemonClasses = new ClassFileImporter().importPath(Path.of("target/classes"));
    for (JavaClass type : daemonClasses) {
      if (type.getPackageName().equals(SERVICES)) {
        type.getMethods().stream().filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
            .forEach(method -> handled.add(method.getName()));
      } else if (type.isAssignableTo(Capability.class) && !type.isInterface()) {
        assertThat(type.getRawSuperclass().orElseThrow().getPackageName()).as(type.getName()).isEqualTo(SERVICES);
      }
    }
    assertThat(handled).isEqualTo(operationIds);
  }

  @Test
  void whatIsNotDocumentedIsNotThere() {
    for (String path : List.of("/api/v1", "/api/v1/", "/api/v1/renders/a/config", "/api/v1/renders/a/b/c", "/api/v1/admin",
        "/api/v1/health/", "/api/v1/livez", "/api/v2/health", "/api/debug", "/api/v1/v1/health", "/api/v1/openapi.yaml")) {
      for (String method : METHODS) {
        assertThat(call(method, path).code()).as("%s %s", method, path).isEqualTo("NOT_FOUND");
      }
    }
    for (String path : List.of("/metrics", "/health", "/actuator", "/observe/health", "/renders")) {
      Reply reply = call("GET", path);
      assertThat(reply.status()).as(path).isEqualTo(404);
      assertThat(reply.header("Content-Type")).startsWith("text/html");
    }
  }

  @Test
  void socketsAreAtTheDocumentedAddressesAndNowhereElse() {
    Set<String> documented = new TreeSet<>();
    document("asyncapi.json").path("channels").forEach(channel -> documented.add(channel.path("address").asText()));
    assertThat(documented).containsExactly("/ws", "/ws/jam");
    for (String path : List.of("/ws", "/ws/jam", "/ws/live", "/ws/", "/", "/api/v1/ws", "/socket")) {
      assertThat(upgrades(path)).as(path).isEqualTo(documented.contains(path));
    }
  }

  private static boolean upgrades(String path) {
    try {
      daemon.client().newWebSocketBuilder().buildAsync(daemon.socketUri(path + "?token=t"), new WebSocket.Listener() {})
          .join().abort();
      return true;
    } catch (CompletionException refused) {
      return false;
    }
  }
}

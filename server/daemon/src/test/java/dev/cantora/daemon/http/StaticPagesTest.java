package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cockpit and portal as the daemon serves them. */
class StaticPagesTest {
  @TempDir
  Path folder;

  @Test
  void pagesComeWithAPolicyThatAllowsNoInlineScriptAndLinksThatLeadOutAreNotFollowed() throws Exception {
    Path cockpit = Files.createDirectories(folder.resolve("cockpit/assets"));
    Path portal = Files.createDirectories(folder.resolve("portal"));
    Files.writeString(folder.resolve("cockpit/index.html"), "<!doctype html><title>Cockpit</title>");
    Files.writeString(cockpit.resolve("app-0123abcd.js"), "export {}");
    Files.writeString(portal.resolve("index.html"), "<!doctype html><title>Portal</title>");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(cockpit.resolve("out.txt"), folder.resolve("secret.txt"));
    try (TestDaemon daemon = TestDaemon.start("CANTORA_COCKPIT_DIR", folder.resolve("cockpit").toString(),
        "CANTORA_DOCS_DIR", portal.toString())) {
      for (String path : new String[] {"/", "/live", "/bank/some-id", "/docs/", "/assets/app-0123abcd.js"}) {
        Reply page = daemon.get(path);
        assertThat(page.status()).as(path).isEqualTo(200);
        String policy = page.header("Content-Security-Policy");
        String scripts = policy.replaceAll(".*script-src ([^;]*);.*", "$1");
        assertThat(scripts).as(path).contains("'self'").doesNotContain("unsafe-inline").doesNotContain("'unsafe-eval'")
            .doesNotContain("*").doesNotContain("http");
        assertThat(policy).contains("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
      }
      assertThat(daemon.get("/assets/app-0123abcd.js").header("Cache-Control")).contains("immutable");
      assertThat(daemon.get("/").header("Cache-Control")).isEqualTo("no-cache");
      assertThat(daemon.get("/assets/out.txt").status()).isEqualTo(404);
      assertThat(daemon.get("/nothing").status()).isEqualTo(404);
      assertThat(daemon.get("/docs").header("Location")).isEqualTo("/docs/");
      assertThat(daemon.get("/api/v1/health").header("Content-Security-Policy")).startsWith("default-src 'none'");
    }
  }

  @Test
  void whoTakesACompressedVersionGetsTheOneThatWasBuiltOfTheFile() throws Exception {
    Path cockpit = Files.createDirectories(folder.resolve("cockpit"));
    Files.writeString(cockpit.resolve("index.html"), "<!doctype html><title>Cockpit</title>");
    Files.writeString(cockpit.resolve("app.js"), "export const plain = 1;");
    Files.writeString(cockpit.resolve("app.js.br"), "brotli");
    Files.writeString(cockpit.resolve("app.js.gz"), "gzip");
    try (TestDaemon daemon = TestDaemon.start("CANTORA_COCKPIT_DIR", cockpit.toString())) {
      for (String[] asked : new String[][] {{"gzip, deflate, br", "br", "brotli"}, {"gzip", "gzip", "gzip"},
          {"br;q=0, GZIP;q=0.5", "gzip", "gzip"}, {"identity", null, "export const plain = 1;"}, {"brx", null, "export const plain = 1;"}}) {
        Reply reply = daemon.get("/app.js", "Accept-Encoding", asked[0]);
        assertThat(reply.header("Content-Encoding")).as(asked[0]).isEqualTo(asked[1]);
        assertThat(reply.text()).isEqualTo(asked[2]);
        assertThat(reply.header("Content-Type")).startsWith("text/javascript");
        assertThat(reply.header("Vary")).contains("Accept-Encoding");
        assertThat(daemon.get("/app.js", "Accept-Encoding", asked[0], "If-None-Match", "\"x\", W/" + reply.header("ETag")).status()).isEqualTo(304);
      }
      String brotliTag = daemon.get("/app.js", "Accept-Encoding", "br").header("ETag");
      assertThat(daemon.get("/app.js", "If-None-Match", brotliTag).status()).as("another coding is another thing").isEqualTo(200);
      Files.setLastModifiedTime(cockpit.resolve("app.js"), FileTime.fromMillis(System.currentTimeMillis() + 10_000));
      assertThat(daemon.get("/app.js", "Accept-Encoding", "br, gzip").text()).as("a version of an older file").startsWith("export");
    }
  }
}

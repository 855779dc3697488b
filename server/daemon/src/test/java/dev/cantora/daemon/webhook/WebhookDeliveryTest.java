package dev.cantora.daemon.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.shelf.Shelf;
import dev.cantora.daemon.testing.LogCapture;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages over TLS, over a restart, and to names that change their address. */
class WebhookDeliveryTest {
  private static final String SECRET = "sixteen-characters";
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Map<String, Object> LOST = Map.of("state", "failed");

  @TempDir
  Path temp;

  /** A certificate for one name, signed by itself, as a key store. */
  private SSLContext server(String name) throws Exception {
    Path store = temp.resolve(name + ".p12");
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC",
        "-alias", "it", "-dname", "CN=" + name, "-ext", "san=dns:" + name, "-validity", "2", "-storetype", "PKCS12",
        "-keystore", store.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(store), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Trusts the certificate of one name only. */
  private SSLSocketFactory trusting(String name) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("it", load(temp.resolve(name + ".p12")).getCertificate("it"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static KeyStore load(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("never happened").isLessThan(end);
      Thread.sleep(10);
    }
  }

  private Shelf shelf() {
    return new Shelf(temp.resolve("waiting"));
  }

  private Webhooks webhooks(SSLSocketFactory tls, HostAddresses addresses) {
    return new Webhooks(Set.of("localhost", "studio.example"), shelf(), () -> tls, addresses);
  }

  @Test
  void aServerIsCalledOverTlsOnlyWhenItsCertificateIsTrustedAndOfItsName() throws Exception {
    SSLContext localhost = server("localhost");
    SSLContext other = server("other.example");
    try (Receiver right = new Receiver(0, localhost, 0); Receiver wrong = new Receiver(0, other, 0); LogCapture log = new LogCapture()) {
      Webhooks trusted = webhooks(trusting("localhost"), HostAddresses.SYSTEM);
      trusted.promise("https://localhost:" + right.port() + "/done", SECRET, LOST).send(Map.of("state", "done"));
      assertThat(right.next().json().path("state").asText()).isEqualTo("done");
      until(() -> shelf().all().isEmpty());
      trusted.close();

      Webhooks strange = webhooks(trusting("other.example"), HostAddresses.SYSTEM);
      strange.promise("https://localhost:" + right.port() + "/untrusted", SECRET, LOST).send(Map.of("state", "done"));
      strange.promise("https://localhost:" + wrong.port() + "/misnamed", SECRET, LOST).send(Map.of("state", "done"));
      strange.close();
      assertThat(shelf().all()).as("kept for a later attempt").hasSize(2);
      assertThat(right.waiting() + wrong.waiting()).as("nothing was told to a stranger").isZero();
      assertThat(String.join("", log.lines())).doesNotContain(SECRET);
    }
  }

  @Test
  void aNameThatMovesToAPrivateAddressAfterItWasCheckedIsNotCalled() throws Exception {
    AtomicReference<InetAddress[]> now = new AtomicReference<>(new InetAddress[] {InetAddress.getByName("93.184.216.34")});
    try (Receiver receiver = new Receiver(0, null, 0)) {
      Webhooks webhooks = new Webhooks(Set.of(), shelf(), () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), host -> now.get());
      String url = "https://rebound.example:" + receiver.port() + "/";
      webhooks.requireAllowed(url);
      now.set(new InetAddress[] {InetAddress.getByName("93.184.216.34"), InetAddress.getLoopbackAddress()});
      assertThatThrownBy(() -> webhooks.requireAllowed(url)).as("one private address is enough").isInstanceOf(ApiException.class);
      try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); LogCapture log = new LogCapture()) {
        now.set(new InetAddress[] {InetAddress.getLoopbackAddress()});
        webhooks.promise("https://rebound.example:" + listening.getLocalPort() + "/", SECRET, LOST).send(Map.of("state", "done"));
        webhooks.close();
        listening.setSoTimeout(1);
        assertThatThrownBy(listening::accept).as("no connection was made").isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void whatWasNotDeliveredIsDeliveredByTheNextDaemonAlsoOfAJobThatWasLost() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "http://localhost:" + port + "/done";
    Map<String, String> environment = Map.of("CANTORA_WEBHOOK_HOSTS", "localhost");
    TestVoice.install(temp.resolve("presets"), "default-voice");
    Shelf kept = new Shelf(temp.resolve("renders/.webhooks"));
    String jobId;
    try (TestDaemon daemon = TestDaemon.startIn(temp, environment)) {
      jobId = daemon.post("/api/v1/renders", WebhookTest.body(url), "Prefer", "respond-async").json().path("jobId").asText();
      until(() -> daemon.get("/api/v1/render/jobs/" + jobId).json().path("state").asText().equals("done"));
    }
    assertThat(kept.all()).hasSize(1);
    String delivery = kept.all().getFirst().name();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("renders/.webhooks")))).isEqualTo("rwx------");

    // a daemon that dies in the middle of a job leaves what it promised
    Webhooks died = new Webhooks(Set.of("localhost"), kept);
    died.promise(url, SECRET, Map.of("jobId", "lost", "state", "failed"));
    // and what is damaged or too old is let go
    kept.put("damaged", "{".getBytes());
    kept.put("old", "{\"url\":\"%s\",\"secret\":\"x\",\"body\":{\"jobId\":\"old\"},\"sinceMs\":1}".formatted(url).getBytes());

    try (Receiver receiver = new Receiver(port, null, 1); TestDaemon daemon = TestDaemon.startIn(temp, environment)) {
      Map<String, Receiver.Received> told = new HashMap<>();
      for (int i = 0; i < 3; i++) {
        Receiver.Received one = receiver.next();
        told.put(one.json().path("jobId").asText(), one);
      }
      assertThat(told).containsOnlyKeys(jobId, "lost");
      assertThat(told.get(jobId).delivery()).isEqualTo(delivery);
      assertThat(told.get(jobId).json().path("state").asText()).isEqualTo("done");
      assertThat(told.get("lost").json().path("state").asText()).isEqualTo("failed");
      until(() -> kept.all().isEmpty());
    }
  }
}

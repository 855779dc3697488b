package dev.cantora.daemon.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.TestDaemon;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An installation that loses its API description: a daemon in a class loader of its own, which stops finding the document. */
public class OpenApiFailureTest {

  /** Finds everything itself, and from a certain moment on no API description. */
  private static final class DamagedInstallation extends URLClassLoader {
    private final AtomicBoolean damaged = new AtomicBoolean();

    private DamagedInstallation(URL[] classPath) {
      super(classPath, ClassLoader.getPlatformClassLoader());
    }

    @Override
    public URL getResource(String name) {
      return damaged.get() && name.endsWith("openapi.json") ? null : super.getResource(name);
    }
  }

  /** Runs inside the other class loader. */
  public static void scenario(AtomicBoolean damaged) {
    try (TestDaemon daemon = TestDaemon.start()) {
      assertThat(daemon.get("/api/v1/openapi.json").json().path("openapi").asText()).startsWith("3.1");
      damaged.set(true);
      ErrorProof.check(daemon, daemon.get("/api/v1/openapi.json"), ErrorCode.OPENAPI_BUILD_FAILED);
    }
  }

  @Test
  @Provokes(ErrorCode.OPENAPI_BUILD_FAILED)
  void aMissingDescriptionHasItsCode() throws Exception {
    URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(OpenApiFailureTest::url).toArray(URL[]::new);
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    try (DamagedInstallation installation = new DamagedInstallation(classPath)) {
      current.setContextClassLoader(installation);
      installation.loadClass(OpenApiFailureTest.class.getName()).getMethod("scenario", AtomicBoolean.class)
          .invoke(null, installation.damaged);
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (java.net.MalformedURLException impossible) {
      throw new AssertionError(impossible);
    }
  }
}

package dev.cantora.daemon.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The tests' class path with a class-data archive, for tests that start one small JVM after the other: most of such a start is
 * the loading of classes. Archives hold classes of jars only, so what the build left in folders is put into a jar first.
 */
public final class SharedClasses {
  private final String classPath;
  private final Path archive;

  private SharedClasses(String classPath, Path archive) {
    this.classPath = classPath;
    this.archive = archive;
  }

  /** @param folder for jar and archive @param arguments of a run of the program that ends by itself and loads what it needs */
  public static SharedClasses of(Path folder, Class<?> program, String... arguments) throws IOException, InterruptedException {
    Path jar = folder.resolve("built.jar");
    List<String> path = new ArrayList<>(List.of(jar.toString()));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (Files.isDirectory(Path.of(entry))) {
          add(Path.of(entry), out);
        } else {
          path.add(entry);
        }
      }
    }
    SharedClasses shared = new SharedClasses(String.join(File.pathSeparator, path), folder.resolve("classes.jsa"));
    List<String> training = shared.command("-XX:ArchiveClassesAtExit=" + shared.archive, program, arguments);
    shared.start(training).waitFor();
    return shared;
  }

  private static void add(Path classes, JarOutputStream out) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try {
          out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        } catch (java.util.zip.ZipException twice) {
          continue; // the first one on the class path counts
        }
        Files.copy(file, (OutputStream) out);
      }
    }
  }

  /** Starts the program; what it prints can be read. */
  public Process start(Class<?> program, String... arguments) throws IOException {
    return start(command("-XX:SharedArchiveFile=" + archive, program, arguments));
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private List<String> command(String sharing, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), sharing, "-Xlog:disable",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, program.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }
}

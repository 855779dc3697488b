package dev.cantora.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every tool has: help, {@code --json}, and an answer that is printed once. */
@Command(mixinStandardHelpOptions = true)
abstract class ToolCommand implements Callable<Integer> {
  static final ObjectMapper JSON = new ObjectMapper();

  @Spec
  CommandSpec spec;

  @Option(names = "--json", description = "print the answer as one line of JSON")
  boolean json;

  @Option(names = "--format", hidden = true, paramLabel = "json|text")
  String format;

  ObjectNode answer() {
    return JSON.createObjectNode().put("ok", true);
  }

  /** Prints the answer as JSON if asked to, else the lines. */
  void print(ObjectNode answer, List<String> lines) throws IOException {
    if (json || "json".equals(format)) {
      spec.commandLine().getOut().println(JSON.writeValueAsString(answer));
    } else {
      lines.forEach(spec.commandLine().getOut()::println);
    }
  }

  void warn(List<String> warnings) {
    warnings.forEach(w -> spec.commandLine().getErr().println("warning: " + w));
  }
}

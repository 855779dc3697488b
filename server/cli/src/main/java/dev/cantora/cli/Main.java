package dev.cantora.cli;

import dev.cantora.client.errors.ErrorReport;
import dev.cantora.engine.EngineException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code ./cantora <tool>}. Exit codes: 0 done, 1 failed or a comparison that did not pass, 2 wrong usage. */
@Command(name = "cantora", mixinStandardHelpOptions = true, version = "cantora 2.0.0",
    description = "Tools of the Cantora singing daemon.",
    subcommands = {PhonemizeCommand.class, PlayScoreCommand.class, SingCommand.class, ResynthCommand.class,
      InspectCommand.class, AnalyzeCommand.class, BuildPresetCommand.class, CompareCommand.class, GenVowelWavCommand.class,
      ScoreFromMidiCommand.class, ExportLabelsCommand.class, ImportCommand.class, ExportCommand.class, RenderCommand.class,
      McpCommand.class, DoctorCommand.class, AutoComplete.GenerateCompletion.class})
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // scripts read the numbers: with a point, whatever the user's language
    Locale.setDefault(Locale.ROOT);
    System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
  }

  /** Runs one command line; for tests as well. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new Main()).setOut(out).setErr(err);
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      String code = e instanceof EngineException known ? known.fault().name() : "INTERNAL_ERROR";
      if (e instanceof java.nio.file.NoSuchFileException) {
        code = "NOT_FOUND";
      } else if (e instanceof dev.cantora.client.errors.ApiException answered) {
        code = answered.code();
      } else if (e instanceof dev.cantora.client.errors.ConnectionException) {
        code = "UNREACHABLE";
      }
      String message = e instanceof java.nio.file.NoSuchFileException ? "no such file: " + e.getMessage()
          : e instanceof dev.cantora.client.errors.ApiException answered ? said(answered.report())
          : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      command.getErr().println("[" + command.getCommandName() + "] error (" + code + "): " + message);
      if (e instanceof EngineException known && !known.details().isEmpty()) {
        command.getErr().println("  " + known.details());
      }
      return 1;
    });
    return line.execute(args);
  }

  /** Without the code, which is told before it. */
  private static String said(ErrorReport report) {
    return report.message() + (report.hint() == null ? "" : " " + report.hint())
        + (report.requestId() == null ? "" : " [requestId " + report.requestId() + "]");
  }
}

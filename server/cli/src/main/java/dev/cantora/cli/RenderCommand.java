package dev.cantora.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.model.RenderConfig;
import dev.cantora.api.model.Score;
import dev.cantora.client.Cantora;
import dev.cantora.client.Render;
import dev.cantora.client.Rendering;
import dev.cantora.client.http.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "render", description = "Renders a score on a running daemon and saves the audio, with a progress bar.")
final class RenderCommand extends ToolCommand {
  private static final int BAR = 30;

  @Parameters(index = "0", paramLabel = "SCORE", description = "a score, or a body with score and config")
  private Path scoreFile;

  @Parameters(index = "1", paramLabel = "OUT")
  private Path out;

  @Option(names = "--url", defaultValue = "${env:CANTORA_URL:-http://localhost:4321}", description = "of the daemon; default: CANTORA_URL or ${DEFAULT-VALUE}")
  private String url;

  @Option(names = "--key", defaultValue = "${env:CANTORA_KEY:-}", description = "default: CANTORA_KEY")
  private String key;

  @Option(names = "--preset", paramLabel = "ID")
  private String preset;

  @Option(names = "--keep", paramLabel = "NAME", description = "keep the render in the daemon's bank under this name")
  private String keep;

  @Option(names = "--as", paramLabel = "FORMAT", description = "wav-f32, wav-s24, wav-s16, flac, ogg-opus; default: what OUT ends in, else wav-f32")
  private String as;

  @Override
  public Integer call() throws IOException {
    JsonNode tree = Transport.json().readTree(Files.readAllBytes(scoreFile));
    boolean body = tree.has("score");
    Score score = Transport.json().treeToValue(body ? tree.get("score") : tree, Score.class);
    RenderConfig config = body && tree.has("config") ? Transport.json().treeToValue(tree.get("config"), RenderConfig.class)
        : RenderConfig.builder().build();
    if (preset != null) {
      config = config.toBuilder().presetId(preset).build();
    }
    Cantora daemon = key == null || key.isEmpty() ? Cantora.connect(url) : Cantora.connect(url, key);
    Rendering rendering = keep == null ? daemon.render(score, config) : daemon.keep(keep, score, config);
    boolean bar = !json && !"json".equals(format);
    if (bar) {
      rendering.onProgress(this::show);
    }
    Render render = rendering.join();
    if (bar) {
      show(1);
      spec.commandLine().getErr().println();
    }
    if (as == null) {
      render.save(out);
    } else {
      render.save(out, as);
    }
    ObjectNode answer = answer().put("out", out.toString()).put("id", render.id()).put("jobId", rendering.jobId())
        .put("bytes", Files.size(out));
    print(answer, List.of(out + ": " + Files.size(out) + " bytes, render " + render.id()));
    return 0;
  }

  private synchronized void show(double fraction) {
    int done = (int) Math.round(fraction * BAR);
    PrintWriter err = spec.commandLine().getErr();
    err.print("\r[" + "#".repeat(done) + ".".repeat(BAR - done) + "] " + Math.round(fraction * 100) + " %");
    err.flush();
  }
}

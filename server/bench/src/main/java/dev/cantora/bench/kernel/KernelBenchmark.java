package dev.cantora.bench.kernel;

import dev.cantora.bench.Machine;
import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The kernel in JVMs of every vector width and in plain Java, beside a peak of multiply-adds measured the same way. Calls of
 * some microseconds are timed one by one and the twentieth part of them that was fastest counts: what else runs on the
 * machine only ever adds, and hits the others.
 */
@Command(name = "kernel", mixinStandardHelpOptions = true,
    description = "ns per voice-sample of the innermost loops by vector width, and their share of the machine's limit")
public final class KernelBenchmark implements Callable<Integer> {

  private static final int[] PARTIALS = {20, 40, 80};
  private static final int FMA_PER_PARTIAL = 3;
  private static final int SAMPLES = KernelLoops.SEGMENTS * SampleKernel.SEGMENT;
  private static final double FAST_PERCENTILE = 5;

  @Option(names = "--iterations", defaultValue = "5", description = "measured iterations per row (default ${DEFAULT-VALUE})")
  private int iterations;

  @Override
  public Integer call() throws RunnerException {
    System.out.println(Machine.describe());
    System.out.println("ns per voice-sample (5th percentile of timed calls); share of a register-only FMA peak in brackets");
    System.out.printf("%-12s %10s %16s %16s %16s %10s%n", "kernel", "FMA peak*", "20 partials", "40 partials", "80 partials", "24 noises");
    int widest = FmaPeak.lanes() * 32;
    for (int bits = 128; bits <= widest; bits *= 2) {
      row("vector-" + bits, bits / 32, List.of("--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + bits / 8));
    }
    row("scalar", widest / 32, List.of("--add-modules=jdk.incubator.vector", "-Dcantora.bench.scalar=true"));
    liveAudio();
    System.out.println("* ns for the " + FMA_PER_PARTIAL * 80 + " multiply-adds of 80 partials; for scalar that of the widest vector");
    return 0;
  }

  private void row(String name, int lanes, List<String> flags) throws RunnerException {
    double perFma = best(run(FmaPeak.class.getSimpleName(), flags)) / (FmaPeak.ROUNDS * FmaPeak.CHAINS) / lanes;
    List<String> cells = new ArrayList<>();
    Collection<RunResult> partials = run(KernelLoops.class.getSimpleName() + ".partials", flags, "20", "40", "80");
    for (int count : PARTIALS) {
      double ns = best(partials.stream().filter(r -> r.getParams().getParam("partials").equals(Integer.toString(count))).toList()) / SAMPLES;
      cells.add(String.format(Locale.ROOT, "%.2f (%2.0f %%)", ns, 100 * count * FMA_PER_PARTIAL * perFma / ns));
    }
    double noise = best(run(KernelLoops.class.getSimpleName() + ".noise", flags, "80")) / SAMPLES;
    System.out.printf(Locale.ROOT, "%-12s %10.2f %16s %16s %16s %10.2f%n", name, 80 * FMA_PER_PARTIAL * perFma, cells.get(0),
        cells.get(1), cells.get(2), noise);
  }

  /** Live audio around the kernel, and what a block of it leaves to the garbage collector. */
  private void liveAudio() throws RunnerException {
    Collection<RunResult> live = run(LiveBlocks.class.getSimpleName(), List.of("--add-modules=jdk.incubator.vector",
        "-XX:CompileCommand=quiet", "-XX:CompileCommand=CompileThresholdScaling,dev.cantora.engine.synthesis.vectorization.*::*,0.05",
        "-Dcantora.bench.voice=" + Machine.root().resolve("presets/default-voice")));
    System.out.printf(Locale.ROOT, "live audio, %d voices: %.2f ns per voice-sample, %.2f bytes allocated per block of %d%n",
        LiveBlocks.VOICES, best(live) / (LiveBlocks.BLOCK * LiveBlocks.VOICES), LiveBlocks.bytesPerBlock(), LiveBlocks.BLOCK);
  }

  private Collection<RunResult> run(String include, List<String> flags, String... partials) throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + include.replace(".", "\\.") + "(\\.|$)").forks(1)
        .warmupIterations(6).warmupTime(TimeValue.milliseconds(500)).measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(300)).verbosity(VerboseMode.SILENT).jvmArgs(flags.toArray(String[]::new))
        .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow");
    if (partials.length > 0) {
      options.param("partials", partials);
    }
    return new Runner(options.build()).run();
  }

  /** Fast calls in nanoseconds. */
  private static double best(Collection<RunResult> results) {
    return results.stream().mapToDouble(result -> result.getPrimaryResult().getStatistics().getPercentile(FAST_PERCENTILE))
        .min().orElse(Double.NaN);
  }
}

package dev.mneme.cli;

import dev.mneme.edit.bench.Benchmark;
import dev.mneme.edit.bench.BenchmarkPlan;
import dev.mneme.edit.bench.BenchmarkTable;
import dev.mneme.edit.bench.EditBenchmark;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme bench}. */
@Command(
    name = "bench",
    description = {
      "Measures how fast this machine edits and how much memory that takes.",
      "Leave the machine alone meanwhile; docs/performance.md says what each number means."
    },
    footer = {
      "",
      "Examples:",
      "  mneme bench",
      "  mneme bench --quick",
      "  mneme bench --megapixels 1,12,24 --runs 9 --out bench.json"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder with editor and memory. Default: the installation's.")
  private Path models;

  @Option(
      names = "--megapixels",
      paramLabel = "N",
      split = ",",
      description = "Sizes of pictures in millions of pixels. Default: 1.")
  private List<Double> megapixels;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Measured runs of each thing. Default: 5; with --quick 2.")
  private Integer runs;

  @Option(
      names = "--edits",
      paramLabel = "N",
      description = "Small edits over which memory is watched. Default: 1000; with --quick 20.")
  private Integer edits;

  @Option(
      names = "--wish",
      paramLabel = "SENTENCE",
      description =
          "What large edits ask for, e.g. \"emboss it\", which takes two mixes. Default: \"make it cooler\".")
  private String wish;

  @Option(names = "--quick", description = "Fewer runs: to see that it works, not how fast it is.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write everything as JSON to this file.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    BenchmarkPlan plan = plan();
    requirePlaceFor(out);
    PrintWriter err = spec.commandLine().getErr();
    try (StopSignal stop = new StopSignal("Stopped. Nothing was written.")) {
      Benchmark done =
          EditBenchmark.run(
              models != null ? models : Installation.models(),
              plan,
              what -> {
                err.println("measuring " + what);
                err.flush();
              });
      spec.commandLine().getOut().print(BenchmarkTable.markdown(done));
      spec.commandLine().getOut().flush();
      if (out != null) {
        Writing.to(out, () -> AtomicFiles.writeString(out, BenchmarkTable.json(done)));
      }
    }
    return ExitCode.OK.code();
  }

  private BenchmarkPlan plan() {
    BenchmarkPlan usual = quick ? BenchmarkPlan.QUICK : BenchmarkPlan.STANDARD;
    try {
      return new BenchmarkPlan(
          megapixels != null ? megapixels : usual.megapixels(),
          runs != null ? runs : usual.runs(),
          usual.warmUps(),
          edits != null ? edits : usual.edits(),
          wish != null ? wish : usual.wish());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
    }
  }

  /** Minutes of measuring shall not end at a folder that is not there. */
  private static void requirePlaceFor(Path file) {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw Writing.refused(file, new NotDirectoryException(folder.toString()));
    }
  }
}

package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.measure.Candidate;
import dev.mneme.edit.measure.Evaluation;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.peers.ClassicPeers;
import dev.mneme.peers.PeerComparison;
import dev.mneme.peers.PeerReport;
import dev.mneme.peers.PeerTable;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme peers}. */
@Command(
    name = "peers",
    description = {
      "Measures the editor beside classical tools on the same held-out pictures: non-local means,"
          + " bilateral filter, unsharp mask, Wiener deconvolution, dark channel prior, CLAHE, levels,"
          + " bicubic and Lanczos. Each tool is tuned on the very pictures it is measured on.",
      "Writes report.html (with pictures) and results.json to --out; docs/peers.md says how to read"
          + " them."
    },
    footer = {
      "",
      "Examples:",
      "  mneme peers --out runs/peers",
      "  mneme peers --out runs/noise --tasks denoise,remove_jpeg --rounds 50",
      "  mneme peers --out runs/mine --models runs/learned"
    })
final class PeersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the report.")
  private Path out;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Pictures a task. Default: ${DEFAULT-VALUE}.")
  private int rounds = 24;

  @Option(
      names = "--tasks",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only these of denoise, deblur, clear_haze, remove_jpeg, low_light, upscale. Default: all.")
  private List<String> names = List.of();

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder with editor and memory. Default: the installation's.")
  private Path models;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Photographs; the held-out ones are used. Default: the installation's.")
  private Path photos;

  @Override
  public Integer call() throws IOException {
    List<EditTask> tasks = tasks();
    Corpus corpus = corpus();
    Path place = models != null ? models : Installation.models();
    Precision precision = Engine.start().precision().value();
    PeerComparison done;
    try (TextEncoder encoder = new RoutedTextEncoder();
        StopSignal stop = new StopSignal("Stopped. Nothing was written.");
        TileBar bar = bar()) {
      Candidate editor = Candidate.load("editor", place, encoder);
      Writing.to(out, () -> Files.createDirectories(out));
      done =
          PeerComparison.run(
              new Evaluation.Setting(corpus.heldOut(), tasks, encoder, precision, rounds),
              editor,
              bar);
    }
    String command =
        "mneme " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    Writing.to(
        out,
        () ->
            PeerReport.write(
                out,
                done,
                command,
                Map.of("models", place.toString(), "rounds", rounds, "precision", precision)));
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.print(PeerTable.markdown(done));
    terminal.flush();
    return ExitCode.OK.code();
  }

  private List<EditTask> tasks() {
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--rounds: Expected at least 1 picture a task, found " + rounds + ".");
    }
    List<EditTask> tasks =
        TaskNames.tasks(names, ClassicPeers.tasks()).stream().distinct().toList();
    try {
      tasks.forEach(ClassicPeers::of);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--tasks: " + e.getMessage() + ".", e);
    }
    return tasks;
  }

  private Corpus corpus() throws IOException {
    Path place = photos != null ? photos : Installation.photos();
    return HeldOutPhotos.load(place);
  }

  private TileBar bar() {
    PrintWriter err = Installation.onTerminal() ? spec.commandLine().getErr() : null;
    return new TileBar("peers", " edits", err, System::nanoTime);
  }
}

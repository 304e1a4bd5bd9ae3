package dev.mneme.cli;

import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.learn.EditRuns;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mneme learn}. */
@Command(
    name = "learn",
    description = {
      "Teaches a memory to write weights for a frozen base, end to end from the editing loss.",
      "Stop it whenever you like and start it again with the same --run: it goes on as if it had never stopped."
    },
    footer = {
      "",
      "Examples:",
      "  mneme learn --run runs/memory --steps 1500",
      "  mneme learn --run runs/lora8 --method shared --rank 8 --steps 1500",
      "  mneme learn --run runs/matched --method matched --steps 1500",
      "  mneme learn --run runs/full --method full --steps 1500"
    })
final class LearnCommand implements Callable<Integer> {
  /** Who learns. */
  enum Method {
    /** A parameter generator that writes weights for each request. */
    memory,
    /** One LoRA for all requests. */
    shared,
    /** One LoRA for all requests with as many weights as the memory. */
    matched,
    /** A copy of the whole base. */
    full
  }

  @Mixin private TrainingOptions options;

  @Option(
      names = "--editor",
      description = "The frozen base. Default: the one of the installation.")
  private Path editor;

  @Option(names = "--method", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Method method = Method.memory;

  @Option(names = "--rank", description = "Rank of the adapters. Default: ${DEFAULT-VALUE}.")
  private int rank = 8;

  @Override
  public Integer call() throws Exception {
    Path base = editor != null ? editor : Installation.models().resolve("editor");
    RunConfig run = options.config(new TrainingOptions.Usual(EditRuns.memoryShares(), 0.15, 10));
    try (StopSignal stop = new StopSignal("Stopped. Start again with the same --run to go on.");
        TextEncoder encoder = new RoutedTextEncoder(TrainingOptions.SENTENCES);
        TrainingProgress progress = new TrainingProgress(System.out, options.batch)) {
      switch (method) {
        case memory -> EditRuns.learnMemory(run, base, rank, encoder, progress);
        case shared -> EditRuns.learnShared(run, base, rank, encoder, progress);
        case matched -> {
          int matched = EditRuns.matchedRank(EditorModel.config(base), rank);
          EditRuns.learnShared(run, base, matched, encoder, progress);
        }
        case full -> EditRuns.fineTune(run, base, encoder, progress);
      }
    }
    System.out.println("Written to " + options.run.resolve(EditRuns.MODEL));
    return 0;
  }
}

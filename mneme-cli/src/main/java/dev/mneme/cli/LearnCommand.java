package dev.mneme.cli;

import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.learn.EditRuns;
import dev.mneme.edit.learn.EditStudent;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.task.EditTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
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
      "  mneme learn --run runs/longer --from runs/memory/model --steps 1000",
      "  mneme learn --run runs/later --from runs/longer/model --tasks later --shown 0.15",
      "  mneme learn --run runs/lora8 --method shared --rank 8 --steps 1500",
      "  mneme learn --run runs/matched --method matched --steps 1500",
      "  mneme learn --run runs/full --method full --steps 1500",
      "  mneme learn --run runs/deblur --method task --tasks deblur --steps 300 --rate 2e-3",
      "  mneme learn --run runs/mine --triples pairs --triples-share 0.5 --steps 800",
      "  mneme learn --run runs/own --classpath tasks.jar --task-class com.example.Mist --steps 800"
    })
final class LearnCommand extends TrainingCommand {
  /** Who learns. */
  enum Method {
    /** A parameter generator that writes weights for each request. */
    memory,
    /** One LoRA for all requests. */
    shared,
    /** One LoRA for all requests with as many weights as the memory. */
    matched,
    /** A copy of the whole base. */
    full,
    /** One task's own LoRA, added to what the memories beside the base write. */
    task
  }

  @Option(
      names = "--editor",
      description = "The frozen base. Default: the one of the installation.")
  private Path editor;

  @Option(
      names = "--method",
      description =
          "${COMPLETION-CANDIDATES}. The last is one task's own LoRA, added to what the memories beside the"
              + " base write for it. Default: ${DEFAULT-VALUE}.")
  private Method method = Method.memory;

  @Option(names = "--rank", description = "Rank of the adapters. Default: ${DEFAULT-VALUE}.")
  private int rank = 8;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Begin with what the same --method learned in an earlier run. Without it from nothing.")
  private Path from;

  @Override
  TrainingOptions.Usual usual() {
    double composed = method == Method.task ? 0 : 0.15;
    boolean shows = method != Method.full && method != Method.task;
    return new TrainingOptions.Usual(EditRuns.memoryShares(), composed, 7e-4, 4, shows);
  }

  @Override
  Optional<Path> begun() {
    return Optional.ofNullable(from);
  }

  @Override
  Optional<Path> base() {
    return Optional.of(editor != null ? editor : Installation.models().resolve(Memories.EDITOR));
  }

  @Override
  void require(RunConfig run) {
    if (method == Method.task) {
      only(run);
    }
  }

  @Override
  EditStudent student(RunConfig run) throws IOException {
    Path base = base().orElseThrow();
    return switch (method) {
      case memory -> EditStudent.memory(base, from, rank, run.seed());
      case shared -> EditStudent.shared(base, from, rank, run.seed());
      case matched -> {
        int matched = EditRuns.matchedRank(EditorModel.config(base), rank);
        yield EditStudent.shared(base, from, matched, run.seed());
      }
      case full -> EditStudent.full(base, from);
      case task ->
          EditStudent.task(base.toAbsolutePath().getParent(), only(run), from, rank, run.seed());
    };
  }

  /** The one task of a run. */
  private static EditTask only(RunConfig run) {
    List<EditTask> tasks = run.tasks().stream().distinct().toList();
    if (tasks.size() != 1 || run.composed() > 0) {
      throw new CommandException(
          ExitCode.USAGE,
          "--method task: expected one task and no second wishes beside it, found %s%s. Name it with --tasks"
              .formatted(
                  tasks.stream().map(EditTask::name).toList(),
                  run.composed() > 0 ? " and --composed " + run.composed() : ""));
    }
    return tasks.get(0);
  }
}

package dev.mneme.cli;

import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.learn.EditRuns;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mneme pretrain}. */
@Command(
    name = "pretrain",
    description = {
      "Trains a base editor: first to tell sentences apart, then to edit.",
      "Stop it whenever you like and start it again with the same --run: it goes on as if it had never stopped."
    },
    footer = {
      "",
      "Examples:",
      "  mneme pretrain --run runs/base --steps 2000",
      "  mneme pretrain --run runs/denoise --tasks denoise --steps 500",
      "  mneme pretrain --run runs/longer --from runs/base/model --steps 1000"
    })
final class PretrainCommand implements Callable<Integer> {
  @Mixin private TrainingOptions options;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Begin with the weights of this base editor. Without it from nothing.")
  private Path from;

  @Override
  public Integer call() throws Exception {
    RunConfig run =
        options.config(new TrainingOptions.Usual(EditTasks.of(EditTask.Learner.BASE), 0, 1));
    try (StopSignal stop = new StopSignal("Stopped. Start again with the same --run to go on.");
        TextEncoder encoder = new RoutedTextEncoder(TrainingOptions.SENTENCES);
        TrainingProgress progress = new TrainingProgress(System.out, options.batch)) {
      EditorConfig shape = from == null ? EditorConfig.standard() : EditorModel.config(from);
      EditRuns.pretrain(run, shape, from, encoder, progress);
    }
    System.out.println("Base editor written to " + options.run.resolve(EditRuns.MODEL));
    return 0;
  }
}

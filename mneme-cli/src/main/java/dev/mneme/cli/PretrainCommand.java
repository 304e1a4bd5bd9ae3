package dev.mneme.cli;

import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.learn.EditRuns;
import dev.mneme.edit.learn.EditStudent;
import dev.mneme.edit.learn.RunConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
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
final class PretrainCommand extends TrainingCommand {
  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Begin with the weights of this base editor. Without it from nothing.")
  private Path from;

  @Override
  TrainingOptions.Usual usual() {
    return new TrainingOptions.Usual(EditRuns.baseShares(), 0, 2e-3, 1, false);
  }

  @Override
  Optional<Path> base() {
    return Optional.ofNullable(from);
  }

  @Override
  EditStudent student(RunConfig run) throws IOException {
    EditorConfig shape = from == null ? EditorConfig.standard() : EditorModel.config(from);
    return EditStudent.base(shape, from, run.seed());
  }
}

package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.measure.Finish;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme charts}. */
@Command(
    name = "charts",
    description =
        "Measures how cleanly an editor works: seams on flat and graded charts, detail kept where"
            + " only colour changes, how even its strength is.",
    footer = {
      "",
      "Examples:",
      "  mneme charts",
      "  mneme charts --rounds 12 --out runs/charts.md",
      "  mneme charts --tasks warm,night --models runs/learned"
    })
final class ChartsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Markdown file to write the table to, beside printing it.")
  private Path out;

  @Mixin private EditorOptions editor;

  @Option(
      names = "--tasks",
      paramLabel = "NAME",
      split = ",",
      description =
          "These tasks only, by name; base, memory and later stand for all of their kind. Default: base,memory.")
  private List<String> tasks = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Photographs a task. Default: ${DEFAULT-VALUE}.")
  private int rounds = 4;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds: expected at least 1, found " + rounds + ".");
    }
    List<EditTask> asked =
        TaskNames.tasks(tasks, EditTasks.founding()).stream().distinct().toList();
    Corpus corpus = editor.corpus();
    try (Operators operators = editor.operators();
        TileBar bar =
            new TileBar(
                "charts",
                " tasks",
                Installation.onTerminal() ? spec.commandLine().getErr() : null,
                System::nanoTime)) {
      String table = Finish.of(operators.editor(), corpus.heldOut(), asked, rounds, bar).markdown();
      if (out != null) {
        Writing.to(out, () -> AtomicFiles.writeString(out, table));
      }
      spec.commandLine().getOut().print(table);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK.code();
  }
}

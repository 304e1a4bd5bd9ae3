package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.measure.LookScores;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme looks}. */
@Command(
    name = "looks",
    description = {
      "Measures how well looks that no sentence describes are taken from example pairs.",
      "",
      "Against the picture as it is, the curves of the pairs' histograms, and a 3-D table of colours"
          + " fitted to the pairs; and from one picture that has the look, without a pair (edit --like)."
          + " On held-out photographs and random looks."
    },
    footer = {
      "",
      "Examples:",
      "  mneme looks",
      "  mneme looks --pairs 1 --looks 48 --out runs/looks.md"
    })
final class LooksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Markdown file to write the table to, beside printing it.")
  private Path out;

  @Mixin private EditorOptions editor;

  @Option(names = "--looks", description = "How many looks. Default: ${DEFAULT-VALUE}.")
  private int looks = 24;

  @Option(names = "--rounds", description = "Photographs a look. Default: ${DEFAULT-VALUE}.")
  private int rounds = 4;

  @Option(names = "--pairs", description = "Pairs shown, 1 to 4. Default: ${DEFAULT-VALUE}.")
  private int pairs = 3;

  @Override
  public Integer call() throws IOException {
    if (looks < 1 || rounds < 1 || pairs < 1 || pairs > 4) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected at least 1 for --looks and --rounds and 1 to 4 for --pairs, found %d, %d and %d."
              .formatted(looks, rounds, pairs));
    }
    Corpus corpus = editor.corpus();
    if (corpus.heldOut().size() < 2) {
      throw new CommandException(
          ExitCode.EMPTY,
          "Expected at least two held-out photographs, found one. Name more 'heldout' in SPLIT.tsv");
    }
    try (Operators operators = editor.operators();
        TileBar bar =
            new TileBar(
                "looks",
                " questions",
                Installation.onTerminal() ? spec.commandLine().getErr() : null,
                System::nanoTime)) {
      String table =
          LookScores.of(operators.editor(), corpus.heldOut(), looks, rounds, pairs, bar).markdown();
      if (out != null) {
        Writing.to(out, () -> AtomicFiles.writeString(out, table));
      }
      spec.commandLine().getOut().print(table);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK.code();
  }
}

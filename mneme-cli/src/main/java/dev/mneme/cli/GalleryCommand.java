package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.measure.Gallery;
import dev.mneme.edit.measure.GalleryPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme gallery}. */
@Command(
    name = "gallery",
    description =
        "Edits held-out photographs by held-out wording and writes a page of before and after,"
            + " README.md and its pictures. The same models give the same page.",
    footer = {
      "",
      "Examples:",
      "  mneme gallery --out docs/gallery",
      "  mneme gallery --out runs/gallery --models runs/learned --pairs 64 --size 192"
    })
final class GalleryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write.")
  private Path out;

  @Mixin private EditorOptions editor;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Pairs of pictures, four in a row. Default: ${DEFAULT-VALUE}.")
  private int pairs = GalleryPlan.USUAL.pairs();

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Longer side of a picture. Default: ${DEFAULT-VALUE}.")
  private int size = GalleryPlan.USUAL.longest();

  @Override
  public Integer call() throws IOException {
    GalleryPlan plan = plan();
    Corpus corpus = editor.corpus();
    try (Operators operators = editor.operators();
        TileBar bar =
            new TileBar(
                "gallery",
                " pairs",
                Installation.onTerminal() ? spec.commandLine().getErr() : null,
                System::nanoTime)) {
      long bytes = Gallery.write(out, corpus.heldOut(), operators.editor(), plan, bar);
      spec.commandLine()
          .getOut()
          .printf("%s  %d pairs, %d bytes%n", out.resolve(Gallery.PAGE), plan.pairs(), bytes);
      spec.commandLine().getOut().flush();
    }
    return ExitCode.OK.code();
  }

  private GalleryPlan plan() {
    try {
      return new GalleryPlan(pairs, size);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--pairs, --size: " + e.getMessage() + ".");
    }
  }
}

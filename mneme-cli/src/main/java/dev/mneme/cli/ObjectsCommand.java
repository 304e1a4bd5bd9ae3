package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.measure.ObjectScores;
import dev.mneme.edit.object.CutOuts;
import dev.mneme.edit.object.FinderRun;
import dev.mneme.edit.object.NamedObjects;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme objects}. */
@Command(
    name = "objects",
    description = {
      "Measures how well objects are found by name and taken away, or teaches what finds them.",
      "",
      "Learned from and measured on scenes: pictures of objects put over photographs."
    },
    footer = {
      "",
      "Examples:",
      "  mneme objects",
      "  mneme objects --rounds 24 --out runs/objects.md",
      "  mneme objects --learn runs/objects",
    })
final class ObjectsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--learn",
      paramLabel = "DIR",
      description = "Directory of a run. A run that was stopped goes on from its checkpoint there.")
  private Path learn;

  @Option(names = "--steps", description = "Steps in all. Default: ${DEFAULT-VALUE}.")
  private long steps = 3000;

  @Option(names = "--batch", description = "Scenes a step. Default: ${DEFAULT-VALUE}.")
  private int batch = 16;

  @Option(names = "--rate", description = "Highest learning rate. Default: ${DEFAULT-VALUE}.")
  private double rate = 2e-3;

  @Option(names = "--seed", description = "Seed of weights and scenes. Default: ${DEFAULT-VALUE}.")
  private long seed = 7;

  @Option(
      names = "--objects",
      paramLabel = "DIR",
      description = "Folder of cut-outs, with OBJECTS.tsv. Default: those of the installation.")
  private Path objects;

  @Option(
      names = "--rounds",
      description =
          "Scenes of objects that were learned, and as many of others, to measure on."
              + " Default: ${DEFAULT-VALUE}.")
  private int rounds = 120;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Markdown file to write the tables to, beside printing them.")
  private Path out;

  @Mixin private EditorOptions editor;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || steps < 1 || batch < 1 || !(rate > 0)) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected at least 1 for --rounds, --steps and --batch and a --rate above 0, found %d, %d, %d and %s."
              .formatted(rounds, steps, batch, rate));
    }
    CutOuts cutOuts = CutOuts.load(objects == null ? Installation.objects() : objects);
    if (cutOuts.train().isEmpty() || learn == null && cutOuts.heldOut().isEmpty()) {
      throw new CommandException(
          ExitCode.EMPTY,
          "Expected objects marked 'train', and some marked 'heldout' to measure on, found %d and %d."
                  .formatted(cutOuts.train().size(), cutOuts.heldOut().size())
              + " Mark them in OBJECTS.tsv");
    }
    if (learn == null) {
      measure(cutOuts);
    } else {
      learn(cutOuts);
    }
    return ExitCode.OK.code();
  }

  private void measure(CutOuts cutOuts) throws IOException {
    Path models = editor.models();
    if (!Files.isDirectory(models.resolve(NamedObjects.FOLDER))) {
      throw new CommandException(
          ExitCode.MODEL_MISSING,
          models.resolve(NamedObjects.FOLDER)
              + ": expected what finds objects, found nothing. Check --models, or teach one with --learn");
    }
    try (TextEncoder encoder = new RoutedTextEncoder();
        TileBar bar =
            new TileBar(
                "objects",
                " scenes",
                Installation.onTerminal() ? spec.commandLine().getErr() : null,
                System::nanoTime)) {
      String tables =
          ObjectScores.of(
                  NamedObjects.of(models, encoder), editor.corpus().heldOut(), cutOuts, rounds, bar)
              .markdown();
      if (out != null) {
        Writing.to(out, () -> AtomicFiles.writeString(out, tables));
      }
      spec.commandLine().getOut().print(tables);
      spec.commandLine().getOut().flush();
    }
  }

  private void learn(CutOuts cutOuts) throws IOException {
    Corpus photos = editor.corpus();
    TrainingConfig training =
        new TrainingConfig(
            learn, new Schedule(steps, Math.min(100, steps), rate, 0.02), 0.01, 1, 0, 100, 25);
    try (StopSignal stop = new StopSignal("Stopped. Start again with the same --learn to go on.");
        TextEncoder encoder = new RoutedTextEncoder(TrainingOptions.SENTENCES);
        TrainingProgress progress = new TrainingProgress(System.out, batch)) {
      FinderRun.learn(training, batch, seed, photos, cutOuts, encoder, stop.between(progress));
    }
    System.out.println("Written to " + learn.resolve(FinderRun.MODEL));
  }
}

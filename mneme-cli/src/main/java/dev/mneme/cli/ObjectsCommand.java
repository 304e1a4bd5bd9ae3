package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.object.CutOuts;
import dev.mneme.edit.object.FinderRun;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mneme objects}. */
@Command(
    name = "objects",
    description = {
      "Teaches what finds objects by name, or measures it on objects that nobody taught.",
      "",
      "Learned from and measured on scenes: pictures of objects put over photographs."
    },
    footer = {
      "",
      "Examples:",
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

  @Override
  public Integer call() throws IOException {
    CutOuts cutOuts = CutOuts.load(objects == null ? Installation.objects() : objects);
    Corpus photos = Corpus.load(Installation.photos());
    TrainingConfig training =
        new TrainingConfig(
            learn, new Schedule(steps, Math.min(100, steps), rate, 0.02), 0.01, 1, 0, 100, 25);
    try (StopSignal stop = new StopSignal("Stopped. Start again with the same --learn to go on.");
        TextEncoder encoder = new RoutedTextEncoder(TrainingOptions.SENTENCES);
        TrainingProgress progress = new TrainingProgress(System.out, batch)) {
      FinderRun.learn(training, batch, seed, photos, cutOuts, encoder, stop.between(progress));
    }
    System.out.println("Written to " + learn.resolve(FinderRun.MODEL));
    return ExitCode.OK.code();
  }
}

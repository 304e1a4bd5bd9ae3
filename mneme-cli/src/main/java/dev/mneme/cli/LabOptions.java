package dev.mneme.cli;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.pipeline.Memories;
import dev.mneme.edit.text.RoutedTextEncoder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.lab.Lab;
import dev.mneme.lab.run.FrozenEditor;
import dev.mneme.lab.run.FrozenMemory;
import dev.mneme.lab.run.LabPhotos;
import dev.mneme.lab.run.LabProgress;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.run.OwnBase;
import dev.mneme.lab.run.Scale;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that every experiment has. */
final class LabOptions {
  private static final long FIRST_SEED = 7;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of the run. A run that was stopped goes on there; experiments in one folder share trainings.")
  private Path out;

  @Option(
      names = "--quick",
      description =
          "A few minutes: few steps, tasks and seeds, a small generator, and, without --editor, a tiny base trained for it.")
  private boolean quick;

  @Option(
      names = "--small",
      description =
          "An hour or few: all tasks and three seeds on a small base, trained for the run unless --editor names another.")
  private boolean small;

  @Option(
      names = "--editor",
      paramLabel = "DIR",
      description = "The frozen base. Default: the installation's.")
  private Path editor;

  @Option(
      names = "--memory",
      paramLabel = "DIR",
      description =
          "A memory for that base, which ladder and geometry look into instead of training one; every seed then asks it other questions.")
  private Path memory;

  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Photographs. Default: the installation's.")
  private Path photos;

  @Option(names = "--steps", paramLabel = "N", description = "Steps of each training.")
  private Long steps;

  @Option(
      names = "--rates",
      paramLabel = "R",
      split = ",",
      description = "Learning rates that every method tries.")
  private List<Double> rates;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Number of seeds; intervals are over these.")
  private Integer seeds;

  @Option(
      names = "--tasks",
      paramLabel = "NAME",
      split = ",",
      description = "Learn and measure these tasks only.")
  private List<String> tasks;

  /** A setting and what must be closed after it. */
  record Opened(LabSetting setting, TextEncoder encoder) implements AutoCloseable {
    @Override
    public void close() {
      encoder.close();
    }
  }

  /** Whether a memory is named that was trained before. */
  boolean namesMemory() {
    return memory != null;
  }

  Opened open(CommandLine command, LabProgress progress) throws IOException {
    Scale scale = scale(command);
    Precision precision = Engine.start().precision().value();
    Corpus corpus = Corpus.load(photos != null ? photos : Installation.photos());
    LabPhotos split = LabPhotos.of(corpus);
    TextEncoder encoder = new RoutedTextEncoder(TrainingOptions.SENTENCES);
    try {
      Path base =
          editor != null
              ? editor
              : quick || small
                  ? Lab.ownBase(
                      out.resolve("base"),
                      quick ? OwnBase.TINY : OwnBase.SMALL,
                      split.train(),
                      encoder,
                      progress)
                  : Installation.models().resolve(Memories.EDITOR);
      FrozenEditor frozen = FrozenEditor.load(base);
      Optional<FrozenMemory> looked =
          memory == null ? Optional.empty() : Optional.of(FrozenMemory.load(memory, frozen));
      return new Opened(
          new LabSetting(frozen, split, encoder, precision, scale, looked, out, progress), encoder);
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private Scale scale(CommandLine command) {
    if (quick && small) {
      throw new ParameterException(
          command, "Expected --quick or --small, found both; give the one you want.");
    }
    try {
      Scale scale = quick ? Scale.quick() : small ? Scale.small() : Scale.full();
      scale = steps == null ? scale : scale.withSteps(steps);
      scale = rates == null ? scale : scale.withRates(rates);
      scale = tasks == null ? scale : scale.withTasks(tasks);
      return seeds == null
          ? scale
          : scale.withSeeds(LongStream.range(FIRST_SEED, FIRST_SEED + seeds).boxed().toList());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, e.getMessage() + ".", e);
    }
  }
}

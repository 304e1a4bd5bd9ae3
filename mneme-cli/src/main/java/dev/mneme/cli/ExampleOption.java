package dev.mneme.cli;

import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.Editor;
import dev.mneme.edit.pipeline.ExamplePair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --example}: what is wanted, shown by pairs of photos. */
final class ExampleOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--example",
      arity = "2",
      paramLabel = "FILE",
      description =
          "A photo before and after the edit that is wanted: --example before.jpg after.jpg. Up to"
              + " 4 pairs. The sentence may be left out; what it says is done after that.")
  private List<Path> files = List.of();

  /** Whether any is given. */
  boolean given() {
    return !files.isEmpty();
  }

  /**
   * Reads the pairs.
   *
   * @throws ParameterException if there are too many
   * @throws CommandException EXAMPLE_MISMATCH if the two of a pair differ in size
   * @throws IOException if one is no picture
   */
  List<ExamplePair> pairs() throws IOException {
    if (files.size() > 2 * Editor.MOST_EXAMPLES) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected at most %d pairs of --example, found %d."
              .formatted(Editor.MOST_EXAMPLES, files.size() / 2));
    }
    PictureReader reader = new PictureReader();
    List<ExamplePair> pairs = new ArrayList<>();
    for (int i = 0; i < files.size(); i += 2) {
      RasterImage before = reader.read(files.get(i)).image();
      RasterImage after = reader.read(files.get(i + 1)).image();
      try {
        pairs.add(new ExamplePair(before, after));
      } catch (IllegalArgumentException e) {
        throw new CommandException(
            ExitCode.EXAMPLE_MISMATCH,
            "%s and %s: %s. Show the same photo at the same size"
                .formatted(files.get(i), files.get(i + 1), e.getMessage()),
            e);
      }
    }
    return pairs;
  }
}

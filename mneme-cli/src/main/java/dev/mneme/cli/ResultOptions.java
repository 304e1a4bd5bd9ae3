package dev.mneme.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that writes edited photos: how much, where, and to which files. */
final class ResultOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--strength",
      paramLabel = "0..2",
      defaultValue = "1",
      description = "How much of the edit: 0 changes nothing, 1 is as learned (the default).")
  private String strength;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description =
          "A picture as large as the photo: the edit reaches what is white, partly what is grey,"
              + " and leaves what is black as it is.")
  private Path mask;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Recorded with the result. Edits draw no random numbers: it changes nothing.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE|FOLDER",
      description =
          "Where to write; for several photos a folder, made if need be. Without it"
              + " NAME.edited.EXT beside each photo.")
  private Path out;

  @Option(names = "--in-place", description = "Replace each photo by its result.")
  private boolean inPlace;

  @Option(
      names = "--compare",
      description = "Also write before and after side by side, as NAME.compare.EXT by the result.")
  private boolean compare;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder with the models 'editor' and 'memory'. Without it those of Mneme.")
  private Path models;

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  /**
   * What is asked for, checked as far as options go.
   *
   * @throws ParameterException if two options cannot be meant together
   * @throws CommandException BAD_STRENGTH
   */
  EditRequest request(Wanted wanted) {
    if (out != null && inPlace) {
      throw new ParameterException(spec.commandLine(), "Expected --out or --in-place, found both.");
    }
    return new EditRequest(
        wanted,
        Strength.parse(strength),
        Optional.ofNullable(mask),
        seed,
        models == null ? Installation.models() : models);
  }

  /** One job a photo; see {@link EditPlan#jobs}. */
  List<EditJob> jobs(List<Path> photos) throws IOException {
    return new EditPlan(out, inPlace, compare, Optional.ofNullable(mask)).jobs(photos);
  }

  /** Does the jobs and returns the exit code. */
  int run(EditRequest request, List<EditJob> jobs, Main main) {
    try (EditRun run = new EditRun(request, new Voice(spec.commandLine(), main, quiet))) {
      return run.all(jobs).code();
    }
  }
}

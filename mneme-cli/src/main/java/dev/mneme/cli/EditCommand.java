package dev.mneme.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code mneme edit}: options, and what they may not say together. */
@Command(
    name = "edit",
    description =
        "Edits photographs as a sentence says. The photographs themselves stay as they are.",
    footer = {
      "",
      "Examples:",
      "  mneme edit photo.jpg \"make it warmer\"",
      "  mneme edit photo.jpg \"remove the haze\" --strength 0.5 --out clear.png",
      "  mneme edit holiday/ \"brighten the shadows\" --out bright/",
      "  mneme edit photo.jpg \"black and white\" --compare",
      "  mneme edit a.jpg \"like old film\" --save-adapter film",
      "  mneme edit b.jpg c.jpg --adapter film",
      "",
      "Reads JPEG, PNG, WebP and GIF; writes JPEG and PNG, as the name of the result ends."
    })
final class EditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(
      arity = "0..*",
      paramLabel = "PHOTO... SENTENCE",
      hideParamSyntax = true,
      description =
          "Photos, or folders of photos, and at last what to do with them, in English or Chinese."
              + " With --adapter all are photos.")
  private List<String> arguments = List.of();

  @Option(
      names = "--strength",
      paramLabel = "0..2",
      defaultValue = "1",
      description = "How much of the edit: 0 changes nothing, 1 is as learned (the default).")
  private String strength;

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
      names = "--save-adapter",
      paramLabel = "DIR",
      description = "Keep the weights written for this request, as a PEFT folder. One photo only.")
  private Path saveAdapter;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "Use the weights kept in this folder, and the sentence kept with them.")
  private Path adapter;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder with the models 'editor' and 'memory'. Without it those of Mneme.")
  private Path models;

  @Option(names = "--quiet", description = "Print errors only.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    forbidTogether(out != null, "--out", inPlace, "--in-place");
    forbidTogether(saveAdapter != null, "--save-adapter", adapter != null, "--adapter");
    String sentence = adapter == null ? sentence() : null;
    List<Path> photos = photos(adapter == null ? 1 : 0);
    Strength parsed = Strength.parse(strength);
    List<EditJob> jobs = new EditPlan(out, inPlace, compare).jobs(photos);
    if (saveAdapter != null && jobs.size() > 1) {
      throw misuse(
          "--save-adapter keeps the weights written for one photo, found " + jobs.size() + ".");
    }
    EditRequest request =
        new EditRequest(
            sentence,
            adapter,
            saveAdapter,
            parsed,
            seed,
            models == null ? Installation.models() : models);
    try (EditRun run = new EditRun(request, new Voice(spec.commandLine(), main, quiet))) {
      return run.all(jobs).code();
    }
  }

  private String sentence() {
    if (arguments.size() < 2) {
      throw misuse(
          "Expected a photo and a sentence, found "
              + (arguments.isEmpty() ? "neither." : "only '" + arguments.get(0) + "'."));
    }
    String last = arguments.get(arguments.size() - 1);
    try {
      if (!last.isBlank() && Files.exists(Path.of(last))) {
        throw misuse("Expected a sentence as the last argument, found the file '" + last + "'.");
      }
    } catch (InvalidPathException e) {
      // So it is no file.
    }
    return last;
  }

  private List<Path> photos(int without) {
    if (arguments.size() <= without) {
      throw misuse("Expected a photo, found none.");
    }
    try {
      return arguments.subList(0, arguments.size() - without).stream().map(Path::of).toList();
    } catch (InvalidPathException e) {
      throw misuse("Expected the name of a photo, found one that no file can have.");
    }
  }

  private void forbidTogether(boolean a, String nameA, boolean b, String nameB) {
    if (a && b) {
      throw misuse("Expected %s or %s, found both.".formatted(nameA, nameB));
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

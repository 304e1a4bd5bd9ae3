package dev.mneme.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "  mneme edit photo.jpg \"slightly darken the sky\"",
      "  mneme edit photo.jpg \"make the red things blue\"",
      "  mneme edit photo.jpg \"remove it\" --mask lamp.png",
      "  mneme edit photo.jpg \"darken it\" --mask sky.png",
      "  mneme edit photo.jpg --example before.jpg after.jpg",
      "  mneme edit photo.jpg --like painting.jpg",
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
              + " With --adapter all are photos; with --example and --like they may be.")
  private List<String> arguments = List.of();

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
      names = "--force",
      description = "Try it, though nothing in the sentence is known. Without it that is an error.")
  private boolean force;

  @Mixin private ExampleOption examples;

  @Option(
      names = "--like",
      paramLabel = "FILE",
      description =
          "A picture whose light and colours are wanted. The sentence may be left out; what it says is"
              + " done after that.")
  private Path like;

  @Mixin private ResultOptions options;

  @Override
  public Integer call() throws IOException {
    Arguments given = new Arguments(arguments, spec);
    if (saveAdapter != null && adapter != null) {
      throw given.misuse("Expected --save-adapter or --adapter, found both.");
    }
    if (Stream.of(examples.given(), adapter != null, like != null).filter(on -> on).count() > 1) {
      throw given.misuse("Expected one of --example, --like and --adapter, found more.");
    }
    boolean shown = examples.given() || like != null;
    boolean sentence = adapter == null && (!shown || given.saysSomething());
    Wanted wanted = wanted(given, sentence);
    List<Path> photos = given.photos(0, sentence ? 1 : 0);
    EditRequest request = options.request(wanted);
    List<EditJob> jobs = options.jobs(photos);
    if (saveAdapter != null && !examples.given() && jobs.size() > 1) {
      throw given.misuse(
          "--save-adapter keeps the weights written for one photo, found " + jobs.size() + ".");
    }
    return options.run(request, jobs, main);
  }

  private Wanted wanted(Arguments given, boolean sentence) throws IOException {
    if (adapter != null) {
      return new Wanted.Kept(List.of(new Weighted(adapter, 1)));
    }
    Optional<Path> save = Optional.ofNullable(saveAdapter);
    if (!examples.given() && like == null) {
      return new Wanted.Sentence(given.sentence(), force, save);
    }
    if (sentence && save.isPresent()) {
      throw given.misuse(
          "--save-adapter keeps one operator: expected what is shown or a sentence, found both.");
    }
    Optional<Wanted.Sentence> then =
        sentence
            ? Optional.of(new Wanted.Sentence(given.sentence(), force, Optional.empty()))
            : Optional.empty();
    return like != null
        ? new Wanted.Like(like, then, save)
        : new Wanted.Shown(examples.pairs(), then, save);
  }
}

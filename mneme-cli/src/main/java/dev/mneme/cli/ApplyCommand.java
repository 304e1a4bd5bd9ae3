package dev.mneme.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code mneme apply}: operators that are kept in files, alone or blended. */
@Command(
    name = "apply",
    description = {
      "Edits photographs with an operator that was kept by 'recall' or 'edit --save-adapter'.",
      "",
      "A blend adds the weights of several operators, each times its weight. The base then reads"
          + " the sentences of all, and leans to each as much as its weight says."
    },
    footer = {
      "",
      "Examples:",
      "  mneme recall a.jpg \"like old film\" --out film",
      "  mneme apply film b.jpg c.jpg --out developed/",
      "  mneme apply film b.jpg --strength 0.5 --mask sky.png --compare",
      "  mneme apply --blend film:0.7,warm:0.3 holiday/ --out blended/"
    })
final class ApplyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Parameters(
      arity = "0..*",
      paramLabel = "OPERATOR PHOTO...",
      hideParamSyntax = true,
      description =
          "The folder of an operator, and photos or folders of photos. With --blend all are photos.")
  private List<String> arguments = List.of();

  @Option(
      names = "--blend",
      paramLabel = "DIR:W,DIR:W",
      description =
          "Operators to mix, each with its weight, above 0 and at most 2. Weights need not sum to 1.")
  private String blend;

  @Mixin private ResultOptions options;

  @Override
  public Integer call() throws IOException {
    Arguments given = new Arguments(arguments, spec);
    boolean one = blend == null;
    Wanted wanted =
        new Wanted.Kept(
            one ? List.of(new Weighted(operator(given), 1)) : Weighted.parse("--blend", blend));
    List<Path> photos = given.photos(one ? 1 : 0, 0);
    EditRequest request = options.request(wanted);
    return options.run(request, options.jobs(photos), main);
  }

  private Path operator(Arguments given) {
    if (arguments.isEmpty()) {
      throw given.misuse("Expected the folder of an operator and a photo, found neither.");
    }
    Path folder = given.path(arguments.get(0));
    if (Files.isRegularFile(folder)) {
      throw given.misuse(
          "Expected the folder of an operator as the first argument, found the file '"
              + folder
              + "'.");
    }
    return folder;
  }
}

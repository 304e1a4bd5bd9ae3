package dev.mneme.cli;

import dev.mneme.cli.inspect.Inspector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mneme inspect}. */
@Command(
    name = "inspect",
    description = {
      "Explains a file or folder of weights: its tensors, and what they are for.",
      "",
      "Reads any safetensors file, sharded models with their index, parameter generators, base"
          + " editors, PEFT adapters and training checkpoints; of an edited picture it shows how it"
          + " was made."
    },
    footer = {
      "",
      "Examples:",
      "  mneme inspect models",
      "  mneme inspect runs/memory/checkpoint.safetensors",
      "  mneme inspect photo.edited.jpg"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "A file or a folder.")
  private Path path;

  @Override
  public Integer call() throws IOException {
    String text =
        Inspector.explain(path)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.UNSUPPORTED,
                        path
                            + ": expected weights in this folder (*.safetensors with or without"
                            + " config.json, or adapter_config.json), found none. Name a file or"
                            + " another folder"));
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return ExitCode.OK.code();
  }
}

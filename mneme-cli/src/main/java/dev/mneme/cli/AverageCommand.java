package dev.mneme.cli;

import dev.mneme.memory.generator.GeneratorAverage;
import dev.mneme.memory.generator.GeneratorCheckpoint;
import dev.mneme.tensor.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.global.torch.ScalarType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mneme average}. */
@Command(
    name = "average",
    description = {
      "Writes the weighted mean of memories that were trained from one another.",
      "",
      "It is often better than any of them: later steps have learned more, earlier ones have forgotten"
          + " less. Memories that began apart have no useful mean."
    },
    footer = {
      "",
      "Examples:",
      "  mneme average runs/two/model:0.4,runs/three/model:0.6 --out runs/mean",
      "  mneme average runs/three/model:1 --half --out runs/small"
    })
final class AverageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR:WEIGHT,DIR:WEIGHT",
      description = "Folders of memories; one may be alone.")
  private String memories;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the mean, made if need be.")
  private Path out;

  @Option(
      names = "--half",
      description = "Write 16 bits a number: half the file, read back as 32 bits.")
  private boolean half;

  @Override
  public Integer call() throws IOException {
    List<Weighted> wanted = Weighted.parse("average", memories);
    Engine.start();
    List<GeneratorAverage.Part> parts = new ArrayList<>();
    for (Weighted memory : wanted) {
      if (Files.exists(out) && Files.isSameFile(out, memory.folder())) {
        throw new Arguments(List.of(), spec)
            .misuse("Expected --out to be another folder than the memories, found " + out + ".");
      }
      parts.add(
          new GeneratorAverage.Part(GeneratorCheckpoint.load(memory.folder()), memory.weight()));
    }
    GeneratorCheckpoint mean;
    try {
      mean = GeneratorAverage.of(parts);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.ADAPTER_MISMATCH, e.getMessage(), e);
    }
    GeneratorCheckpoint written = half ? mean.in(ScalarType.Half) : mean;
    Writing.to(out, () -> written.save(out));
    spec.commandLine().getOut().println("Written to " + out);
    spec.commandLine().getOut().flush();
    return ExitCode.OK.code();
  }
}

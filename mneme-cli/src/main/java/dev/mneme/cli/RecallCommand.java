package dev.mneme.cli;

import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme recall}: a generator's weights for conditions that come from elsewhere. */
@Command(
    name = "recall",
    description = {
      "Runs a parameter generator on conditions and writes every tensor it generates.",
      "",
      "The condition file holds a tensor 'condition' [B, L, D] or [B, 1, L, D]. The result holds"
          + " {prefix}{layer}.{module}.lora_A and .lora_B with a leading axis B, and a scalar 'scale'."
    },
    footer = {
      "",
      "Example:",
      "  mneme recall --generator models/memory --condition c.safetensors \\",
      "               --out lora.safetensors"
    })
final class RecallCommand implements Callable<Integer> {
  private static final String CONDITION = "condition";

  @Spec private CommandSpec spec;

  @Option(
      names = "--generator",
      paramLabel = "DIR",
      required = true,
      description = "Folder with config.json and model.safetensors, or shards.")
  private Path generator;

  @Option(
      names = "--condition",
      paramLabel = "FILE",
      required = true,
      description = "Safetensors file with the tensor 'condition'.")
  private Path conditionFile;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Safetensors file to write.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (Photos.identity(out).equals(Photos.identity(conditionFile))) {
      throw new ParameterException(
          spec.commandLine(), "--out would overwrite the condition " + conditionFile + ".");
    }
    Engine.start();
    try (NoGradGuard guard = new NoGradGuard()) {
      Scopes.run(this::recall);
    }
    return ExitCode.OK.code();
  }

  private void recall() throws IOException {
    Condition condition = condition();
    FunctionalMemory memory = FunctionalMemory.load(generator);
    Adapters adapters;
    try {
      adapters = memory.recall(condition);
    } catch (IllegalArgumentException e) {
      throw unusable(e);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    adapters
        .factors()
        .forEach(
            (key, factors) -> {
              tensors.put(key + ".lora_A", factors.a());
              tensors.put(key + ".lora_B", factors.b());
            });
    tensors.put("scale", Tensors.fromFloats(new float[] {(float) adapters.scale()}));
    Writing.to(out, () -> Safetensors.write(out, tensors, Map.of("format", "pt")));
    spec.commandLine()
        .getOut()
        .printf(
            "%s  %d tensors for %d conditions, scale %s%n",
            out, tensors.size() - 1, adapters.batch(), adapters.scale());
    spec.commandLine().getOut().flush();
  }

  private Condition condition() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(conditionFile)) {
      if (!file.contains(CONDITION)) {
        throw new CommandException(
            ExitCode.UNUSABLE_CONDITION,
            "%s: expected a tensor '%s', found %s. Name it so"
                .formatted(conditionFile, CONDITION, file.names()));
      }
      return Condition.of(file.tensor(CONDITION).to(ScalarType.Float));
    } catch (IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  private CommandException unusable(IllegalArgumentException e) {
    return new CommandException(
        ExitCode.UNUSABLE_CONDITION, conditionFile + ": " + e.getMessage(), e);
  }
}

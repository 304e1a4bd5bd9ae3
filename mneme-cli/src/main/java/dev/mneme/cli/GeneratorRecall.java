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
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A generator's weights for conditions that come from elsewhere.
 *
 * @param generator folder of the generator
 * @param conditionFile safetensors file with the tensor 'condition'
 * @param out safetensors file to write
 */
record GeneratorRecall(Path generator, Path conditionFile, Path out) {
  private static final String CONDITION = "condition";

  /** Recalls, writes, and says so. */
  void run(PrintWriter console) throws IOException {
    Engine.start();
    try (NoGradGuard guard = new NoGradGuard()) {
      Scopes.run(() -> recall(console));
    }
  }

  private void recall(PrintWriter console) throws IOException {
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
    console.printf(
        "%s  %d tensors for %d conditions, scale %s%n",
        out, tensors.size() - 1, adapters.batch(), adapters.scale());
    console.flush();
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

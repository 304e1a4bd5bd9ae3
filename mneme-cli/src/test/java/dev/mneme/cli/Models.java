package dev.mneme.cli;

import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.base.EditorWeights;
import dev.mneme.memory.generator.GeneratorCheckpoint;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.memory.generator.GeneratorInit;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Scopes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tiny models that change pictures a little, differently for each sentence. */
final class Models {
  static final int RANK = 2;

  private Models() {}

  /** Writes {@code editor} and {@code memory} into a folder, made if need be. */
  static Path write(Path folder) throws IOException {
    Engine.start();
    EditorConfig editor = EditorConfig.tiny();
    Scopes.run(
        () -> {
          Map<String, Tensor> weights = EditorWeights.fresh(editor, 1);
          noise(weights, "paint.proj.weight"); // fresh it is zero, and the editor changes nothing
          EditorModel.save(folder.resolve("editor"), editor, weights, Precision.FP32);
        });
    GeneratorConfig memory =
        GeneratorConfig.builder(editor.layout(RANK), editor.width())
            .tokenDim(32)
            .dimAccumulation(2)
            .dModel(32)
            .headDim(16)
            .blocks(1)
            .build();
    Map<String, Tensor> weights = GeneratorInit.fresh(memory, 2);
    Scopes.run(
        () -> {
          noise(weights, "proj_out_B.weight"); // fresh it is zero, and the memory says nothing
          GeneratorCheckpoint.of(memory, weights).save(folder.resolve("memory"));
        });
    return folder;
  }

  private static void noise(Map<String, Tensor> weights, String name) {
    weights.forEach(
        (key, weight) -> {
          if (key.endsWith(name)) {
            weight.copy_(torch.randn(weight.shape()).mul_(new Scalar(0.02)));
          }
        });
  }

  /** A copy to damage. */
  static Path copy(Path models, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(models)) {
      all.forEach(
          from -> {
            try {
              Files.copy(from, to.resolve(models.relativize(from).toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return to;
  }
}

package dev.mneme.memory.generator;

import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.TrainableMemory;
import dev.mneme.tensor.Scopes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A memory that writes new weights for every condition: the operator of the paper. */
public final class FunctionalMemory implements TrainableMemory {
  private final ParameterGenerator generator;
  private final AdapterLayout layout;
  private final ParameterTokens tokens;

  /** A memory of this generator. */
  public FunctionalMemory(ParameterGenerator generator) {
    this.generator = generator;
    this.layout = generator.config().layout();
    this.tokens = ParameterTokens.of(generator.config());
  }

  /** A fresh memory to train; until it has learned it changes nothing. */
  public static FunctionalMemory fresh(GeneratorConfig config, long seed) {
    Map<String, Tensor> weights = GeneratorInit.fresh(config, seed);
    weights.values().forEach(w -> w.set_requires_grad(true));
    return new FunctionalMemory(new ParameterGenerator(config, weights));
  }

  /**
   * A memory for recall, from a checkpoint's mapped weights; those in half precision, in which
   * nothing is computed here, as fp32 copies.
   *
   * @throws IOException as {@link GeneratorCheckpoint#load} does
   */
  public static FunctionalMemory load(Path directory) throws IOException {
    GeneratorCheckpoint checkpoint = GeneratorCheckpoint.load(directory);
    boolean half =
        checkpoint.weights().values().stream()
            .anyMatch(w -> w.scalar_type().intern() == ScalarType.Half);
    GeneratorCheckpoint used = half ? copied(checkpoint) : checkpoint;
    return new FunctionalMemory(new ParameterGenerator(used.config(), used.weights()));
  }

  /**
   * A memory to train further: its weights are fp32 copies of a checkpoint's.
   *
   * @throws IOException as {@link GeneratorCheckpoint#load} does
   */
  public static FunctionalMemory loadTrainable(Path directory) throws IOException {
    GeneratorCheckpoint copies = copied(GeneratorCheckpoint.load(directory));
    copies.weights().values().forEach(copy -> copy.set_requires_grad(true));
    return new FunctionalMemory(new ParameterGenerator(copies.config(), copies.weights()));
  }

  private static GeneratorCheckpoint copied(GeneratorCheckpoint checkpoint) {
    GeneratorCheckpoint copies = checkpoint.in(ScalarType.Float);
    checkpoint.weights().values().forEach(Tensor::releaseReference);
    return copies;
  }

  /**
   * Writes the generator as a checkpoint.
   *
   * @throws IOException if the disk refuses
   */
  public void save(Path directory) throws IOException {
    GeneratorCheckpoint.of(generator.config(), generator.weights()).save(directory);
  }

  /** The generator that writes the weights. */
  public ParameterGenerator generator() {
    return generator;
  }

  @Override
  public AdapterLayout layout() {
    return layout;
  }

  @Override
  public Adapters recall(Condition condition) {
    return Scopes.call(
        () -> {
          Tensor written = generator.forward(condition); // [B, N, T, rank, token_dim]
          return Adapters.of(layout, tokens.split(written), generator.config().scale());
        },
        Adapters::tensors);
  }

  @Override
  public Map<String, Tensor> parameters() {
    Map<String, Tensor> trainable = new LinkedHashMap<>();
    generator
        .weights()
        .forEach(
            (name, weight) -> {
              if (weight.requires_grad()) {
                trainable.put(name, weight);
              }
            });
    return trainable;
  }
}

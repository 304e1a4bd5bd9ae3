package dev.mneme.lab.run;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.learn.FileDigest;
import dev.mneme.tensor.Scopes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The frozen base, for adapters of any rank.
 *
 * @param config its shape
 * @param weights fp32, never written to
 * @param sha256 of the files that they were read from
 */
public record FrozenEditor(EditorConfig config, Map<String, Tensor> weights, String sha256) {
  /**
   * Reads a base.
   *
   * @throws dev.mneme.edit.base.ModelException if anything is missing, corrupt or of another
   *     version
   */
  public static FrozenEditor load(Path folder) throws IOException {
    EditorConfig config = EditorModel.config(folder);
    return new FrozenEditor(
        config, EditorModel.weights(folder, config), new FileDigest().addAll(folder).hex());
  }

  /** The base with a layout of this rank; gradients may be asked for through it. */
  public EditorBase at(int rank) {
    return new EditorBase(config, rank, weights, true);
  }

  /** The weights once more, as leaves to train. */
  public Map<String, Tensor> trainableCopy() {
    Map<String, Tensor> copy = new LinkedHashMap<>();
    weights.forEach(
        (name, w) -> {
          Tensor own = Scopes.call(() -> w.detach().to(ScalarType.Float, false, true, null));
          own.retainReference();
          own.set_requires_grad(true);
          copy.put(name, own);
        });
    return copy;
  }

  /** Number of weights. */
  public long size() {
    return weights.values().stream().mapToLong(Tensor::numel).sum();
  }
}

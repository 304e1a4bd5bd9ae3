package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.learn.Learner;
import dev.mneme.memory.Adapters;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains the base itself, before it is frozen.
 *
 * @param base made for training over the same tensors as {@code parameters}
 * @param parameters every weight of the base that is learned
 */
public record BaseLearner(EditorBase base, Map<String, Tensor> parameters)
    implements Learner<EditBatch> {
  @Override
  public Tensor loss(EditBatch batch) {
    TextBatch text = batch.text();
    Tensor context = null;
    if (!batch.whole()) {
      context = Glance.take(base, batch.glances(), text).context();
      torch
          .clear_cache(); // weights cast without gradient must not serve the forward that needs one
    }
    EditorInput in = new EditorInput(batch.sources(), text, context, batch.places());
    return EditLoss.of(base.forward(in, Adapters.none()), batch.targets());
  }
}

package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.learn.Learner;
import dev.mneme.memory.Adapters;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Trains the base itself, before it is frozen.
 *
 * @param base made for training over the same tensors as {@code parameters}
 * @param parameters every weight of the base
 */
public record BaseLearner(EditorBase base, Map<String, Tensor> parameters)
    implements Learner<EditBatch> {
  @Override
  public Tensor loss(EditBatch batch) {
    TextBatch text = batch.text();
    Tensor context =
        batch.whole() ? null : Glance.take(base, batch.glances(), text).context();
    EditorInput in = new EditorInput(batch.sources(), text, context, batch.places());
    return EditLoss.of(base.forward(in, Adapters.none()).picture(), batch.targets());
  }
}

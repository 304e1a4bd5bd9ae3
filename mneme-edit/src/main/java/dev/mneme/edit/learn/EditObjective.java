package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.learn.Objective;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import org.bytedeco.pytorch.Tensor;

/**
 * Editing as an objective for any memory.
 *
 * @param base the frozen base
 */
public record EditObjective(EditorBase base) implements Objective<EditBatch> {
  @Override
  public Posed pose(EditBatch batch) {
    TextBatch text = batch.text();
    Glance glance = Glance.take(base, batch.glances(), text);
    return new Posed() {
      @Override
      public Condition condition() {
        return glance.condition();
      }

      @Override
      public Tensor loss(Adapters adapters) {
        EditorInput in = new EditorInput(batch.sources(), text, glance.context(), batch.places());
        return EditLoss.of(base.forward(in, adapters), batch.targets());
      }
    };
  }
}

package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.EditorInput;
import dev.mneme.edit.base.Evidence;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.ShownMix;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.learn.Objective;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import java.util.List;
import java.util.Optional;
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
    List<Optional<Evidence>> shown = batch.shown(base);
    Glance glance = Glance.take(base, batch.glances(), text, shown);
    return new Posed() {
      @Override
      public Condition condition() {
        return glance.condition();
      }

      @Override
      public Tensor loss(Adapters adapters) {
        EditorInput in = new EditorInput(batch.sources(), text, glance.context(), batch.places());
        Adapters all = shown.isEmpty() ? adapters : adapters.plus(ShownMix.write(base, shown));
        return EditLoss.of(base.forward(in, all), batch.targets());
      }
    };
  }
}

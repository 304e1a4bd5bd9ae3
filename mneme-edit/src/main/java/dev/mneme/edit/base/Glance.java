package dev.mneme.edit.base;

import dev.mneme.memory.Condition;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What the frozen base sees of a whole picture and a sentence: the condition that a memory reads,
 * and the context that every tile's forward keeps.
 *
 * @param condition [B, 2 L + 32, d]: sentence and pooled image, each before the first and after the
 *     last block
 * @param context [B, 16, d] pooled image tokens
 */
public record Glance(Condition condition, Tensor context) {

  /**
   * Looks at pictures reduced to one tile each; carries no gradient.
   *
   * @param pictures [B, 3, tile, tile]
   * @param text what is asked for
   */
  public static Glance take(EditorBase base, Tensor pictures, TextBatch text) {
    try (NoGradGuard guard = new NoGradGuard()) {
      Tensor whole = torch.tensor(0f, 0f, 1f, 1f).view(1, 4).expand(pictures.size(0), -1);
      EditorStates seen = base.look(new EditorInput(pictures, text, null, whole));
      Tensor states =
          torch.cat(
              new TensorVector(seen.textInput(), seen.text(), seen.imageInput(), seen.image()), 1);
      Tensor ones = torch.ones(pictures.size(0), seen.image().size(1) * 2);
      Tensor mask = torch.cat(new TensorVector(text.mask(), text.mask(), ones), 1);
      return new Glance(
          new Condition(states.to(torch.ScalarType.Float), mask.to(torch.ScalarType.Bool)),
          seen.image());
    }
  }
}

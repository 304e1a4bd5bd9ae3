package dev.mneme.edit.base;

import dev.mneme.memory.Condition;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What the frozen base sees of a whole picture and a sentence: the condition that a memory reads,
 * and the context that every tile's forward keeps.
 *
 * <p>What leaves the last block is alike for all requests but for a third of it, and a memory that
 * reads many such tokens begins by writing much the same for everyone; so it is told one of each.
 *
 * @param condition [B, L + 18 + S, d]: sentence [L] and pooled image [16] before the first block,
 *     their means after the last [2], and S tokens of {@link PictureStatistics}
 * @param context [B, 16, d] pooled image tokens
 */
public record Glance(Condition condition, Tensor context) {

  /** Tokens of statistics at the end of a condition of this width: S. */
  public static int statistics(int width) {
    return (PictureStatistics.COUNT + width - 1) / width;
  }

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
      TensorVector parts = new TensorVector(seen.textInput(), seen.imageInput());
      parts.push_back(seen.text().narrow(1, 0, 1)); // the sentence's mean token
      parts.push_back(seen.image().mean(new long[] {1}, true, new ScalarTypeOptional()));
      parts.push_back(PictureStatistics.tokens(pictures, base.config().width()));
      Tensor states = torch.cat(parts, 1);
      Tensor ones = torch.ones(pictures.size(0), states.size(1) - text.length());
      Tensor mask = torch.cat(new TensorVector(text.mask(), ones), 1);
      return new Glance(
          new Condition(states.to(torch.ScalarType.Float), mask.to(torch.ScalarType.Bool)),
          seen.image());
    }
  }
}

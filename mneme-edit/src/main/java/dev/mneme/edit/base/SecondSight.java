package dev.mneme.edit.base;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What a second mix may see of the tile as it was edited, from all that there is to nothing but
 * what lay beyond black and white. Of the tile as it was it sees everything. What a mix does not
 * see is never made in an edit, which is so much the quicker.
 */
public enum SecondSight {
  /** All features of the {@link Lens}. */
  ALL,
  /** Those that are known, none of the learned convolutions'. */
  KNOWN,
  /** None. */
  NONE;

  /** Indices of what is seen among the features of {@link EditorBase#secondFeatures}. */
  public Tensor features(EditorConfig config) {
    long lens = config.lens();
    long seen =
        switch (this) {
          case ALL -> lens;
          case KNOWN -> PixelFeatures.COUNT;
          case NONE -> 0;
        };
    return torch.cat(
        new TensorVector(
            torch.arange(new Scalar(lens + seen)),
            torch.arange(new Scalar(2 * lens), new Scalar(SecondLook.width(config)))),
        0);
  }

  /**
   * The least that a mix needs.
   *
   * @param mix of the edited tile's features by the lens, [B, 3, K]
   */
  static SecondSight of(Tensor mix) {
    long known = PixelFeatures.COUNT;
    if (any(mix.narrow(2, known, mix.size(2) - known))) {
      return ALL;
    }
    return any(mix.narrow(2, 0, known)) ? KNOWN : NONE;
  }

  private static boolean any(Tensor numbers) {
    return numbers.count_nonzero().item_long() > 0;
  }
}

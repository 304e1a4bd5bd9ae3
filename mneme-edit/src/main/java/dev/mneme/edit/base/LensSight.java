package dev.mneme.edit.base;

import org.bytedeco.pytorch.Tensor;

/** What the {@link Lens} sees of a batch of tiles, to be mixed once or more. */
interface LensSight {
  /**
   * Mixes features by coefficients of cells, see {@link Lens}.
   *
   * @param paint [B, side * side, paintWidth]
   * @return the residual [B, 3, T, T]
   */
  Tensor painted(Tensor paint);

  /**
   * Mixes features by numbers that are the same for all pixels.
   *
   * @param mix [B, 3, K]; one row serves all tiles
   * @return [B, 3, T, T], in fp32
   */
  Tensor mixed(Tensor mix);
}

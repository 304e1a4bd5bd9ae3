package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class FeatureMomentsTest {
  private static final int TILE = 32;

  @Test
  void whitenedFeaturesSayNothingTwice() {
    FeatureMoments moments = new FeatureMoments(TILE);
    Tensor noise = TinyEditor.pictures(3, TILE, 1);
    Tensor scene = Tensors.fromFloats(Pictures.scene(TILE, TILE).rgb(), 1, 3, TILE, TILE);
    moments.add(noise);
    moments.add(scene);
    Tensor whitening = moments.whitening();
    PixelFeatures features = new PixelFeatures(TILE);
    Tensor second = torch.zeros(PixelFeatures.COUNT, PixelFeatures.COUNT);
    for (Tensor tiles : new Tensor[] {noise, scene}) {
      Tensor f = features.whitened(tiles, whitening).transpose(0, 1).flatten(1, 3); // [38, pixels]
      second.add_(f.matmul(f.t()), new Scalar(1.0 / (4 * TILE * TILE)));
    }
    // Of size one in every direction, but for those in which the features are all but the same.
    float[] sizes =
        Tensors.toFloats(
            torch.linalg_eigvalsh(second.to(torch.ScalarType.Double)).to(torch.ScalarType.Float));
    int ones = 0;
    for (float size : sizes) {
      assertTrue(-0.02 < size && size < 1.02, "size " + size);
      ones += size > 0.95 ? 1 : 0;
    }
    assertTrue(ones > 20, "directions of size one: " + ones);
  }
}

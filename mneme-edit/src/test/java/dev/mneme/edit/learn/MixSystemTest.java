package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class MixSystemTest {
  private static final int F = 5;
  private static final int PIXELS = 40;

  private final Tensor features = TinyEditor.random(1, F, PIXELS).to(torch.ScalarType.Double);

  /** Of pixels whose targets are a mix. */
  private MixSystem system(Tensor mix) {
    Tensor left = mix.to(torch.ScalarType.Double).matmul(features);
    return new MixSystem(left.matmul(features.t()), features.matmul(features.t()));
  }

  @Test
  void findsTheMixThatWasThere() {
    Tensor mix = TinyEditor.random(2, 3, F);
    assertTrue(TinyEditor.difference(mix, system(mix).mix()) < 1e-4);
    Tensor some = torch.tensor(0L, 3L);
    Tensor hidden = mix.index_fill(1, torch.tensor(1L, 2L, 4L), new org.bytedeco.pytorch.Scalar(0));
    assertTrue(TinyEditor.difference(hidden, system(hidden).mix(some)) < 1e-4);
  }

  /** One feature alone: by how much it goes along with what is left, over its own square. */
  @Test
  void whatIsNotSeenIsNothingAndTheRestMakesUpForIt() {
    Tensor mix = TinyEditor.random(3, 3, F);
    float[] found = Tensors.toFloats(system(mix).mix(torch.tensor(2L)));
    float[] rows = Tensors.toFloats(features.to(torch.ScalarType.Float));
    float[] truth = Tensors.toFloats(mix);
    for (int c = 0; c < 3; c++) {
      double along = 0;
      double square = 0;
      for (int i = 0; i < PIXELS; i++) {
        double left = 0;
        for (int f = 0; f < F; f++) {
          left += truth[c * F + f] * rows[f * PIXELS + i];
        }
        along += left * rows[2 * PIXELS + i];
        square += rows[2 * PIXELS + i] * rows[2 * PIXELS + i];
      }
      for (int f = 0; f < F; f++) {
        assertEquals(f == 2 ? along / square : 0, found[c * F + f], 1e-4);
      }
    }
  }

  @Test
  void addsUpWhatOtherPixelsTell() {
    MixSystem one = system(TinyEditor.random(4, 3, F));
    MixSystem other = system(TinyEditor.random(5, 3, F));
    Tensor sum = one.product().add(other.product());
    one.add(other);
    assertEquals(0, TinyEditor.difference(sum, one.product()));
    assertTrue(
        one.second().sub(other.second().add(other.second())).abs().max().item_double() < 1e-9);
  }
}

package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.edit.TinyEditor;
import dev.mneme.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class EditLossTest {
  @Test
  void isTheRootOfTheMeanSquareOfEachSample() {
    Tensor edited = TinyEditor.pictures(3, 8, 1);
    Tensor target = TinyEditor.pictures(3, 8, 9);
    target.narrow(0, 2, 1).copy_(edited.narrow(0, 2, 1));
    float[] a = Tensors.toFloats(edited);
    float[] b = Tensors.toFloats(target);
    float[] found = Tensors.toFloats(EditLoss.of(edited, target));
    assertEquals(3, found.length);
    int size = 3 * 8 * 8;
    for (int i = 0; i < 3; i++) {
      double sum = 0;
      for (int k = i * size; k < (i + 1) * size; k++) {
        sum += (a[k] - b[k]) * (a[k] - b[k]);
      }
      assertEquals(Math.sqrt(sum / size + 1e-5), found[i], 1e-5);
    }
    assertEquals(Math.sqrt(1e-5), found[2], 1e-7, "nothing to be gained below 50 dB");
  }
}

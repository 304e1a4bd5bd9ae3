package dev.mneme.edit.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import org.junit.jupiter.api.Test;

class RandomLookTest {
  private static final int LOOKS = 60;

  private final Picture scene = Pictures.scene(40, 30);

  /** A look without local parts that keeps or breaks the order of places alike. */
  private static Picture turned(Picture picture) {
    float[] out = new float[picture.rgb().length];
    int plane = picture.plane();
    for (int i = 0; i < out.length; i++) {
      out[i] = picture.rgb()[i / plane * plane + plane - 1 - i % plane];
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  @Test
  void aSeedIsALook() {
    for (int seed = 0; seed < LOOKS; seed++) {
      Picture look = new RandomLook(seed).apply(scene);
      assertArrayEquals(look.rgb(), new RandomLook(seed).apply(scene).rgb());
      double far = Measures.psnr(look, scene);
      assertTrue(far > 8 && far < 40, "seed %d changes by %.1f dB".formatted(seed, far));
      double apart = Measures.psnr(look, new RandomLook(seed + 1).apply(scene));
      assertTrue(apart < 45, "the next is another, %.1f dB apart".formatted(apart));
      for (float value : look.rgb()) {
        assertTrue(value >= 0 && value <= 1);
      }
    }
  }

  @Test
  void aboutHalfHaveLocalPartsAndTheOthersKnowNoPlace() {
    int local = 0;
    for (int seed = 0; seed < LOOKS; seed++) {
      RandomLook look = new RandomLook(seed);
      local += look.local() ? 1 : 0;
      if (!look.local()) {
        assertEquals(
            0,
            Pictures.largestDifference(turned(look.apply(scene)), look.apply(turned(scene))),
            1e-6);
      }
    }
    assertTrue(local > LOOKS / 4 && local < 3 * LOOKS / 4, local + " of " + LOOKS);
  }
}

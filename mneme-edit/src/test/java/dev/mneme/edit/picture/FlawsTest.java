package dev.mneme.edit.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On held-out photographs; the borders were read off others. */
class FlawsTest {
  private static List<Picture> photos;

  @BeforeAll
  static void read() throws IOException {
    photos = new ArrayList<>();
    for (Photo photo : Corpus.load(Path.of("../photos")).heldOut()) {
      Picture small = photo.within(256);
      int side = Math.min(128, Math.min(small.width(), small.height()));
      photos.add(small.crop((small.width() - side) / 2, (small.height() - side) / 2, side, side));
    }
  }

  @Test
  void mostPicturesWithAFlawAreToldFromThoseWithout() {
    tell(Flaws::haze, "clear_haze");
    tell(Flaws::noise, "denoise", "denoise_unknown", "remove_grain");
    tell(Flaws::blur, "deblur");
  }

  private static void tell(ToDoubleFunction<Flaws> flaw, String... tasks) {
    assertTrue(share(flaw, photos) < 0.15, "seen in what has none: " + share(flaw, photos));
    for (String name : tasks) {
      EditTask task = EditTasks.named(name);
      Random random = new Random(4);
      List<Picture> spoilt =
          photos.stream()
              .map(p -> task.apply(p, task.strength().usual(), random).source())
              .map(p -> RasterImage.of(p).toPicture())
              .toList();
      assertTrue(share(flaw, spoilt) > 0.9, name + ": " + share(flaw, spoilt));
    }
  }

  /** Share of pictures in which it is seen rather than not. */
  private static double share(ToDoubleFunction<Flaws> flaw, List<Picture> pictures) {
    long seen = pictures.stream().filter(p -> flaw.applyAsDouble(Flaws.of(p, p)) > 0).count();
    return (double) seen / pictures.size();
  }

  /**
   * Of Gaussian noise on grey the standard deviation, a little less: the smoothest blocks count.
   */
  @Test
  void noiseIsMeasuredInUnitsOfTheRange() {
    Random random = new Random(3);
    float[] rgb = new float[3 * 64 * 64];
    for (int i = 0; i < 64 * 64; i++) {
      float value = (float) (0.5 + 0.05 * random.nextGaussian());
      rgb[i] = value;
      rgb[i + 64 * 64] = value;
      rgb[i + 2 * 64 * 64] = value;
    }
    assertEquals(0.037, Flaws.noise(new Picture(64, 64, rgb)), 0.008);
  }

  @Test
  void aVeilLeavesNothingDark() {
    float[] rgb = new float[3 * 100];
    java.util.Arrays.fill(rgb, 0.7f);
    assertEquals(0.7, Flaws.veil(new Picture(10, 10, rgb)), 1e-6);
    for (int i = 0; i < 10; i++) {
      rgb[100 + i] = 0.1f; // one channel is enough
    }
    assertEquals(0.1, Flaws.veil(new Picture(10, 10, rgb)), 1e-6);
  }

  @Test
  void ofNextToNothingNothingIsTold() {
    for (int[] size : new int[][] {{1, 1}, {15, 40}, {40, 2}}) {
      Picture little = Pictures.noise(size[0], size[1], 1);
      assertSame(Flaws.UNSEEN, Flaws.of(little, little));
    }
    Picture black = new Picture(16, 16, new float[3 * 256]);
    Flaws flat = Flaws.of(black, black);
    assertEquals(-1, flat.haze());
    assertEquals(-1, flat.noise());
    assertEquals(-1, flat.blur());
  }
}

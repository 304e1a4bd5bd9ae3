package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.picture.Measures;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.Pictures;
import dev.mneme.memory.Adapters;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ShownPaintTest {
  static {
    Engine.start();
  }

  private static final int TILE = TinyEditor.CONFIG.tile();

  /** Fresh, it sees and does not paint. */
  private final EditorBase base =
      new EditorBase(
          TinyEditor.CONFIG, TinyEditor.RANK, EditorWeights.fresh(TinyEditor.CONFIG, 5), false);

  private TextBatch text() {
    return TextBatch.of(List.of(new WordEncoder().encode(Shown.SENTENCE)));
  }

  private Picture edited(EditorBase by, Picture picture, Adapters adapters) {
    Tensor tiles = torch.tensor(picture.rgb()).view(1, 3, TILE, TILE);
    Tensor place = torch.tensor(0f, 0f, 1f, 1f).view(1, 4);
    Tensor context = Glance.take(base, tiles, text()).context();
    EditorInput in = new EditorInput(tiles, text(), context, place);
    return new Picture(TILE, TILE, Tensors.toFloats(by.forward(in, adapters)));
  }

  private static List<Shown> pairs(UnaryOperator<Picture> look) {
    return List.of(1, 2, 3, 4, 5, 6).stream()
        .map(seed -> Pictures.noise(TILE, TILE, seed))
        .map(p -> Shown.whole(p, look.apply(p)))
        .toList();
  }

  /** Darker towards the corners: no mix that is the same everywhere can do it. */
  private static Picture vignette(Picture picture) {
    float[] out = picture.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      int at = i % picture.plane();
      double u = (at % TILE + 0.5) / TILE - 0.5;
      double v = (at / TILE + 0.5) / TILE - 0.5;
      out[i] *= (float) (1 - 1.2 * (u * u + v * v));
    }
    return new Picture(TILE, TILE, out);
  }

  private static Picture curve(Picture picture) {
    float[] out = picture.rgb().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = 0.15f + 0.5f * out[i] + 0.3f * out[i] * out[i];
    }
    return new Picture(TILE, TILE, out);
  }

  @Test
  void whatDependsOnThePlaceIsFoundAndHoldsForOtherPictures() {
    List<Shown> pairs = pairs(ShownPaintTest::vignette);
    Picture other = Pictures.noise(TILE, TILE, 9);
    Scopes.run(
        () -> {
          Adapters mix = ShownMix.write(base, List.of(Optional.of(Evidence.of(base, pairs))));
          double alike = Measures.psnr(edited(base, other, mix), vignette(other));
          Adapters paint = ShownPaint.write(base, text(), pairs);
          double local = Measures.psnr(edited(base, other, paint), vignette(other));
          assertTrue(local > alike + 6, "%.1f dB, %.1f by one mix".formatted(local, alike));
        });
  }

  @Test
  void whatIsTheSameEverywhereIsFoundToo() {
    Picture other = Pictures.noise(TILE, TILE, 9);
    Scopes.run(
        () -> {
          Adapters adapters = ShownPaint.write(base, text(), pairs(ShownPaintTest::curve));
          assertEquals(1, adapters.batch());
          double before = Measures.psnr(other, curve(other));
          double after = Measures.psnr(edited(base, other, adapters), curve(other));
          assertTrue(after > before + 10, "%.1f dB, %.1f before".formatted(after, before));
        });
  }

  @Test
  void mergedIntoTheWeightsItDoesTheSame() {
    Picture other = Pictures.scene(TILE, TILE);
    Scopes.run(
        () -> {
          Adapters adapters = ShownPaint.write(base, text(), pairs(ShownPaintTest::vignette));
          Picture direct = edited(base, other, adapters);
          Picture merged = edited(base.with(adapters), other, Adapters.none());
          assertEquals(0, Pictures.largestDifference(direct, merged), 1e-4);
        });
  }

  @Test
  void pairsThatShowNoChangeWriteNone() {
    Picture picture = Pictures.noise(TILE, TILE, 3);
    Scopes.run(
        () -> {
          Adapters adapters = ShownPaint.write(base, text(), pairs(UnaryOperator.identity()));
          assertEquals(
              0, Pictures.largestDifference(picture, edited(base, picture, adapters)), 1e-6);
        });
  }

  @Test
  void oneSmallPairIsEnough() {
    Picture picture = Pictures.noise(TILE, TILE, 3);
    Scopes.run(
        () -> {
          List<Shown> one = List.of(Shown.whole(picture, curve(picture)));
          Adapters adapters = ShownPaint.write(base, text(), one);
          double before = Measures.psnr(picture, curve(picture));
          double after = Measures.psnr(edited(base, picture, adapters), curve(picture));
          assertTrue(after > before + 10, "%.1f dB, %.1f before".formatted(after, before));
        });
  }

  @Test
  void nothingIsLeftBehindButTheAdapter() {
    List<Shown> pairs = pairs(ShownPaintTest::curve);
    long[] counts = new long[2];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 10; i++) {
        try (PointerScope scope = new PointerScope()) {
          ShownPaint.write(base, text(), pairs);
        }
      }
      System.gc();
      counts[round] = Pointer.totalCount();
    }
    assertTrue(counts[1] <= counts[0], counts[0] + " native objects, then " + counts[1]);
  }
}

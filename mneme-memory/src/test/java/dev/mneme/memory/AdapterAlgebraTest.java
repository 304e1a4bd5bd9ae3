package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What adapters mean is scale · B A; every operation is checked on that product. */
class AdapterAlgebraTest {
  private static final double TOLERANCE = 1e-5;
  private static final int TRIES = 40;
  private final AdapterLayout layout = TestTensors.smallLayout();

  @Property(tries = TRIES)
  void plusAddsProducts(
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll boolean oneForAll,
      @ForAll @IntRange(min = 1, max = 4) int rank,
      @ForAll @IntRange(min = 1, max = 4) int otherRank,
      @ForAll @DoubleRange(min = 0, max = 4) double scale,
      @ForAll boolean sameScale) {
    try (PointerScope scope = new PointerScope()) {
      Adapters left = TestTensors.adapters(layout, batch, rank, scale, 1);
      Adapters right =
          TestTensors.adapters(
              layout, oneForAll ? 1 : batch, otherRank, sameScale ? scale : 0.5, 2);
      Adapters sum = left.plus(right);

      assertEquals(batch, sum.batch());
      assertEquals(rank + otherRank, sum.rank());
      for (String key : layout.keys()) {
        Tensor expected =
            TestTensors.delta(left.at(key), left.scale())
                .add(TestTensors.delta(right.at(key), right.scale()));
        close(expected, TestTensors.delta(sum.at(key), sum.scale()));
      }
      close(sum, right.plus(left));
    }
  }

  @Property(tries = TRIES)
  void selectCommutesWithPlusAndScaling(
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll @IntRange(min = 0, max = 2) int row,
      @ForAll @DoubleRange(min = -2, max = 2) double strength) {
    try (PointerScope scope = new PointerScope()) {
      int i = row % batch;
      Adapters left = TestTensors.adapters(layout, batch, 2, 2, 3);
      Adapters right = TestTensors.adapters(layout, batch, 3, 0.5, 4);
      close(
          left.plus(right.scaledBy(strength)).select(i),
          left.select(i).plus(right.select(i).scaledBy(strength)));
    }
  }

  @Property(tries = TRIES)
  void scaledByScalesTheProduct(@ForAll @DoubleRange(min = -3, max = 3) double strength) {
    try (PointerScope scope = new PointerScope()) {
      Adapters adapters = TestTensors.adapters(layout, 2, 3, 1.5, 5);
      Adapters scaled = adapters.scaledBy(strength);
      for (String key : layout.keys()) {
        Tensor expected =
            TestTensors.delta(adapters.at(key), adapters.scale()).mul(new Scalar(strength));
        close(expected, TestTensors.delta(scaled.at(key), scaled.scale()));
      }
    }
  }

  @Property(tries = TRIES)
  void scaledEachScalesEverySampleByItsOwn(
      @ForAll @DoubleRange(min = -3, max = 3) double one,
      @ForAll @DoubleRange(min = -3, max = 3) double two) {
    try (PointerScope scope = new PointerScope()) {
      Adapters adapters = TestTensors.adapters(layout, 2, 3, 1.5, 5);
      Adapters scaled = adapters.scaledEach(one, two);
      close(adapters.select(0).scaledBy(one), scaled.select(0));
      close(adapters.select(1).scaledBy(two), scaled.select(1));
      Adapters alike = adapters.select(0).scaledEach(one, two);
      close(adapters.select(0).scaledBy(two), alike.select(1));
      assertThrows(IllegalArgumentException.class, () -> adapters.scaledEach(1, 1, 1));
      assertThrows(IllegalArgumentException.class, adapters::scaledEach);
    }
  }

  @Property(tries = TRIES)
  void stackKeepsEveryRow(
      @ForAll @IntRange(min = 1, max = 3) int rank,
      @ForAll @IntRange(min = 1, max = 3) int otherRank,
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll boolean sameScale) {
    try (PointerScope scope = new PointerScope()) {
      Adapters first = TestTensors.adapters(layout, batch, rank, 2, 6);
      Adapters second = TestTensors.adapters(layout, 1, otherRank, sameScale ? 2 : 3, 7);
      Adapters all = Adapters.stack(List.of(first, Adapters.none(), second));

      assertEquals(batch + 2, all.batch());
      for (int i = 0; i < batch; i++) {
        close(first.select(i), all.select(i));
      }
      close(first.select(0).scaledBy(0), all.select(batch));
      close(second, all.select(batch + 1));
    }
  }

  @Property(tries = TRIES)
  void gatherPicksRows(@ForAll List<@IntRange(min = 0, max = 2) Integer> rows) {
    try (PointerScope scope = new PointerScope()) {
      Adapters three = TestTensors.adapters(layout, 3, 2, 1, 8);
      int[] picked = rows.stream().mapToInt(Integer::intValue).toArray();
      if (picked.length == 0) {
        return;
      }
      Adapters gathered = three.gather(picked);
      assertEquals(picked.length, gathered.batch());
      for (int i = 0; i < picked.length; i++) {
        assertEquals(three.select(picked[i]).digest(), gathered.select(i).digest());
      }
    }
  }

  @Property(tries = TRIES)
  void digestSeesValuesShapesNamesAndScale(@ForAll @IntRange(min = 0, max = 1000) int seed) {
    try (PointerScope scope = new PointerScope()) {
      Adapters adapters = TestTensors.adapters(layout, 2, 2, 2, seed);
      assertTrue(adapters.digest().matches("[0-9a-f]{64}"));
      assertEquals(
          adapters.digest(), TestTensors.adapters(layout, 2, 2, 2, seed).detached().digest());
      assertNotEquals(adapters.digest(), TestTensors.adapters(layout, 2, 2, 2, seed + 1).digest());
      assertNotEquals(adapters.digest(), adapters.scaledBy(2).digest());
      assertNotEquals(adapters.digest(), adapters.select(0).digest());
      AdapterLayout renamed = new AdapterLayout("other.", 2, 3, layout.sites());
      assertNotEquals(adapters.digest(), TestTensors.adapters(renamed, 2, 2, 2, seed).digest());
    }
  }

  @Property(tries = 1)
  void noneIsNeutral() {
    Adapters adapters = TestTensors.adapters(layout, 2, 2, 2, 9);
    Adapters none = Adapters.none();
    assertSame(adapters, adapters.plus(none));
    assertSame(adapters, none.plus(adapters));
    assertSame(none, none.scaledBy(3));
    assertSame(none, none.select(4));
    assertSame(none, none.gather(0, 0));
    assertSame(none, none.detached());
    assertTrue(Adapters.stack(List.of(none, none)).isEmpty());
    assertEquals(1, none.batch());
    assertEquals(0, none.rank());
    assertEquals(null, none.at("anything"));
    assertEquals(null, none.at(0, "anything"));
    assertEquals("Adapters[none]", none.toString());
    assertEquals("Adapters[batch 2, rank 2, scale 2.0, 6 sites]", adapters.toString());
    assertEquals(adapters.at("model.layers.1.mlp.down"), adapters.at(1, "mlp.down"));
  }

  @Property(tries = 1)
  void refusesOtherPlacesAndBatches() {
    Adapters two = TestTensors.adapters(layout, 2, 2, 2, 9);
    Adapters three = TestTensors.adapters(layout, 3, 2, 2, 9);
    Adapters elsewhere =
        TestTensors.adapters(new AdapterLayout("x.", 2, 3, layout.sites()), 2, 2, 2, 9);
    assertEquals(
        "Expected adapters with a batch of 1 or 3, found 2",
        assertThrows(AdapterMismatchException.class, () -> two.plus(three)).getMessage());
    assertThrows(AdapterMismatchException.class, () -> two.plus(elsewhere));
    assertThrows(AdapterMismatchException.class, () -> Adapters.stack(List.of(two, elsewhere)));
    assertThrows(IndexOutOfBoundsException.class, () -> two.select(2));
    assertThrows(IndexOutOfBoundsException.class, () -> two.select(-1));
  }

  @Property(tries = 1)
  void retainedAdaptersOutliveTheirScope() {
    Adapters kept;
    String digest;
    try (PointerScope scope = new PointerScope()) {
      kept =
          TestTensors.adapters(layout, 2, 2, 2, 9).plus(TestTensors.adapters(layout, 1, 1, 1, 1));
      digest = kept.digest();
      kept.retain();
    }
    assertEquals(digest, kept.digest());
    kept.release();
    assertTrue(kept.factors().values().iterator().next().a().isNull(), "released");
  }

  private static void close(Tensor expected, Tensor found) {
    double apart = TestTensors.difference(expected, found);
    assertTrue(apart <= TOLERANCE, () -> "apart by " + apart);
  }

  private static void close(Adapters expected, Adapters found) {
    double apart = TestTensors.difference(expected, found);
    assertTrue(apart <= TOLERANCE, () -> "apart by " + apart);
  }
}

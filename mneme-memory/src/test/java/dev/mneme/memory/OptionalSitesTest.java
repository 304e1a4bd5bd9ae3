package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.memory.peft.PeftAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places that an adapter may leave out. */
class OptionalSitesTest {
  private static final AdapterSite TAIL = AdapterSite.dense("tail.proj", 6, 3);

  private final AdapterLayout plain = TestTensors.smallLayout();
  private final AdapterLayout layout =
      new AdapterLayout(plain.prefix(), plain.layers(), plain.rank(), plain.sites(), List.of(TAIL));

  private Adapters with(AdapterSite site, int batch, int rank, double scale, long seed) {
    Map<String, LoraFactors> factors =
        new LinkedHashMap<>(TestTensors.adapters(plain, batch, rank, scale, seed).factors());
    factors.put("tail.proj", TestTensors.factors(site, batch, rank, seed));
    return Adapters.of(
        new AdapterLayout(
            plain.prefix(), plain.layers(), plain.rank(), plain.sites(), List.of(site)),
        factors,
        scale);
  }

  private Adapters without(int batch, int rank, double scale, long seed) {
    return TestTensors.adapters(plain, batch, rank, scale, seed);
  }

  /** What is changed there, [B, 3, 6]. */
  private static Tensor tail(Adapters adapters) {
    return TestTensors.delta(adapters.atOptional("tail.proj").orElseThrow(), adapters.scale());
  }

  private static void close(Tensor expected, Tensor found) {
    assertTrue(TestTensors.difference(expected, found) < 1e-5);
  }

  @Test
  void areNoPartOfWhatMustBeWritten() {
    assertEquals(plain, layout.required());
    assertEquals(plain.keys(), layout.keys());
    assertEquals(plain.valuesPerSample(), layout.valuesPerSample());
    assertTrue(layout.samePlaces(plain) && plain.samePlaces(layout));
    assertEquals(List.of(TAIL), layout.withRank(9).optional());
    AdapterSite same = plain.sites().get(0);
    assertThrows(
        IllegalArgumentException.class,
        () -> new AdapterLayout("l.", 1, 1, plain.sites(), List.of(same)));
  }

  @Test
  void mayBeFilledOrNotAndMustFit() {
    assertDoesNotThrow(() -> layout.check(without(2, 3, 1, 1)));
    assertDoesNotThrow(() -> layout.check(with(TAIL, 2, 3, 1, 1)));
    assertTrue(without(1, 3, 1, 1).atOptional("tail.proj").isEmpty());
    String unknown =
        assertThrows(AdapterMismatchException.class, () -> plain.check(with(TAIL, 1, 3, 1, 1)))
            .getMessage();
    assertTrue(unknown.startsWith("Unknown adapter key tail.proj"), unknown);
    AdapterSite wider = AdapterSite.dense("tail.proj", 7, 3);
    String shape =
        assertThrows(AdapterMismatchException.class, () -> layout.check(with(wider, 1, 3, 1, 1)))
            .getMessage();
    assertTrue(shape.contains("expected lora_A [B, r, 6]") && shape.contains("[1, 3, 7]"), shape);
  }

  @Test
  void sumsHaveThemWhereEitherHas() {
    Adapters some = with(TAIL, 2, 3, 0.7, 1);
    Adapters none = without(1, 2, 2, 2);
    close(tail(some), tail(some.plus(none)));
    close(tail(some), tail(none.plus(some)));
    Adapters more = with(TAIL, 1, 4, 0.5, 3);
    close(tail(some).add(tail(more)), tail(some.plus(more)));
    assertTrue(none.plus(none).atOptional("tail.proj").isEmpty());
  }

  @Test
  void rowsWithoutThemStandBesideRowsWithThem() {
    Adapters some = with(TAIL, 1, 3, 0.7, 1);
    Adapters two = without(2, 2, 2, 2);
    Adapters all = Adapters.stack(List.of(two, some, Adapters.none()));
    assertEquals(4, all.batch());
    for (int row : new int[] {0, 1, 3}) {
      assertEquals(0, tail(all.select(row)).abs().max().item_float(), "row " + row);
    }
    close(tail(some), tail(all.select(2)));
    close(tail(some), tail(all.gather(0, 2).select(1)));
    close(tail(some.scaledBy(3)), tail(all.scaledEach(1, 1, 3, 1).select(2)));
    String key = plain.keys().get(0);
    close(
        TestTensors.delta(two.select(1).at(key), two.scale()),
        TestTensors.delta(all.select(1).at(key), all.scale()));
  }

  @Test
  void areKeptInFilesAndInFingerprints(@TempDir Path folder) throws IOException {
    Adapters some = with(TAIL, 1, 3, 2, 1);
    assertNotEquals(without(1, 3, 2, 1).digest(), some.digest());
    PeftAdapter.write(folder.resolve("some"), some);
    assertEquals(some.digest(), PeftAdapter.read(folder.resolve("some"), layout).digest());
    assertEquals(some.digest(), PeftAdapter.readPart(folder.resolve("some"), layout).digest());
    assertThrows(
        AdapterMismatchException.class, () -> PeftAdapter.read(folder.resolve("some"), plain));
    PeftAdapter.write(folder.resolve("none"), without(1, 3, 2, 1));
    Adapters read = PeftAdapter.read(folder.resolve("none"), layout);
    assertFalse(read.atOptional("tail.proj").isPresent());
  }
}

package dev.mneme.edit.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.memory.AdaptableBase;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** What every frozen base promises about the adapters that come with a call. */
abstract class AdaptableBaseContract {
  private static final int THREADS = 32;

  /** The base under test; the same one for every call. */
  abstract AdaptableBase base();

  /** Runs the base on some samples of a fixed set of at least four; rows first. */
  abstract Tensor forward(Adapters adapters, int... samples);

  @Test
  void adaptersWhoseBIsZeroChangeNothing() {
    Adapters random = TinyEditor.adapters(base().layout(), 1, 2, 1);
    Map<String, LoraFactors> zero = new LinkedHashMap<>();
    random
        .factors()
        .forEach((key, f) -> zero.put(key, new LoraFactors(f.a(), f.b().mul(scalar(0)))));
    Adapters fresh = Adapters.of(base().layout(), zero, 2);
    assertArrayEquals(
        Tensors.toFloats(forward(Adapters.none(), 0, 1)), Tensors.toFloats(forward(fresh, 0, 1)));
    assertArrayEquals(
        Tensors.toFloats(forward(Adapters.none(), 0, 1)),
        Tensors.toFloats(forward(random.scaledBy(0), 0, 1)));
  }

  @Test
  void everyRowRunsWithItsOwnAdapter() {
    Adapters adapters = TinyEditor.adapters(base().layout(), 4, 0.5, 2);
    Tensor together = forward(adapters, 0, 1, 2, 3);
    Tensor plain = forward(Adapters.none(), 0, 1, 2, 3);
    for (int row = 0; row < 4; row++) {
      Tensor alone = forward(adapters.select(row), row);
      requireNear(alone, together.narrow(0, row, 1));
      assertTrue(
          TinyEditor.difference(plain.narrow(0, row, 1), alone) > 1e-2, "the adapter matters");
    }
  }

  @Test
  void oneAdapterServesTheWholeBatch() {
    Adapters one = TinyEditor.adapters(base().layout(), 1, 0.5, 3);
    Tensor together = forward(one, 2, 0, 3);
    requireNear(forward(one, 0), together.narrow(0, 1, 1));
    requireNear(forward(one, 3), together.narrow(0, 2, 1));
  }

  @Test
  void aRowWithoutAdapterStandsAmongOthers() {
    Adapters one = TinyEditor.adapters(base().layout(), 1, 0.5, 4);
    Tensor together = forward(Adapters.stack(List.of(one, Adapters.none(), one)), 0, 1, 2);
    requireNear(forward(one, 0), together.narrow(0, 0, 1));
    requireNear(forward(Adapters.none(), 1), together.narrow(0, 1, 1));
  }

  @Test
  void manyThreadsShareTheBase() throws Exception {
    List<Adapters> adapters = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      adapters.add(TinyEditor.adapters(base().layout(), 1, 0.5, 100 + i));
      expected.add(Tensors.toFloats(forward(adapters.get(i), i % 4)));
    }
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<float[]>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int row = i;
        work.add(() -> quietly(adapters.get(row), row % 4));
      }
      List<Future<float[]>> found = pool.invokeAll(work);
      for (int i = 0; i < THREADS; i++) {
        assertEquals(0, TinyEditor.difference(expected.get(i), found.get(i).get()), 1e-6);
      }
    } finally {
      pool.shutdown();
    }
  }

  private float[] quietly(Adapters adapters, int sample) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return Tensors.toFloats(forward(adapters, sample));
    }
  }

  @Test
  void anAdapterOfAnotherLayoutIsAnErrorThatSaysWhatWasExpectedAndFound() {
    AdapterLayout own = base().layout();
    AdapterSite first = own.sites().get(0);
    List<AdapterSite> wider = new ArrayList<>(own.sites());
    wider.set(0, AdapterSite.dense(first.module(), first.in() + 1, first.out()));
    List<AdapterLayout> others =
        List.of(
            new AdapterLayout(own.prefix(), own.layers(), own.rank(), wider),
            new AdapterLayout("other.", own.layers(), own.rank(), own.sites()),
            new AdapterLayout(own.prefix(), own.layers() + 1, own.rank(), own.sites()),
            new AdapterLayout(own.prefix(), own.layers() - 1, own.rank(), own.sites()),
            new AdapterLayout(
                own.prefix(),
                own.layers(),
                own.rank(),
                own.sites().subList(1, own.sites().size())));
    for (AdapterLayout other : others) {
      Adapters adapters = TinyEditor.adapters(other, 1, 1, 5);
      AdapterMismatchException e =
          assertThrows(
              AdapterMismatchException.class, () -> forward(adapters, 0), other.describe());
      assertTrue(e.getMessage().contains("xpected"), e.getMessage());
      assertTrue(e.getMessage().contains("found"), e.getMessage());
    }
  }

  @Test
  void anotherBatchOfAdaptersIsAnError() {
    Adapters three = TinyEditor.adapters(base().layout(), 3, 1, 6);
    AdapterMismatchException e =
        assertThrows(AdapterMismatchException.class, () -> forward(three, 0, 1));
    assertTrue(e.getMessage().contains("2"), e.getMessage());
  }

  static void requireNear(Tensor expected, Tensor found) {
    assertEquals(0, TinyEditor.difference(expected, found), 1e-5);
  }

  private static org.bytedeco.pytorch.Scalar scalar(double value) {
    return new org.bytedeco.pytorch.Scalar(value);
  }
}

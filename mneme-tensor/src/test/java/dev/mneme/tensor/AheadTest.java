package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class AheadTest {
  private static final int MANY = 200;

  @Test
  void resultsComeInTheOrderOfTheTasks() {
    try (Ahead<Integer> all =
        new Ahead<>(
            IntStream.range(0, MANY).<Supplier<Integer>>mapToObj(i -> () -> i).iterator())) {
      for (int i = 0; i < MANY; i++) {
        assertEquals(i, all.next());
      }
      assertThrows(NoSuchElementException.class, all::next);
    }
  }

  @Test
  void noMoreThanAFewAreBegunBeforeTheyAreAskedFor() {
    AtomicInteger begun = new AtomicInteger();
    int lanes = Engine.start().threads().value();
    try (Ahead<Integer> all =
        new Ahead<>(
            IntStream.range(0, MANY)
                .<Supplier<Integer>>mapToObj(i -> begun::incrementAndGet)
                .iterator())) {
      all.next();
      assertTrue(begun.get() <= 2 * lanes + 1, begun + " tasks in " + lanes + " lanes");
    }
    int after = begun.get();
    assertTrue(after <= 2 * lanes + 1, "closing begins no more");
  }

  @Test
  void libtorchComputesAloneInALaneAndTogetherElsewhere() {
    int threads = Engine.start().threads().value();
    Set<Integer> found = ConcurrentHashMap.newKeySet();
    Supplier<Integer> task =
        () -> {
          assertNotEquals("main", Thread.currentThread().getName());
          return torch.get_num_threads();
        };
    try (Ahead<Integer> all =
        new Ahead<>(IntStream.range(0, MANY).mapToObj(i -> task).iterator())) {
      for (int i = 0; i < MANY; i++) {
        found.add(all.next());
      }
    }
    assertEquals(Set.of(1), found);
    assertEquals(threads, torch.get_num_threads());
    int[] other = new int[1];
    Thread thread = new Thread(() -> other[0] = torch.get_num_threads());
    thread.start();
    assertTrue(join(thread));
    assertEquals(threads, other[0], "a thread that is new");
  }

  private static boolean join(Thread thread) {
    try {
      thread.join();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void whatATaskThrowsIsThrown() {
    Supplier<Integer> fails =
        () -> {
          throw new IllegalStateException("no");
        };
    try (Ahead<Integer> all = new Ahead<>(List.of(fails).iterator())) {
      IllegalStateException e = assertThrows(IllegalStateException.class, all::next);
      assertEquals("no", e.getMessage());
    }
  }

  /** What a task reads may be freed after that. */
  @Test
  void closingWaitsForWhatWasBegunAndBeginsNoMore() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Supplier<Integer> slow =
        () -> {
          running.countDown();
          try {
            free.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return done.incrementAndGet();
        };
    Ahead<Integer> all = new Ahead<>(IntStream.range(0, MANY).mapToObj(i -> slow).iterator());
    running.await();
    free.countDown();
    all.close();
    int finished = done.get();
    assertTrue(finished >= 1, "what ran is finished");
    assertTrue(finished <= 2 * Engine.start().threads().value(), finished + " of " + MANY);
  }
}

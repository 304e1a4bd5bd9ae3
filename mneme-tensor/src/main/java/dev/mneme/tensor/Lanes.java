package dev.mneme.tensor;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack.MklSetNumThreadsLocal;
import org.bytedeco.pytorch.global.torch;

/**
 * Threads in which libtorch computes alone, as many as it would use together. Many small forwards,
 * each in a lane of its own, keep all cores busy; one after another, each shared by all cores, they
 * wait for each other at every operation.
 */
final class Lanes {
  private Lanes() {}

  /**
   * Opens them. While this runs no other thread may use libtorch: how many threads it takes is a
   * setting of each thread, but a new one takes over what was set last.
   *
   * @param count of lanes, and of threads elsewhere
   */
  static Executor open(int count) {
    ExecutorService lanes =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(() -> alone(task), "mneme-lane");
              thread.setDaemon(true);
              return thread;
            });
    CyclicBarrier all = new CyclicBarrier(count + 1);
    for (int i = 0; i < count; i++) {
      lanes.execute(() -> await(all));
    }
    await(all);
    torch.set_num_threads(count);
    return lanes;
  }

  private static void alone(Runnable task) {
    torch.set_num_threads(1);
    torch.get_num_threads(); // the first use makes it this thread's own
    Pointer ofMkl = Loader.addressof("MKL_Set_Num_Threads_Local");
    if (ofMkl != null) { // what was set for all threads would count in products
      new MklSetNumThreadsLocal() {}.put(ofMkl).call(1);
    }
    task.run();
  }

  private static void await(CyclicBarrier all) {
    try {
      all.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while libtorch was starting", e);
    }
  }
}

package dev.mneme.tensor;

import dev.mneme.tensor.EngineInfo.Choice;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.concurrent.Executor;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts libtorch once for the process.
 *
 * <p>What it chooses can be forced by the system properties {@code mneme.blas} (mkl, openblas),
 * {@code mneme.threads}, {@code mneme.precision} (fp32, bf16) and {@code mneme.attention} (auto,
 * fused, written), which must be set before the first call.
 */
public final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private static volatile Started started;

  private record Started(EngineInfo info, Executor lanes) {}

  private Engine() {}

  /**
   * Loads the natives if that has not happened yet; safe to call from anywhere, any number of
   * times, and cheap after the first.
   *
   * @return what was chosen, and why
   * @throws IllegalArgumentException if a property has a value that is not allowed
   * @throws IllegalStateException if the natives are missing or cannot be extracted
   */
  public static EngineInfo start() {
    return started().info();
  }

  /**
   * Threads of the process in which libtorch computes alone, as many as it would use together: for
   * many forwards that need nothing of each other. {@link Ahead} is how to use them.
   */
  static Executor lanes() {
    return started().lanes();
  }

  private static Started started() {
    Started now = started;
    if (now == null) {
      synchronized (Engine.class) {
        now = started;
        if (now == null) {
          now = boot(EngineOptions.from(System::getProperty));
          started = now;
        }
      }
    }
    return now;
  }

  private static Started boot(EngineOptions options) {
    long begin = System.nanoTime();
    Choice<Blas> blas = chooseBlas(options);
    NativeMemory.limitByMachine();
    load(blas.value());
    Choice<Integer> threads = chooseThreads(options);
    torch.set_num_threads(threads.value());
    // OpenBLAS has threads of its own, and MKL asks anew in every thread of ours: neither follows
    // libtorch by itself.
    if (blas.value() == Blas.MKL) {
      // MKL settles on an OpenMP at its first call. If that is this setting and not a product, it
      // takes one whose symbols are missing here, and the first parallel product ends the JVM.
      Scopes.run(() -> torch.ones(2, 2).matmul(torch.ones(2, 2)));
    }
    openblas_nolapack.blas_set_num_threads(threads.value());
    Executor lanes = Lanes.open(threads.value());
    Cpu cpu = Cpu.detect();
    String instructions = torch.get_cpu_capability().getString();
    for (String feature : cpu.bf16Features()) {
      instructions += " + " + feature;
    }
    EngineInfo chosen =
        new EngineInfo(
            blas, threads, instructions, choosePrecision(options, cpu), chooseAttention(options));
    LOG.info(
        "libtorch started in {} ms: {}", (System.nanoTime() - begin) / 1_000_000, chosen.summary());
    return new Started(chosen, lanes);
  }

  private static Choice<Blas> chooseBlas(EngineOptions options) {
    String platform = Loader.getPlatform();
    boolean present =
        List.of("libmkl_rt.so.2", "mkl_rt.2.dll").stream()
            .anyMatch(
                name ->
                    Engine.class.getResource("/org/bytedeco/mkl/" + platform + "/" + name) != null);
    if (options.blas().isPresent()) {
      if (options.blas().get() == Blas.MKL && !present) {
        throw new IllegalStateException(
            EngineOptions.BLAS
                + "=mkl: expected org.bytedeco:mkl with classifier "
                + platform
                + "-redist on the class path, found none; add it or leave the property out");
      }
      return new Choice<>(options.blas().get(), EngineOptions.BLAS);
    }
    return present
        ? new Choice<>(Blas.MKL, "on the class path")
        : new Choice<>(Blas.OPENBLAS, "no MKL for " + platform + " on the class path");
  }

  private static void load(Blas blas) {
    if (blas == Blas.MKL) {
      System.setProperty("org.bytedeco.openblas.load", "mkl_rt");
    }
    // Where the system has its own libtorch, JavaCPP may open libtorch.so before libtorch_cpu.so is
    // extracted
    // and the JVM dies: extract everything first, then load.
    for (String library :
        List.of("libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so", "libjnitorch.so")) {
      URL url =
          org.bytedeco.pytorch.presets.torch.class.getResource(
              "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + library);
      if (url != null) {
        try {
          Loader.cacheResource(url);
        } catch (IOException e) {
          throw new IllegalStateException(
              "Cannot extract "
                  + library
                  + " to "
                  + System.getProperty("user.home")
                  + "/.javacpp: is there room?",
              e);
        }
      }
    }
    try {
      LibrarySearch.tell(List.of(openblas_nolapack.class, openblas.class, torch.class));
      Loader.load(torch.class);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Cannot load libtorch for "
              + Loader.getPlatform()
              + ": add org.bytedeco:pytorch with that classifier to the class path",
          e);
    }
  }

  private static Choice<Integer> chooseThreads(EngineOptions options) {
    if (options.threads().isPresent()) {
      return new Choice<>(options.threads().get(), EngineOptions.THREADS);
    }
    int own = torch.get_num_threads();
    // libtorch sees the machine's cores, the JVM also a container's share of them.
    int processors = Runtime.getRuntime().availableProcessors();
    return processors < own
        ? new Choice<>(processors, "processors granted to the JVM")
        : new Choice<>(own, "libtorch's default");
  }

  private static Choice<Precision> choosePrecision(EngineOptions options, Cpu cpu) {
    if (options.precision().isPresent()) {
      return new Choice<>(options.precision().get(), EngineOptions.PRECISION);
    }
    return cpu.faster();
  }

  private static Choice<AttentionKernel> chooseAttention(EngineOptions options) {
    return options
        .attention()
        .map(kernel -> new Choice<>(kernel, EngineOptions.ATTENTION))
        .orElse(
            new Choice<>(AttentionKernel.AUTO, "written out for bf16 training, fused otherwise"));
  }
}

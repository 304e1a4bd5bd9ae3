package dev.mneme.tensor;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Starts libtorch once for the process. */
public final class Engine {
  private Engine() {}

  /**
   * Loads the natives if that has not happened yet; safe to call from anywhere, any number of
   * times.
   */
  public static void start() {
    Holder.touch();
  }

  private static final class Holder {
    static {
      if (Engine.class.getClassLoader().getResource("org/bytedeco/mkl/" + Loader.getPlatform())
          != null) {
        System.setProperty("org.bytedeco.openblas.load", "mkl_rt");
      }
      // Where the system has its own libtorch, JavaCPP may open libtorch.so before libtorch_cpu.so
      // is extracted
      // and the JVM dies: extract everything first, then load.
      for (String library :
          List.of(
              "libgomp.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so", "libjnitorch.so")) {
        URL url =
            org.bytedeco.pytorch.presets.torch.class.getResource(
                "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + library);
        if (url != null) {
          try {
            Loader.cacheResource(url);
          } catch (IOException e) {
            throw new IllegalStateException("Cannot extract " + library, e);
          }
        }
      }
      Loader.load(torch.class);
    }

    static void touch() {}
  }
}

package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** What is decided once per process, seen in processes of its own. */
class EngineProcessTest {
  private static final boolean MKL =
      EngineProcessTest.class.getResource(
              "/org/bytedeco/mkl/" + Loader.getPlatform() + "/libmkl_rt.so.2")
          != null;

  @Test
  void forcesOpenBlasOneThreadFp32Fused() throws Exception {
    String out =
        child(
            0,
            "-Dmneme.blas=openblas",
            "-Dmneme.threads=1",
            "-Dmneme.precision=fp32",
            "-Dmneme.attention=fused");
    assertTrue(out.contains("BLAS OPENBLAS (mneme.blas), threads 1 (mneme.threads)"), out);
    assertTrue(
        out.contains("precision FP32 (mneme.precision), attention FUSED (mneme.attention)"), out);
    assertTrue(out.contains("torch threads 1, in a new thread 1, blas threads 1"), out);
    assertTrue(out.contains("mkl mapped false"), out);
    assertTrue(out.contains("fused in bf16 training true"), out);
    assertTrue(out.contains("INFO dev.mneme.tensor.Engine - libtorch started in "), out);
  }

  @Test
  void forcesMklWhereItIs() throws Exception {
    String out =
        child(
            MKL ? 0 : 1, "-Dmneme.blas=mkl", "-Dmneme.precision=bf16", "-Dmneme.attention=written");
    if (MKL) {
      assertTrue(out.contains("BLAS MKL (mneme.blas)"), out);
      assertTrue(
          out.contains("precision BF16 (mneme.precision), attention WRITTEN (mneme.attention)"),
          out);
      assertTrue(out.contains("mkl mapped true"), out);
      assertTrue(out.contains("fused in bf16 training false"), out);
    } else {
      assertTrue(out.contains("mneme.blas=mkl: expected org.bytedeco:mkl"), out);
    }
  }

  @Test
  void refusesAWrongValueBeforeLoadingAnything() throws Exception {
    String out = child(1, "-Dmneme.threads=many");
    assertTrue(
        out.contains("mneme.threads: expected a whole number from 1 to 1024, found 'many'"), out);
  }

  private static String child(int exit, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Child.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(exit, process.waitFor(), out);
    return out;
  }

  /** Starts the engine and tells what came of it. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(Engine.start().summary());
      int[] inThread = new int[1];
      Thread thread = new Thread(() -> inThread[0] = torch.get_num_threads());
      thread.start();
      thread.join();
      System.out.printf(
          "torch threads %d, in a new thread %d, blas threads %d%n",
          torch.get_num_threads(), inThread[0], openblas_nolapack.blas_get_num_threads());
      Tensor q = torch.randn(1, 1, 4, 4).set_requires_grad(true);
      try (Autocast autocast = Autocast.on(Precision.BF16)) {
        String node = Attention.apply(q, q, q, null, true).grad_fn().name().getString();
        System.out.println("fused in bf16 training " + node.contains("ScaledDotProduct"));
      }
      Path maps = Path.of("/proc/self/maps");
      if (Files.exists(maps)) {
        try (Stream<String> lines = Files.lines(maps)) {
          System.out.println("mkl mapped " + lines.anyMatch(line -> line.contains("libmkl_rt")));
        }
      } else {
        System.out.println("mkl mapped " + (Engine.start().blas().value() == Blas.MKL));
      }
    }
  }
}

package dev.mneme.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class EngineTest {
  @Test
  void startsOnceForAllThreads() {
    List<CompletableFuture<EngineInfo>> starts =
        IntStream.range(0, 4).mapToObj(i -> CompletableFuture.supplyAsync(Engine::start)).toList();
    EngineInfo info = Engine.start();
    starts.forEach(start -> assertSame(info, start.join()));
    assertEquals(info.threads().value(), torch.get_num_threads());
    assertTrue(
        info.instructionSet().startsWith(torch.get_cpu_capability().getString()),
        info.instructionSet());
    assertTrue(
        info.summary().contains("precision " + info.precision().value() + " ("), info.summary());
  }

  @Test
  void readsOptions() {
    Map<String, String> properties =
        Map.of(
            "mneme.blas",
            "openblas",
            "mneme.threads",
            "3",
            "mneme.precision",
            "bf16",
            "mneme.attention",
            "fused");
    assertEquals(
        new EngineOptions(
            Optional.of(Blas.OPENBLAS),
            Optional.of(3),
            Optional.of(Precision.BF16),
            Optional.of(AttentionKernel.FUSED)),
        EngineOptions.from(properties::get));
    assertEquals(
        new EngineOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        EngineOptions.from(name -> null));
  }

  @Test
  void wrongOptionsAreNamed() {
    Map<String, List<String>> wrong =
        Map.of(
            "mneme.blas", List.of("MKL", "atlas", ""),
            "mneme.threads", List.of("0", "-1", "1025", "two", "1.5", "99999999999"),
            "mneme.precision", List.of("fp16", "bf16 "),
            "mneme.attention", List.of("flash"));
    wrong.forEach(
        (name, values) ->
            values.forEach(
                value -> {
                  IllegalArgumentException failure =
                      assertThrows(
                          IllegalArgumentException.class,
                          () -> EngineOptions.from(Map.of(name, value)::get));
                  String message = failure.getMessage();
                  assertTrue(message.startsWith(name + ": expected "), message);
                  assertTrue(message.contains("'" + value + "'"), message);
                }));
    String blas =
        assertThrows(
                IllegalArgumentException.class,
                () -> EngineOptions.from(Map.of("mneme.blas", "x")::get))
            .getMessage();
    assertTrue(blas.contains("[mkl, openblas]"), blas);
  }

  @Test
  void findsBf16InstructionsInCpuinfo() {
    Cpu amx =
        Cpu.parse(
            Stream.of("processor : 0", "flags\t\t: fpu avx512_bf16 amx_bf16 sse", "flags : fpu"));
    assertEquals(List.of("amx_bf16", "avx512_bf16"), amx.bf16Features());
    assertEquals(List.of(), Cpu.parse(Stream.of("flags\t\t: fpu avx2")).bf16Features());
    assertEquals(List.of(), Cpu.parse(Stream.of("Features : asimd bf16")).bf16Features());
  }

  @Test
  void choosesBf16WhereMatrixTilesComputeIt() {
    assertEquals(Precision.BF16, cpu("fpu avx512_bf16 amx_bf16").faster().value());
    assertEquals(Precision.FP32, cpu("fpu avx512f avx512_bf16").faster().value());
    assertEquals(Precision.FP32, cpu("fpu avx2").faster().value());
  }

  private static Cpu cpu(String flags) {
    return Cpu.parse(Stream.of("flags : " + flags));
  }
}

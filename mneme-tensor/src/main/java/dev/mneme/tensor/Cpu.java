package dev.mneme.tensor;

import dev.mneme.tensor.EngineInfo.Choice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the processor offers for 16-bit products. */
record Cpu(Set<String> features) {
  /** Matrix tiles: with them a product in 16 bit takes a fraction of the time of one in 32 bit. */
  private static final String AMX = "amx_bf16";

  private static final List<String> BF16_FEATURES = List.of(AMX, "avx512_bf16");

  Cpu {
    features = Set.copyOf(features);
  }

  /**
   * The processor this runs on; without features where the system does not list them as Linux does.
   */
  static Cpu detect() {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
      return parse(lines);
    } catch (IOException e) {
      return new Cpu(Set.of());
    }
  }

  static Cpu parse(Stream<String> cpuinfo) {
    return cpuinfo
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).trim().split(" "))
        .map(flags -> new Cpu(Set.of(flags)))
        .orElse(new Cpu(Set.of()));
  }

  /** The features that compute products of bf16 numbers. */
  List<String> bf16Features() {
    return BF16_FEATURES.stream().filter(features::contains).collect(Collectors.toList());
  }

  /**
   * The precision that is faster. {@code avx512_bf16} by itself at best doubles the speed of a
   * product, and a Zen 4 loses more than that to the conversions around it: a megapixel took 2.7 s
   * in bf16 and 2.0 s in fp32 (docs/performance.md).
   */
  Choice<Precision> faster() {
    if (features.contains(AMX)) {
      return new Choice<>(Precision.BF16, "CPU has " + AMX);
    }
    return bf16Features().isEmpty()
        ? new Choice<>(Precision.FP32, "no bf16 instructions known")
        : new Choice<>(Precision.FP32, "faster than bf16 without " + AMX);
  }
}

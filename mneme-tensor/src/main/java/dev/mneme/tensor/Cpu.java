package dev.mneme.tensor;

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
  private static final List<String> BF16_FEATURES = List.of("amx_bf16", "avx512_bf16");

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

  /** The features with which bf16 beats fp32. */
  List<String> bf16Features() {
    return BF16_FEATURES.stream().filter(features::contains).collect(Collectors.toList());
  }
}

package dev.mneme.edit.bench;

import dev.mneme.tensor.EngineInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What a benchmark ran on; numbers mean nothing without it.
 *
 * @param cpu model of the processor, or its architecture where the system does not say
 * @param cores processors granted to the JVM
 * @param memoryBytes physical memory of the machine
 * @param heapBytes the most the JVM may use for objects
 * @param java virtual machine and version
 * @param os name, version and architecture
 * @param engine what libtorch runs with
 */
public record Machine(
    String cpu,
    int cores,
    long memoryBytes,
    long heapBytes,
    String java,
    String os,
    EngineInfo engine) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** This machine. */
  public static Machine of(EngineInfo engine) {
    Runtime runtime = Runtime.getRuntime();
    return new Machine(
        cpu(CPU_INFO),
        runtime.availableProcessors(),
        Pointer.totalPhysicalBytes(),
        runtime.maxMemory(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        engine);
  }

  /** The first {@code model name : …} of a file as Linux writes it. */
  static String cpu(Path info) {
    try (Stream<String> lines = Files.lines(info, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("model name") && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}

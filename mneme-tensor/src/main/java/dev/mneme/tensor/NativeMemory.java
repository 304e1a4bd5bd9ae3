package dev.mneme.tensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/** Memory outside the Java heap, where tensors live. */
public final class NativeMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MACHINE = Path.of("/proc/meminfo");

  private NativeMemory() {}

  /**
   * Bytes of physical memory the whole process holds now: heap, tensors and the mapped pages in
   * use.
   */
  public static long residentBytes() {
    return entryBytes(STATUS, "VmRSS:").orElseGet(Pointer::physicalBytes);
  }

  /**
   * The most {@link #residentBytes} there ever was in this process; empty where the system does not
   * say, which is anywhere but on Linux.
   */
  public static OptionalLong peakBytes() {
    return entryBytes(STATUS, "VmHWM:");
  }

  /**
   * Ties JavaCPP's limit to the machine's memory instead of the Java heap's size: weights and
   * activations have nothing to do with the latter, and a small heap would fail large models. Must
   * come before the first native object; a limit set by the user stands.
   */
  static void limitByMachine() {
    if (System.getProperty("org.bytedeco.javacpp.maxphysicalbytes") == null
        && System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      entryBytes(MACHINE, "MemTotal:")
          .ifPresent(
              total ->
                  System.setProperty(
                      "org.bytedeco.javacpp.maxPhysicalBytes", Long.toString(total / 10 * 9)));
    }
  }

  /** A line such as {@code VmRSS: 1234 kB}, in bytes. */
  static OptionalLong entryBytes(Path file, String label) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(label) && line.endsWith(" kB"))
          .mapToLong(
              line ->
                  Long.parseLong(line.substring(label.length(), line.length() - 3).trim()) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}

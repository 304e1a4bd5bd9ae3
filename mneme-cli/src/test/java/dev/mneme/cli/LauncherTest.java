package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of the repository, with a Java and a Maven that only say what they got. */
@DisabledOnOs(OS.WINDOWS) // which has no bash of its own
class LauncherTest {
  private static final List<String> TOOLS =
      List.of("bash", "dirname", "basename", "readlink", "sed", "cut", "cat", "find", "touch");

  @TempDir Path folder;
  private Path home;
  private Path bin;
  private Path jdk;

  private record Result(int code, String out) {}

  @BeforeEach
  void installation() throws IOException {
    home = Files.createDirectories(folder.resolve("a home of spaces"));
    Files.copy(Path.of("../mneme"), home.resolve("mneme"));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.createDirectories(home.resolve("mneme-cli/src/main"));
    Files.createDirectories(home.resolve("mneme-cli/target/classes"));
    Files.writeString(home.resolve("mneme-cli/pom.xml"), "");
    bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Path real = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          bin.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
    }
    script(
        bin.resolve("mvn"),
        "echo mvn \"$@\"",
        "echo '" + home.resolve("mneme") + ":second.jar' > mneme-cli/target/mneme.classpath",
        "echo 'opencv.jar:natives.jar' > mneme-cli/target/peers.classpath");
    jdk = java("17.0.15");
  }

  @Test
  void buildsAtFirstUseOnly() throws IOException, InterruptedException {
    Result first = mneme("edit", "a b.jpg", "make it \"warmer\"");
    assertEquals(0, first.code(), first.out());
    assertTrue(first.out().contains("Building Mneme (first use only)…\nmvn -B"), first.out());
    assertTrue(
        first.out().endsWith("dev.mneme.cli.Main\nedit\na b.jpg\nmake it \"warmer\"\n"),
        first.out());

    Result second = mneme("version");
    assertFalse(second.out().contains("mvn"), second.out());
    List<String> arguments = second.out().lines().toList();
    assertTrue(arguments.contains("-Dmneme.home=" + home.toRealPath()), second.out());
    assertTrue(arguments.contains("-XX:TieredStopAtLevel=1"), second.out());
    assertFalse(second.out().contains("native-access"), second.out());
    assertFalse(second.out().contains("mneme.terminal"), "standard error is a pipe");
    String classpath = arguments.get(arguments.indexOf("-cp") + 1);
    assertTrue(
        classpath.endsWith("mneme-cli/target/classes:" + home.resolve("mneme") + ":second.jar"));
  }

  @Test
  void buildsAgainWhenSourcesChanged() throws IOException, InterruptedException {
    mneme("version");
    Path source = Files.writeString(home.resolve("mneme-cli/src/main/A.java"), "");
    Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    assertTrue(mneme("version").out().contains("Building Mneme (the sources have changed)…"));
  }

  @Test
  void trainingGetsTheOptimizingCompilerAndNewJavaItsPermission()
      throws IOException, InterruptedException {
    jdk = java("25");
    for (String command : List.of("pretrain", "learn", "lab", "evaluate", "bench", "peers")) {
      String out = mneme(command).out();
      assertFalse(out.contains("TieredStopAtLevel"), out);
      assertTrue(out.contains("--enable-native-access=ALL-UNNAMED"), out);
    }
  }

  @Test
  void onlyTheComparisonWithOtherToolsGetsTheirLibrary() throws IOException, InterruptedException {
    assertTrue(mneme("peers").out().contains(":second.jar:opencv.jar:natives.jar\n"));
    assertFalse(mneme("edit").out().contains("opencv"));
  }

  @Test
  void worksThroughLinks() throws IOException, InterruptedException {
    Path one = Files.createSymbolicLink(folder.resolve("one"), home.resolve("mneme"));
    Path two = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    assertEquals(0, run(one, Map.of("JAVA_HOME", jdk.toString()), "version").code());
    Result result = run(two, Map.of("JAVA_HOME", jdk.toString()), "version");
    assertTrue(result.out().contains("-Dmneme.home=" + home.toRealPath() + "\n"), result.out());
  }

  @Test
  void javaThatIsMissingOrTooOldIsOneLine() throws IOException, InterruptedException {
    Result missing = run(home.resolve("mneme"), Map.of(), "version");
    assertEquals(
        "mneme: expected Java 17 or newer on the PATH, found none. Install a JDK, or set JAVA_HOME.\n",
        missing.out());
    assertEquals(1, missing.code());
    Result wrong = run(home.resolve("mneme"), Map.of("JAVA_HOME", "/none"), "version");
    assertTrue(wrong.out().startsWith("mneme: expected Java in JAVA_HOME, found no /none"));
    assertEquals(1, wrong.out().lines().count());
    for (String version : List.of("11.0.2", "1.8.0_292")) {
      jdk = java(version);
      Result old = mneme("version");
      assertEquals(1, old.code());
      assertTrue(old.out().startsWith("mneme: expected Java 17 or newer, found Java "), old.out());
      assertEquals(1, old.out().lines().count(), old.out());
    }
  }

  @Test
  void javaOnThePathMayHaveNoReleaseFile() throws IOException, InterruptedException {
    script(bin.resolve("java"), "echo 'openjdk version \"21.0.1\" 2023-10-17' >&2");
    Result result = run(home.resolve("mneme"), Map.of(), "version");
    assertEquals(0, result.code(), result.out());
  }

  @Test
  void mavenThatIsMissingOrFailsIsSaid() throws IOException, InterruptedException {
    script(bin.resolve("mvn"), "echo why; exit 3");
    Result failed = mneme("version");
    assertEquals(1, failed.code());
    assertTrue(failed.out().endsWith("why\nmneme: the build failed; the lines above say why.\n"));
    Files.delete(bin.resolve("mvn"));
    Result missing = mneme("version");
    assertEquals(1, missing.code());
    assertTrue(missing.out().startsWith("mneme: expected Maven on the PATH"), missing.out());
  }

  @Test
  void moreOptionsForJavaAndLettersBeyondAscii() throws IOException, InterruptedException {
    script(jdk.resolve("bin/java"), "echo \"$LC_ALL\" \"$@\"");
    Result result =
        run(
            home.resolve("mneme"),
            Map.of("JAVA_HOME", jdk.toString(), "MNEME_JAVA_OPTS", "-Xmx4g -Da=b", "LANG", "C"),
            "edit",
            "变暖");
    String last = result.out().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.startsWith("C.UTF-8 ") && last.contains(" -Xmx4g -Da=b -cp "), last);
    assertTrue(last.endsWith(" edit 变暖"), last);
  }

  private Path java(String version) throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk " + version + "/bin"));
    script(java.resolve("java"), "printf '%s\\n' \"$@\"");
    Files.writeString(java.resolveSibling("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return java.getParent();
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result mneme(String... arguments) throws IOException, InterruptedException {
    return run(home.resolve("mneme"), Map.of("JAVA_HOME", jdk.toString()), arguments);
  }

  private Result run(Path file, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(bin.resolve("bash").toString(), file.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    if (environment.containsKey("LANG")) {
      builder.environment().remove("LC_ALL");
    }
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out);
  }
}

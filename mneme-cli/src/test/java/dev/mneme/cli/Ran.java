package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** What came of running the command in this process. */
record Ran(int code, String out, String err) {
  static Ran mneme(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code =
        command.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  /** {@code mneme edit} with these models. */
  static Ran edit(Path models, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("edit"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--models", models));
    return mneme(all.toArray());
  }

  /** It worked. */
  Ran ok() {
    assertEquals(ExitCode.OK.code(), code, err);
    return this;
  }

  /** It failed with this code and one line on standard error that has these words. */
  Ran failed(ExitCode expected, String... words) {
    assertEquals(expected.code(), code, err);
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("mneme: ") && err.endsWith(System.lineSeparator()), err);
    assertFalse(err.contains("Exception in"), err);
    for (String word : words) {
      assertTrue(err.contains(word), () -> "expected '" + word + "' in: " + err);
    }
    return this;
  }
}

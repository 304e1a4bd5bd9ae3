package dev.mneme.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void everyCommandHasAnExampleInItsHelp() {
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      String help = Ran.mneme(name, "--help").ok().out();
      assertTrue(help.contains("Usage: mneme " + name), help);
      assertTrue(help.contains("Example"), help);
      assertTrue(help.contains("  mneme " + name), help);
      assertEquals(help, Ran.mneme("help", name).ok().out());
    }
    String all = Ran.mneme("--help").ok().out();
    assertTrue(all.contains("edit") && all.contains("inspect"), all);
    assertEquals(all, Ran.mneme("help").ok().out());
  }

  @Test
  void versionSaysWhatRuns() {
    String text = Ran.mneme("version").ok().out();
    assertTrue(
        text.matches("(?s)mneme [0-9]+\\.[0-9]+\\.[0-9]+\\S*\njava [0-9].*\nmodels .*"), text);
  }

  @Test
  void whatIsNoCommandIsMisuse() {
    Ran.mneme().failed(ExitCode.USAGE, "Expected a command", "mneme --help");
    Ran.mneme("paint").failed(ExitCode.USAGE, "paint");
    Ran.mneme("help", "paint").failed(ExitCode.USAGE, "paint");
    Ran.mneme("version", "--loud").failed(ExitCode.USAGE, "--loud");
  }

  @Test
  void theDocumentationHasEveryExitCode() throws IOException {
    String page = Files.readString(Path.of("../docs/command.md"));
    for (ExitCode code : ExitCode.values()) {
      String row = "| %d | `%s` |".formatted(code.code(), code);
      assertTrue(page.contains(row), () -> "docs/command.md lacks: " + row);
    }
  }
}

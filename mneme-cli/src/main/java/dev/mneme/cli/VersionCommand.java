package dev.mneme.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mneme version}. */
@Command(
    name = "version",
    description = "Prints the version of Mneme and of what it runs on.",
    footer = {"", "Example:", "  mneme version"})
final class VersionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Path models = Installation.models().toAbsolutePath();
    out.println("mneme " + Installation.version());
    out.printf(
        "java %s (%s) on %s %s%n",
        System.getProperty("java.version"),
        System.getProperty("java.vendor"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
    out.println("models " + models);
    out.flush();
  }
}

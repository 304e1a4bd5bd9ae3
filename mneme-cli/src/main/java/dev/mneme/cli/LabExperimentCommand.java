package dev.mneme.cli;

import dev.mneme.lab.Lab;
import dev.mneme.lab.experiment.Experiment;
import dev.mneme.lab.run.LabSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mneme lab NAME}: one experiment, or all. */
abstract class LabExperimentCommand implements Callable<Integer> {
  /** Experiments that look into a memory, and may be given one. */
  private static final Set<String> LOOKING = Set.of("ladder", "geometry");

  private final List<Experiment> experiments;

  @Spec private CommandSpec spec;

  @Mixin private LabOptions options;

  private LabExperimentCommand(List<Experiment> experiments) {
    this.experiments = experiments;
  }

  private LabExperimentCommand(String name) {
    this(List.of(Lab.named(name)));
  }

  @Override
  public Integer call() throws Exception {
    if (options.namesMemory() && experiments.stream().noneMatch(e -> LOOKING.contains(e.name()))) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected --memory with ladder, geometry or all, found it with %s, which trains its own; leave it out."
              .formatted(experiments.get(0).name()));
    }
    List<String> arguments = spec.commandLine().getParseResult().originalArgs(); // from "lab" on
    String command = "mneme " + String.join(" ", arguments);
    try (StopSignal stop = new StopSignal("Stopped. Start again with the same --out to go on.");
        LabTerminal terminal = new LabTerminal(spec.commandLine().getErr());
        LabOptions.Opened opened = options.open(spec.commandLine(), terminal)) {
      LabSetting setting = opened.setting();
      setting.claim();
      for (Experiment experiment : experiments) {
        ExperimentRecords.of(spec, experiment, setting).begin(setting.folder(experiment.name()));
        Path page = Lab.run(experiment, setting, command);
        spec.commandLine().getOut().println(page);
        spec.commandLine().getOut().flush();
      }
    }
    return ExitCode.OK.code();
  }

  /** {@code mneme lab methods}. */
  @Command(
      name = "methods",
      description =
          "Compares ways to adapt a frozen base: shared LoRAs, a bank, a mixture, full fine-tuning, and the memory.",
      footer = {"", "Examples:", "  mneme lab methods --quick --out runs/lab"})
  static final class Methods extends LabExperimentCommand {
    Methods() {
      super("methods");
    }
  }

  /** {@code mneme lab time}. */
  @Command(
      name = "time",
      description = "Gives rivals the time that the memory takes, instead of its steps.",
      footer = {"", "Examples:", "  mneme lab time --quick --out runs/lab"})
  static final class Time extends LabExperimentCommand {
    Time() {
      super("time");
    }
  }

  /** {@code mneme lab ladder}. */
  @Command(
      name = "ladder",
      description = "Takes away, rung by rung, what the memory looks at.",
      footer = {
        "",
        "Examples:",
        "  mneme lab ladder --quick --out runs/lab",
        "  mneme lab ladder --memory models/memory --out runs/shipped",
      })
  static final class Ladder extends LabExperimentCommand {
    Ladder() {
      super("ladder");
    }
  }

  /** {@code mneme lab geometry}. */
  @Command(
      name = "geometry",
      description = "Maps the weights that are recalled: alike within a task, apart across tasks?",
      footer = {"", "Examples:", "  mneme lab geometry --quick --out runs/lab"})
  static final class Geometry extends LabExperimentCommand {
    Geometry() {
      super("geometry");
    }
  }

  /** {@code mneme lab continual}. */
  @Command(
      name = "continual",
      description = "Learns groups of tasks one after another, and measures what is forgotten.",
      footer = {"", "Examples:", "  mneme lab continual --quick --out runs/lab"})
  static final class Continual extends LabExperimentCommand {
    Continual() {
      super("continual");
    }
  }

  /** {@code mneme lab conflict}. */
  @Command(
      name = "conflict",
      description =
          "Measures whether tasks' gradients point apart on shared weights, and through the memory.",
      footer = {"", "Examples:", "  mneme lab conflict --quick --out runs/lab"})
  static final class Conflict extends LabExperimentCommand {
    Conflict() {
      super("conflict");
    }
  }

  /** {@code mneme lab personal}. */
  @Command(
      name = "personal",
      description = "Fine-tunes a LoRA for each of several users with looks of their own.",
      footer = {"", "Examples:", "  mneme lab personal --quick --out runs/lab"})
  static final class Personal extends LabExperimentCommand {
    Personal() {
      super("personal");
    }
  }

  /** {@code mneme lab scaling}. */
  @Command(
      name = "scaling",
      description =
          "Turns one knob of the memory at a time: depth, width, rank, tokens, sight, data.",
      footer = {"", "Examples:", "  mneme lab scaling --quick --out runs/lab"})
  static final class Scaling extends LabExperimentCommand {
    Scaling() {
      super("scaling");
    }
  }

  /** {@code mneme lab all}. */
  @Command(
      name = "all",
      description = "Runs every experiment in one folder; they share trainings.",
      footer = {"", "Examples:", "  mneme lab all --quick --out runs/lab"})
  static final class All extends LabExperimentCommand {
    All() {
      super(Lab.experiments());
    }
  }
}

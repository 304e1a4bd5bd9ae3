package dev.mneme.cli;

import dev.mneme.edit.base.EditorModel;
import dev.mneme.edit.bench.Machine;
import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.corpus.Triples;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.task.EditTask;
import dev.mneme.learn.FileDigest;
import dev.mneme.learn.Learner;
import dev.mneme.learn.Refinements;
import dev.mneme.learn.RunRecord;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.memory.Memory;
import dev.mneme.tensor.Engine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** Between command lines and {@link RunRecord}s. */
final class RunRecords {
  static final String RUN = "--run";

  /** One class of each module, to find the code by. */
  private static final List<Class<?>> MODULES =
      List.of(Engine.class, Memory.class, Learner.class, EditTask.class, Main.class);

  /** Options that change nothing of what is learned. */
  private static final Set<String> BESIDE = Set.of(RUN, "--tensorboard", "--find-rate");

  private RunRecords() {}

  /**
   * Folders of models.
   *
   * @param base the frozen one, if a run learns on one
   * @param begun weights that were learned before and are gone on with, if there are
   */
  record Models(Optional<Path> base, Optional<Path> begun) {}

  /**
   * What a command is about to do.
   *
   * @param spec the command, parsed
   * @param run what its options came to
   * @param source what it learns from
   * @param models it starts from
   * @throws IOException if a file to learn from cannot be read
   */
  static RunRecord of(CommandSpec spec, RunConfig run, DataOptions source, Models models)
      throws IOException {
    Given given = Given.of(spec, BESIDE);
    return new RunRecord(
        spec.name(),
        given.options(),
        given.paths(),
        settings(run),
        data(run, source, models),
        by());
  }

  private static Map<String, Object> settings(RunConfig run) {
    TrainingConfig training = run.training();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("schedule", training.schedule());
    settings.put("weightDecay", training.weightDecay());
    settings.put("clip", training.clip());
    settings.put("muon", training.muon());
    settings.put("checkpointEvery", training.checkpointEvery());
    settings.put("logEvery", training.logEvery());
    Refinements more = training.refinements();
    settings.put("accumulate", more.accumulate());
    settings.put("average", more.average());
    settings.put("evaluateEvery", more.evaluateEvery());
    settings.put("patience", more.patience());
    settings.put("batch", run.batch());
    settings.put("composed", run.composed());
    settings.put("shown", run.shown());
    settings.put("seed", run.seed());
    Map<String, Integer> shares = new TreeMap<>();
    run.tasks().forEach(task -> shares.merge(task.name(), 1, Integer::sum));
    settings.put("tasks", shares);
    settings.put("triplesShare", run.triples().share());
    // Tasks come round in an order that depends on the one they are listed in.
    settings.put("order", run.tasks().stream().map(EditTask::name).toList());
    return settings;
  }

  private static Map<String, Object> data(RunConfig run, DataOptions options, Models models)
      throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("photos", run.photos().size());
    data.put("photosSha256", Corpus.digest(run.photos()));
    if (!run.heldOut().photos().isEmpty()) {
      data.put("photosHeldOut", run.heldOut().photos().size());
      data.put("photosHeldOutSha256", Corpus.digest(run.heldOut().photos()));
    }
    if (models.base().isPresent()) {
      Path base = models.base().get();
      EditorModel.config(base); // says better than a digest what is wrong with a model
      data.put("editorSha256", new FileDigest().addAll(base).hex());
    }
    if (models.begun().isPresent() && Files.exists(models.begun().get())) {
      data.put("fromSha256", new FileDigest().addAll(models.begun().get()).hex());
    }
    if (options.triples().isPresent()) {
      Triples triples = options.triples().get();
      FileDigest digest = new FileDigest().addAll(triples.manifest());
      for (Path file : triples.files()) {
        digest.add(file.getFileName().toString(), file);
      }
      data.put("triples", triples.train().size());
      data.put("triplesHeldOut", triples.heldOut().size());
      data.put("triplesSha256", digest.hex());
    }
    if (!options.classpath().isEmpty()) {
      FileDigest classes = new FileDigest();
      for (Path entry : options.classpath()) {
        classes.addAll(entry);
      }
      data.put("classesSha256", classes.hex());
    }
    return data;
  }

  /** The code that runs, and the machine it runs on. */
  static Map<String, Object> by() throws IOException {
    FileDigest code = new FileDigest();
    for (Class<?> module : MODULES) {
      try {
        code.addAll(Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI()));
      } catch (URISyntaxException e) {
        throw new IOException("Expected the place of " + module + ", found none", e);
      }
    }
    Machine machine = Machine.of(Engine.start());
    return Map.of(
        "mneme",
        Map.of("version", Installation.version(), "sha256", code.hex()),
        "machine",
        Map.of(
            "cpu", machine.cpu(),
            "cores", machine.cores(),
            "java", machine.java(),
            "os", machine.os(),
            "engine", machine.engine().summary()));
  }

  /** The command line that does a run again in another directory. */
  static List<String> arguments(RunRecord record, Path directory) {
    return arguments(record, RUN, directory);
  }

  /**
   * As {@link #arguments(RunRecord, Path)}.
   *
   * @param option that names the directory
   */
  static List<String> arguments(RunRecord record, String option, Path directory) {
    List<String> arguments = new ArrayList<>(List.of(record.command().split(" ")));
    for (Map<String, List<String>> part : List.of(record.options(), record.paths())) {
      part.forEach((name, values) -> values.forEach(v -> arguments.add(name + "=" + v)));
    }
    arguments.add(option + "=" + directory);
    return arguments;
  }
}

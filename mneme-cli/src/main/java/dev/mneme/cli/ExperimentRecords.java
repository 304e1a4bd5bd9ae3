package dev.mneme.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.lab.experiment.Experiment;
import dev.mneme.lab.report.ReportWriter;
import dev.mneme.lab.run.Cells;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.learn.RunCurves;
import dev.mneme.learn.RunRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** What experiments of the lab were begun with, and how one is done again. */
final class ExperimentRecords {
  private static final String OUT = "--out";
  private static final String LAB = "lab ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExperimentRecords() {}

  /**
   * What an experiment is about to do.
   *
   * @param spec the command, parsed
   * @throws IOException if a photograph cannot be read
   */
  @SuppressWarnings("unchecked") // a JSON object is a map
  static RunRecord of(CommandSpec spec, Experiment experiment, LabSetting setting)
      throws IOException {
    Given given = Given.of(spec, Set.of(OUT));
    return new RunRecord(
        LAB + experiment.name(),
        given.options(),
        given.paths(),
        JSON.convertValue(setting.describe(), Map.class),
        Map.of(),
        RunRecords.by());
  }

  /** Whether a run is an experiment's. */
  static boolean describes(RunRecord record) {
    return record.command().startsWith(LAB);
  }

  /** Whether the experiment in this folder has come to its report. */
  static boolean finished(Path folder) {
    return Files.exists(folder.resolve(ReportWriter.NUMBERS));
  }

  /**
   * Does an experiment again.
   *
   * @param old its folder, inside that of its run
   * @param fresh folder of the new run
   * @param out told what was compared
   * @return where the numbers part; none if all are equal
   */
  static Optional<String> again(RunRecord record, Path old, Path fresh, PrintWriter out)
      throws Exception {
    Path folder = fresh.resolve(record.command().substring(LAB.length()));
    if (!Files.exists(folder.resolve(RunRecord.NAME))) {
      record.by(RunRecords.by()).write(folder); // other data end it at once
    }
    String origin = old.resolve(RunRecord.NAME).toString();
    CommandLines.experiment(RunRecords.arguments(record, OUT, fresh), origin, out).call();
    Cells cells = new Cells(old.resolve(LabSetting.CELLS));
    Optional<String> difference =
        cells.firstDifference(new Cells(folder.resolve(LabSetting.CELLS)));
    Path before = old.toAbsolutePath().normalize().resolveSibling(LabSetting.TRAINED);
    int trainings = 0;
    for (Path training : trainings(fresh.resolve(LabSetting.TRAINED))) {
      Optional<String> parting =
          RunCurves.of(before.resolve(training.getFileName()))
              .firstDifference(RunCurves.of(training));
      difference = difference.or(() -> parting.map(text -> training + ": " + text));
      trainings++;
    }
    if (difference.isEmpty()) {
      out.printf(
          "%d parts and the curves of %d trainings, all equal to the last bit%n",
          cells.count(), trainings);
    }
    return difference;
  }

  private static List<Path> trainings(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}

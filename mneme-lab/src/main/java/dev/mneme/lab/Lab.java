package dev.mneme.lab;

import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.EditRuns;
import dev.mneme.edit.learn.RunConfig;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.lab.experiment.ConflictExperiment;
import dev.mneme.lab.experiment.ContinualExperiment;
import dev.mneme.lab.experiment.Experiment;
import dev.mneme.lab.experiment.GeometryExperiment;
import dev.mneme.lab.experiment.LadderExperiment;
import dev.mneme.lab.experiment.MethodsExperiment;
import dev.mneme.lab.experiment.PersonalExperiment;
import dev.mneme.lab.experiment.ScalingExperiment;
import dev.mneme.lab.experiment.TimeExperiment;
import dev.mneme.lab.report.Report;
import dev.mneme.lab.report.ReportWriter;
import dev.mneme.lab.run.LabProgress;
import dev.mneme.lab.run.LabSetting;
import dev.mneme.lab.run.OwnBase;
import dev.mneme.learn.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All experiments, and how one is run. */
public final class Lab {
  private static final List<Experiment> ALL =
      List.of(
          new MethodsExperiment(),
          new TimeExperiment(),
          new LadderExperiment(),
          new GeometryExperiment(),
          new ContinualExperiment(),
          new ConflictExperiment(),
          new PersonalExperiment(),
          new ScalingExperiment());

  private Lab() {}

  /** Every experiment, in the order in which {@code mneme lab all} runs them. */
  public static List<Experiment> experiments() {
    return ALL;
  }

  /**
   * The experiment of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Experiment named(String name) {
    return ALL.stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Expected an experiment of %s, found %s"
                        .formatted(ALL.stream().map(Experiment::name).toList(), name)));
  }

  /**
   * Runs an experiment, or what is left of it, and writes its report.
   *
   * @param command what was called, for the report
   * @return the report's page
   * @throws IOException if the folder holds a run with another setting, or the disk refuses
   */
  public static Path run(Experiment experiment, LabSetting setting, String command)
      throws IOException {
    setting.claim();
    setting.progress().begin(experiment.name());
    Report report = experiment.run(setting);
    Path folder = setting.folder(experiment.name());
    ReportWriter.write(folder, report, command, setting.describe());
    return folder.resolve(ReportWriter.PAGE);
  }

  /**
   * Trains a run's own base, unless that was done before.
   *
   * @param folder of the base; what is there is not trained again
   * @return where the model lies
   */
  public static Path ownBase(
      Path folder, OwnBase base, List<Photo> photos, TextEncoder encoder, LabProgress progress)
      throws IOException {
    Path model = folder.resolve(EditRuns.MODEL);
    if (!Files.exists(model.resolve("config.json"))) {
      RunConfig run =
          new RunConfig(
              TrainingConfig.of(folder, base.steps(), base.rate()),
              photos,
              EditTasks.of(EditTask.Learner.BASE),
              16,
              0,
              1);
      EditRuns.pretrain(
          run,
          base.shape(),
          null,
          encoder,
          progress.begin("training a base of %d steps for this run".formatted(base.steps())));
    }
    return model;
  }
}

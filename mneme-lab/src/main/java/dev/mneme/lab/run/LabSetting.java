package dev.mneme.lab.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.learn.Wording;
import dev.mneme.edit.measure.EvaluationSet;
import dev.mneme.edit.measure.QuestionDraw;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment is given.
 *
 * @param editor the frozen base
 * @param photos in three parts
 * @param encoder reads sentences
 * @param precision of forwards
 * @param scale how much to spend
 * @param memory trained before, which {@code ladder} and {@code geometry} look into; without it
 *     they look into one that learns in the run
 * @param out folder of the run: trainings in {@code trained}, ears in {@code ears}, each experiment
 *     in a folder of its own
 * @param progress told what is done
 */
public record LabSetting(
    FrozenEditor editor,
    LabPhotos photos,
    TextEncoder encoder,
    Precision precision,
    Scale scale,
    Optional<FrozenMemory> memory,
    Path out,
    LabProgress progress) {
  /** Folder of finished parts, inside an experiment's. */
  public static final String CELLS = "cells";

  /** Folder of trainings, which the experiments of a run share, inside the run's. */
  public static final String TRAINED = "trained";

  /** Folder of what hears for methods, inside the run's. */
  public static final String EARS = "ears";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What decides all results, for the report and to tell runs apart.
   *
   * @throws IOException if a photograph cannot be read
   */
  public ObjectNode describe() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.set("scale", JSON.valueToTree(scale));
    json.set("editor", JSON.valueToTree(editor.config()));
    json.put("editorWeights", editor.size()).put("editorSha256", editor.sha256());
    memory.ifPresent(m -> json.put("memorySha256", m.sha256()));
    json.put("precision", precision.name());
    json.putObject("photographs")
        .put("train", photos.train().size())
        .put("validation", photos.validation().size())
        .put("heldOut", photos.heldOut().size())
        .put("sha256", photos.sha256());
    return json;
  }

  /**
   * Notes the setting in the run's folder, or checks that it is the one noted there.
   *
   * @throws IOException if the folder holds a run with another setting
   */
  public void claim() throws IOException {
    Files.createDirectories(out);
    Path file = out.resolve("setting.json");
    ObjectNode mine = describe();
    if (!Files.exists(file)) {
      AtomicFiles.writeString(file, mine.toPrettyString() + "\n");
    } else if (!JSON.readTree(mine.toString()).equals(JSON.readTree(file.toFile()))) {
      throw new IOException(
          "%s: expected the setting of this run, found another. Use another folder, or give the same options as before"
              .formatted(file));
    }
  }

  /** Finished parts of one experiment. */
  public Cells cells(String experiment) {
    return new Cells(folder(experiment).resolve(CELLS));
  }

  /** Where one experiment's results go. */
  public Path folder(String experiment) {
    return out.resolve(experiment);
  }

  /** What results are measured with: held-out photographs, held-out wording. */
  public EvaluationSet heldOut() {
    return heldOut(scale.editTasks(), scale.rounds());
  }

  /** As {@link #heldOut()} for other tasks or rounds. */
  public EvaluationSet heldOut(List<EditTask> tasks, int rounds) {
    return heldOut(tasks, rounds, QuestionDraw.SEED);
  }

  /** As {@link #heldOut(List, int)}, drawn anew by a seed. */
  public EvaluationSet heldOut(List<EditTask> tasks, int rounds, long seed) {
    return draw(photos.heldOut(), tasks, rounds, seed).questions(Wording.ENGLISH_HELD_OUT);
  }

  /** What is chosen by: photographs set aside for that, seen wording. */
  public EvaluationSet validation() {
    return draw(photos.validation(), scale.editTasks(), scale.rounds(), QuestionDraw.SEED)
        .questions(Wording.ENGLISH_SEEN);
  }

  private QuestionDraw draw(List<Photo> from, List<EditTask> tasks, int rounds, long seed) {
    return new QuestionDraw(from, tasks, encoder, editor.config().tile(), rounds, seed);
  }
}

package dev.mneme.edit.task;

import dev.mneme.edit.task.EditTask.Family;
import dev.mneme.edit.task.EditTask.Learner;
import dev.mneme.edit.task.EditTask.Strength;
import dev.mneme.edit.task.StyleTask.Style;
import dev.mneme.edit.task.UndoTask.Damage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every task, in a fixed order: what the base learns first, then what only memories learn. */
public final class EditTasks {
  private static final Strength STRENGTH = new Strength(0.5, 1, 1.5);

  private static final List<EditTask> ALL =
      List.of(
          // What the base learns.
          base("brighten", Family.LIGHT, Tones::brighten),
          base("darken", Family.LIGHT, Tones::darken),
          base("more_contrast", Family.LIGHT, Tones::moreContrast),
          base("less_contrast", Family.LIGHT, Tones::lessContrast),
          base("saturate", Family.COLOUR, Tones::saturate),
          base("desaturate", Family.COLOUR, Tones::desaturate),
          base("invert", Family.COLOUR, Tones::invert),
          base("sharpen", Family.TEXTURE, Textures::sharpen),
          base("soft_glow", Family.LOOK, Textures::softGlow),
          base("outline", Family.DRAWING, Drawings::outline),
          baseUndo("remove_grain", Family.RESTORATION, Damages::grain),
          baseUndo("remove_jpeg", Family.RESTORATION, Damages::jpeg),
          base("add_haze", Family.WEATHER, Tones::haze),
          baseUndo("low_light", Family.LIGHT, Damages::lowLight),
          // What memories learn: one operator for every picture.
          memory("blur", Family.TEXTURE, Textures::blur),
          memoryUndo("deblur", Family.RESTORATION, Damages::blur),
          memoryUndo("denoise", Family.RESTORATION, Damages::noise),
          memory("pixelate", Family.TEXTURE, Textures::pixelate),
          memory("sketch", Family.DRAWING, Drawings::sketch),
          memory("emboss", Family.DRAWING, Drawings::emboss),
          memory("warm", Family.COLOUR, Tones::warm),
          memory("cool", Family.COLOUR, Tones::cool),
          memory("sepia", Family.LOOK, Tones::sepia),
          memory("night", Family.LOOK, Tones::night),
          memory("add_grain", Family.TEXTURE, Textures::addGrain),
          memory("film", Family.LOOK, Tones::film),
          // What memories learn: the operator depends on the picture.
          perPicture("fix_exposure", Family.LIGHT, Damages::exposure),
          perPicture("remove_cast", Family.COLOUR, Damages::cast),
          perPicture("denoise_unknown", Family.RESTORATION, Damages::unknownNoise),
          perPicture("clear_haze", Family.WEATHER, Damages::haze),
          perPicture("even_contrast", Family.LIGHT, Damages::contrast),
          perPicture("undo_gamma", Family.LIGHT, Damages::gamma));

  private static final Map<String, EditTask> BY_NAME = byName();

  private EditTasks() {}

  /** All tasks, immutable and in a fixed order. */
  public static List<EditTask> all() {
    return ALL;
  }

  /** The tasks of one learner, immutable and in the order of {@link #all()}. */
  public static List<EditTask> of(Learner learner) {
    return ALL.stream().filter(task -> task.learner() == learner).toList();
  }

  /**
   * The task of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static EditTask named(String name) {
    EditTask task = BY_NAME.get(name);
    if (task == null) {
      throw new IllegalArgumentException(
          "No edit task is named '" + name + "'; there are " + BY_NAME.keySet());
    }
    return task;
  }

  private static Map<String, EditTask> byName() {
    Map<String, EditTask> tasks = new LinkedHashMap<>();
    ALL.forEach(task -> tasks.put(task.name(), task));
    return tasks;
  }

  private static EditTask base(String name, Family family, Style style) {
    return new StyleTask(name, family, Learner.BASE, STRENGTH, style);
  }

  private static EditTask baseUndo(String name, Family family, Damage damage) {
    return new UndoTask(name, family, Learner.BASE, false, STRENGTH, damage);
  }

  private static EditTask memory(String name, Family family, Style style) {
    return new StyleTask(name, family, Learner.MEMORY, STRENGTH, style);
  }

  private static EditTask memoryUndo(String name, Family family, Damage damage) {
    return new UndoTask(name, family, Learner.MEMORY, false, STRENGTH, damage);
  }

  private static EditTask perPicture(String name, Family family, Damage damage) {
    return new UndoTask(name, family, Learner.MEMORY, true, STRENGTH, damage);
  }
}
